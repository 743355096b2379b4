import { dateAliases, symbol } from './common.ts'
import { column, table } from './rules.ts'

function level<const Name extends string>(name: Name, doc: string, aliases: string[]) {
  return column(name, 'DOUBLE', doc, aliases, {
    unit: 'currency per share',
    price: true,
    mayBeBlank: true,
    range: [Number.MIN_VALUE, Number.MAX_VALUE],
  })
}

export const signals = table({
  name: 'signals',
  rows: 'decisions',
  doc: 'Decisions taken at the close of a day, by whatever idea the uploader has.',
  columns: [
    symbol,
    column('date', 'DATE', 'Day at whose close the decision is taken.', dateAliases, {
      key: true,
      required: true,
      unit: 'day',
    }),
    column(
      'direction',
      'DOUBLE',
      'What to hold from the next open on.',
      ['direction', 'side', 'signal', 'action', 'position', 'dir'],
      {
        required: true,
        unit: '1 long, −1 short, 0 close',

        range: [-1, 1],
        whole: true,
        words: {
          long: 1,
          buy: 1,
          l: 1,
          b: 1,
          short: -1,
          sell: -1,
          s: -1,
          flat: 0,
          close: 0,
          exit: 0,
        },
      },
    ),
    column(
      'conviction',
      'DOUBLE',
      'Strength of the decision; 1 where absent.',
      ['conviction', 'confidence', 'strength', 'probability', 'score', 'weight'],
      {
        mayBeBlank: true,
        default: 1,
        unit: '0–1',
        percent: true,

        range: [0, 1],
      },
    ),
    column(
      'horizon',
      'DOUBLE',
      'Bars held at most, the entry bar included; 0 = no time exit.',
      ['horizon', 'bars', 'days', 'holdingperiod', 'holdingdays', 'hold', 'maxbars'],
      {
        mayBeBlank: true,
        default: 0,
        unit: 'bars',

        range: [0, 100_000],
        whole: true,
      },
    ),
    column(
      'size',
      'DOUBLE',
      'Size of the position; by the rules where absent.',
      ['size', 'fraction', 'sizefraction', 'allocation'],
      {
        mayBeBlank: true,
        unit: 'fraction of equity',
        percent: true,

        range: [0, 1],
      },
    ),
    level('stop', 'Price at which the position is given up.', ['stop', 'stoploss', 'sl', 'stopprice']),
    level('target', 'Price at which the profit is taken.', [
      'target',
      'takeprofit',
      'tp',
      'targetprice',
      'pricetarget',
    ]),
  ],
  sources: [],
  time: 'date',
  subject: 'symbol',
})

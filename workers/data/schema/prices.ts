import { dateAliases, symbol } from './common.ts'
import { column, table } from './rules.ts'

const date = column(
  'date',
  'DATE',
  'Trading day, as the exchange writes it: an offset in the file never shifts it.',
  dateAliases,
  { key: true, required: true, unit: 'day' },
)

function price<const Name extends string>(name: Name, doc: string, aliases: string[]) {
  return column(name, 'DOUBLE', doc, aliases, { required: true, unit: 'currency per share', price: true })
}

export const prices = table({
  name: 'prices',
  rows: 'daily bars',
  doc: 'Daily bars as traded (raw), with the factor that adjusts them.',
  columns: [
    symbol,
    date,
    price('open', 'First trade of the day.', [
      'open',
      'openprice',
      'o',
      'eroeffnung',
      'eröffnung',
      'apertura',
      'ouverture',
      'eröffn',
      'erster',
      'ouv',
      'otwarcie',
    ]),
    price('high', 'Highest trade of the day.', [
      'high',
      'highprice',
      'h',
      'hoch',
      'max',
      'maximo',
      'plushaut',
      'máximo',
      'massimo',
      'najwyzszy',
    ]),
    price('low', 'Lowest trade of the day.', [
      'low',
      'lowprice',
      'l',
      'tief',
      'tiefst',
      'min',
      'minimo',
      'plusbas',
      'mínimo',
      'najnizszy',
    ]),
    price('close', 'Last trade of the day.', [
      'close',
      'closelast',
      'closeprice',
      'last',
      'lastprice',
      'price',
      'c',
      'schluss',
      'schlusskurs',
      'cierre',
      'cloture',
      'clôture',
      'settle',
      'dernier',
      'zuletzt',
      'último',
      'ultimo',
      'zamkniecie',
      // Copied from a page that explains its columns.
      'closeclosepriceadjustedforsplits',
    ]),
    column(
      'volume',
      'DOUBLE',
      'Shares traded.',
      [
        'volume',
        'vol',
        'v',
        'tradedvolume',
        'sharevolume',
        'totalvolume',
        // Before the turnover in money, which the same files call volume.
        'stueck',
        'stück',
        'stuecke',
        'stücke',
        'volumen',
        'umsatz',
        'wolumen',
      ],
      { unit: 'shares' },
    ),
    column(
      'adj_factor',
      'DOUBLE',
      'Multiplies a raw price into one adjusted for splits and dividends; 1 where the file has none.',
      ['adjfactor', 'adjustmentfactor', 'adjustfactor'],
      { default: 1, unit: 'adjusted ÷ raw', range: [Number.MIN_VALUE, Number.MAX_VALUE] },
    ),
  ],
  sources: [
    {
      ...price('adj_close', 'Adjusted close; adj_factor = adjusted close ÷ close.', [
        'adjclose',
        'adjustedclose',
        'closeadj',
        'closeadjusted',
        'adjclosep',
        'adjcloseprice',
        'adjcloseadjustedclosepriceadjustedforsplitsanddividendandorcapitalgaindistributions',
      ]),
      required: false,
    },
  ],
  time: 'date',
  subject: 'symbol',
})

import { companySymbol } from './common.ts'
import { column, table } from './rules.ts'

const quote = {
  unit: 'currency per share',
  mayBeBlank: true,
  range: [0, Number.MAX_VALUE] as [number, number],
  price: true,
}

export const options = table({
  name: 'options',
  rows: 'option quotes',
  doc: 'One row per contract and day.',
  columns: [
    {
      ...companySymbol,
      doc: 'Ticker of the underlying, in capitals.',
      aliases: [
        'symbol',
        'underlying',
        'underlyingsymbol',
        'ticker',
        'root',
        'act_symbol',
        'actsymbol',
        'underlier',
      ],
    },
    column(
      'quote_date',
      'DATE',
      'Day of the quote.',
      ['quotedate', 'quotereaddate', 'tradedate', 'date', 'datadate', 'asof', 'quotetime', 'day'],
      { key: true, required: true, unit: 'day' },
    ),
    column(
      'expiry',
      'DATE',
      'Last day of the contract.',
      ['expiry', 'expiration', 'expirationdate', 'expdate', 'expiredate', 'exdate', 'maturity'],
      {
        key: true,
        required: true,
        unit: 'day',
        absent: 'The line has no expiry, so it is no contract: LEAN writes the share itself there.',
      },
    ),
    column(
      'strike',
      'DOUBLE',
      'Price at which it may be exercised, as listed (raw).',
      ['strike', 'strikeprice', 'k'],
      {
        key: true,
        required: true,
        unit: 'currency per share',
        range: [Number.MIN_VALUE, Number.MAX_VALUE],
      },
    ),
    column(
      'right',
      'VARCHAR',
      'Call or put.',
      ['right', 'type', 'optiontype', 'cpflag', 'callput', 'putcall', 'cp', 'side'],
      {
        key: true,
        required: true,
        form: 'choice',
        choices: { call: 'call', c: 'call', calls: 'call', put: 'put', p: 'put', puts: 'put' },
      },
    ),
    column('bid', 'DOUBLE', 'Highest price offered for it.', ['bid', 'bidprice', 'bestbid'], quote),
    column(
      'ask',
      'DOUBLE',
      'Lowest price asked for it.',
      ['ask', 'askprice', 'bestoffer', 'bestask', 'offer'],
      quote,
    ),
    column(
      'last',
      'DOUBLE',
      'Last trade, which may be old: no quote.',
      ['last', 'lastprice', 'close', 'lasttradedprice', 'price'],
      quote,
    ),
    column('volume', 'DOUBLE', 'Contracts traded that day.', ['volume', 'vol', 'tradedvolume'], {
      unit: 'contracts',
      mayBeBlank: true,
      range: [0, Number.MAX_VALUE],
    }),
    column('open_interest', 'DOUBLE', 'Contracts outstanding.', ['openinterest', 'openint', 'oi'], {
      unit: 'contracts',
      mayBeBlank: true,
      range: [0, Number.MAX_VALUE],
    }),
    column(
      'implied_vol',
      'DOUBLE',
      'Implied volatility as the source gives it, a year, as a decimal.',
      ['impliedvol', 'impliedvolatility', 'iv', 'vol', 'midiv'],
      { unit: 'decimal', mayBeBlank: true, range: [0, Number.MAX_VALUE] },
    ),
    column(
      'last_trade',
      'TIMESTAMP',
      'When the last trade was; before the day of the quote, its price says nothing about that day.',
      ['lasttrade', 'lasttradedate', 'lasttradetime', 'lasttradedat', 'tradetime'],
      { unit: 'UTC', mayBeBlank: true },
    ),
  ],
  sources: [],
  time: 'quote_date',
  subject: 'symbol',
})

import { column } from './rules.ts'

export const symbolAliases = [
  'symbol',
  'ticker',
  'tickersymbol',
  'stocksymbol',
  'actsymbol',
  'instrument',
  'code',
  'secid',
  'name',
]
export const dateAliases = [
  'date',
  'day',
  'tradedate',
  'tradingday',
  'tradingdate',
  'datetime',
  'timestamp',
  'time',
  'datum',
  'fecha',
  'data',
  'dt',
  'asof',
  'asofdate',
]

/** Ticker of a table whose rows are about a company. */
export const symbol = column('symbol', 'VARCHAR', 'Ticker, in capitals.', symbolAliases, {
  key: true,
  required: true,
  form: 'symbol',
})

/** For tables other than prices: “name” and “code” mean other things there. */
export const companySymbol = column(
  'symbol',
  'VARCHAR',
  'Ticker of the company, in capitals.',
  ['symbol', 'ticker', 'tickersymbol', 'stocksymbol', 'companysymbol', 'companyticker'],
  { key: true, required: true, form: 'symbol' },
)

export const knownAt = column(
  'known_at',
  'DATE',
  'First day on whose close the row may be used; filled from the usual lag of the source where the file has none.',
  [
    'knownat',
    'knowndate',
    'seenat',
    'availableat',
    'publishedon',
    'asof',
    'asofdate',
    'filed',
    'fileddate',
    'filingdate',
    'publishdate',
    'publicationdate',
  ],
  { unit: 'day', mayBeBlank: true },
)

export const icao24 = column(
  'icao24',
  'VARCHAR',
  'Address of the transponder: six hexadecimal digits.',
  [
    'icao24',
    'icao',
    'hex',
    'icaohex',
    'icaoaddress',
    'modes',
    'modescodehex',
    'modeshex',
    'hexcode',
    'modescode',
    'icao24bit',
    'transponder',
    'addr',
  ],
  { key: true, required: true, form: 'icao24' },
)

/** For tables whose files have days of filing and publishing that mean other things. */
export const knownOrSeenAt = { ...knownAt, aliases: ['knownat', 'seenat'] }

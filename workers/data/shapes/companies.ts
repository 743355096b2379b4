import { cellOf, hasAny, type Shape } from './shape.ts'

const tickers = ['symbol', 'ticker', 'tickersymbol', 'stocksymbol', 'actsymbol']
const companyNames = [
  'name',
  'companyname',
  'company',
  'securityname',
  'security',
  'longname',
  'shortname',
  'title',
]
/** What a mere list of companies does not have: its rows would be of a day, or of something else. */
const ofOtherTables = [
  'date',
  'day',
  'datetime',
  'timestamp',
  'time',
  'open',
  'close',
  'strike',
  'icao24',
  'latitude',
  'value',
  'headline',
  'direction',
  'signal',
  'side',
]
const alone = 0.98

export const companyShapes: Shape[] = [
  {
    name: 'list of companies',
    kind: 'companies',
    content: 'rows',
    fits: ({ names, rows }) => {
      const ticker = cellOf(names, ...tickers)
      if (ticker === undefined || !hasAny(names, companyNames) || hasAny(names, ofOtherTables)) return false
      if (names.some((name) => /date$|dateending$|edat$|onfrom$/.test(name))) return false
      const symbols = rows.map((cells) => cells[ticker] ?? '').filter((symbol) => symbol !== '')
      return symbols.length > 0 && new Set(symbols).size >= symbols.length * alone
    },
    plan: ({ names }) => ({
      columns: { symbol: cellOf(names, ...tickers), name: cellOf(names, ...companyNames) },
    }),
  },
]

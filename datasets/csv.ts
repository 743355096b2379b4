import { isoDate } from './calendar.ts'
import type { ListedCompany, SimulatedMarket } from './market.ts'

/** Columns of the `prices` table, in the order of the file. */
const PRICE_COLUMNS = ['symbol', 'date', 'open', 'high', 'low', 'close', 'volume', 'adj_factor'] as const
/** Columns of the `companies` table. */
const COMPANY_COLUMNS = ['symbol', 'name', 'sector', 'hq_airport', 'delisted_on'] as const

export interface CsvTable {
  text: string
  /** Without the header. */
  rows: number
}

/**
 * Raw prices in long format, by symbol, then by day: dollars with two decimals, whole shares, and the
 * factor that makes adjusted prices. A day on which a symbol did not trade has no row.
 */
export function pricesCsv({ dates, symbols, prices, volume, adjFactor }: SimulatedMarket): CsvTable {
  const days = dates.length
  const dateTexts = Array.from(dates, isoDate)
  const lines = [PRICE_COLUMNS.join(',')]
  for (let at = 0; at < adjFactor.length; at++) {
    if (prices.close[at] === 0) continue
    lines.push(
      [
        symbols[Math.floor(at / days)],
        dateTexts[at % days],
        dollars(prices.open[at]),
        dollars(prices.high[at]),
        dollars(prices.low[at]),
        dollars(prices.close[at]),
        volume[at],
        // Eight decimals at most, so the shortest text of the double is the decimal it was rounded to.
        adjFactor[at],
      ].join(','),
    )
  }
  return { text: lines.join('\n') + '\n', rows: lines.length - 1 }
}

/** All companies and the benchmark, which has neither sector nor airport. */
export function companiesCsv(companies: readonly ListedCompany[]): CsvTable {
  const lines = companies.map(({ symbol, name, sector, hqAirport, delistedOn }) =>
    [symbol, name, sector, hqAirport, delistedOn === null ? '' : isoDate(delistedOn)].join(','),
  )
  return { text: [COMPANY_COLUMNS.join(','), ...lines].join('\n') + '\n', rows: lines.length }
}

function dollars(cents: number): string {
  const rest = cents % 100
  return `${(cents - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`
}

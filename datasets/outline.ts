import { tradingDays } from './calendar.ts'
import { BENCHMARK, COMPANIES } from './companies.ts'
import { drawDeals, type Deal } from './deals.ts'
import type { ListedCompany, MarketOptions } from './market.ts'
import { createRandom } from './random.ts'

/** What is settled before any price is drawn: the calendar, who is listed, and who buys whom. */
export interface MarketOutline {
  seed: number
  strength: number
  /** [days] epoch days */
  dates: Int32Array
  /** Operators, targets, then the benchmark. */
  symbols: string[]
  /** One per symbol, in the same order. */
  companies: ListedCompany[]
  /** `target` and `acquirer` are indices into `symbols`. */
  deals: Deal[]
  /** Indices of the companies that buy others and trade throughout. */
  operators: number[]
}

const FIRST_YEAR = 2020

/** Throws a RangeError for options that make no market. */
export function outlineMarket({ seed, strength = 1, years = 5 }: MarketOptions): MarketOutline {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed ${seed}: a whole number from 0 on`)
  if (!(strength >= 0 && strength <= 1)) throw new RangeError(`strength ${strength}: a number from 0 to 1`)
  if (!Number.isInteger(years) || years < 1) throw new RangeError(`years ${years}: a whole number from 1 on`)
  const dates = tradingDays(FIRST_YEAR, years)
  const deals = drawDeals(COMPANIES, dates, createRandom(seed, 'deals'))
  const dealOf = new Map(deals.map((deal) => [deal.target, deal]))
  const companies: ListedCompany[] = COMPANIES.map(({ symbol, name, sector, hqAirport }, i) => {
    const deal = dealOf.get(i)
    const delistedOn = deal?.outcome === 'completed' ? dates[deal.ends] : null
    return { symbol, name, sector, hqAirport, delistedOn }
  })
  companies.push({ ...BENCHMARK, sector: '', hqAirport: '', delistedOn: null })
  const operators = [...COMPANIES.keys()].filter((i) => COMPANIES[i].role === 'operator')
  return {
    seed,
    strength,
    dates,
    symbols: companies.map(({ symbol }) => symbol),
    companies,
    deals,
    operators,
  }
}

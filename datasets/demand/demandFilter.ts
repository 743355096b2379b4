import { exp, log } from '../../workers/quant/elementary.ts'
import type { Deal } from '../deals.ts'
import { BENCHMARK_BETA, BREADTH_VOLATILITY, SECTOR_VOLATILITY } from '../parameters.ts'
import { YEAR } from '../returns.ts'
import { imaginedScripts, watchCompany, type KnownWorld, type Outlook } from './companyWatch.ts'
import { quietDays, usualPattern, type Customers } from './customers.ts'
import type { DemandTables } from './demandTables.ts'
import { SHARE_FADING, SHARE_REVERSING, TURNING } from './demandWorld.ts'
import { marksByDay, returnRatio } from './evidence.ts'

/** The observable tables. */
export interface DemandView {
  dates: Int32Array
  symbols: string[]
  prices: { open: Int32Array; high: Int32Array; low: Int32Array; close: Int32Array }
  adjFactor: Float64Array
  demand: DemandTables
}

/** The generator's parameters; neither spells nor turns. Of the deals only what is public on the day is used. */
export interface DemandKnowledge {
  world: KnownWorld
  /** [covered] */
  customers: readonly Customers[]
  deals: readonly Deal[]
  beta: Float64Array
  ownVolatility: Float64Array
}

/** Yearly variance of the returns that companies share beyond the benchmark. */
const SHARED_VARIANCE = SECTOR_VOLATILITY * SECTOR_VOLATILITY + BREADTH_VOLATILITY * BREADTH_VOLATILITY

/**
 * Reads the tables as an observer who knows how spells show and what they foretell: at each close from all
 * rows known by then. `decide` is called once per trading day with the outlook of every covered company, in
 * the order of `covered`, weighed by the belief that the edge is whole, gone or turned.
 */
export function filterDemand(
  { dates, symbols, prices, adjFactor, demand }: DemandView,
  { world, customers, deals, beta, ownVolatility }: DemandKnowledge,
  decide: (day: number, outlooks: readonly Outlook[]) => void,
): void {
  const days = dates.length
  const { firstDay, calendarDays, covered, until } = demand
  const announced = new Map(deals.map((deal) => [deal.target, deal.announced]))
  const quiet = quietDays(firstDay, calendarDays)
  const marks = marksByDay(demand)
  const scripts = imaginedScripts(world)
  const watches = customers.map((usual, i) =>
    watchCompany(demand, i, usual, usualPattern(usual, firstDay, quiet), marks, scripts),
  )
  const belief = [1, 0, 0]

  for (let day = 1; day < days; day++) {
    const market = returnOn(symbols.length - 1, day) / BENCHMARK_BETA
    const edge = belief[0] - belief[2]
    const evidence = [0, 0, 0]
    const outlooks = covered.map((symbol, i) => {
      const free = day < (announced.get(symbol) ?? days)
      const own = returnOn(symbol, day) - beta[symbol] * market
      if (free && own === own) {
        const sd = Math.sqrt((ownVolatility[symbol] * ownVolatility[symbol] + SHARED_VARIANCE) / YEAR)
        const shift = watches[i].foretold(day) / sd
        evidence[0] += returnRatio(own / sd, shift)
        evidence[2] += returnRatio(own / sd, -shift)
        watches[i].weighReturn(day, own / sd, sd, edge)
      }
      // Known today is what happened on the last trading day and on the days since.
      const to = Math.min(dates[day] - firstDay, until[i])
      watches[i].readRows(dates[day - 1] - firstDay, to, day - 1)
      const { next, later } = watches[i].outlook(day)
      return free ? { next: edge * next, later: edge * later } : { next: 0, later: 0 }
    })
    updateBelief(belief, evidence, day, days)
    decide(day, outlooks)
  }

  /** Log return of a day; NaN where the symbol did not trade. */
  function returnOn(symbol: number, day: number): number {
    const at = symbol * days + day
    const now = prices.close[at] * adjFactor[at]
    const before = prices.close[at - 1] * adjFactor[at - 1]
    return now > 0 && before > 0 ? log(now / before) : NaN
  }
}

/** Bayes' rule over whole, gone, turned; worlds turn in a known part of the market, if they do. */
function updateBelief(belief: number[], evidence: readonly number[], day: number, days: number): void {
  for (let i = 0; i < 3; i++) belief[i] *= exp(Math.max(-20, Math.min(20, evidence[i])))
  if (day > TURNING.from * days && day < TURNING.to * days) {
    const moved = belief[0] / ((TURNING.to - TURNING.from) * days)
    belief[0] -= moved * (SHARE_FADING + SHARE_REVERSING)
    belief[1] += moved * SHARE_FADING
    belief[2] += moved * SHARE_REVERSING
  }
  const sum = belief[0] + belief[1] + belief[2]
  for (let i = 0; i < 3; i++) belief[i] /= sum
}

import { exp, log } from '../../workers/quant/elementary.ts'
import { BENCHMARK } from '../companies.ts'
import type { SimulatedMarket } from '../market.ts'
import { createRandom } from '../random.ts'
import { YEAR } from '../returns.ts'
import type { VarianceView } from './surface.ts'

/** What the options of a symbol are written on, as anybody can see it in the prices. */
export interface Underlying {
  symbol: string
  /** [days] raw close in dollars; 0 where there was none. */
  spot: Float64Array
  /** [days] a strike listed on day a is worth strike × split[a] ÷ split[b] on day b. */
  split: Float64Array
  /** Continuous; of the years of the market. */
  dividendYield: number
  /** Mean value of the shares traded in a day of the first days. */
  dollarVolume: number
  /** [days] what the market thinks of variance at the close, before any premium. */
  view: VarianceView[]
}

/** Days before the first quote: they tell how volatile and how much traded a symbol is. */
export const FIRST_QUOTE = 20
const NAMES = 5
/** Weight of what was believed of variance, from one day to the next. */
const MEMORY = 0.955
/** Yearly volatility expected of an index and of a company before anything is known, and its weight in days. */
const PRIOR = { index: 0.21, company: 0.36, days: 60 }
/** A day counts for no more than so many deviations, and the view stays within these multiples. */
const NEWS_BOUND = 4
const VIEW_BOUND = { from: 0.3, to: 6 }

/** The benchmark and the five companies that trade most in the first days, of those never taken over. */
export function chooseUnderlyings(market: SimulatedMarket): Underlying[] {
  const byVolume = market.truth.operators
    .map((index) => ({ index, value: earlyDollarVolume(market, index) }))
    .sort((a, b) => b.value - a.value || a.index - b.index)
  const chosen = byVolume.slice(0, NAMES).map(({ index }) => index)
  return [market.symbols.indexOf(BENCHMARK.symbol), ...chosen].map((index) => describe(market, index))
}

function earlyDollarVolume({ dates, prices, volume }: SimulatedMarket, index: number): number {
  let sum = 0
  for (let at = index * dates.length; at < index * dates.length + FIRST_QUOTE; at++) {
    sum += (prices.close[at] / 100) * volume[at]
  }
  return sum / FIRST_QUOTE
}

function describe(market: SimulatedMarket, index: number): Underlying {
  const days = market.dates.length
  const first = index * days
  const close = market.prices.close.subarray(first, first + days)
  const adjFactor = market.adjFactor.subarray(first, first + days)
  const split = market.splitFactor.slice(first, first + days)
  // What adjusts prices for dividends alone shrinks them by the dividends of all days after the first.
  const paid = Math.max(0, log(split[0] / adjFactor[0]))
  const symbol = market.symbols[index]
  return {
    symbol,
    spot: Float64Array.from(close, (cents) => cents / 100),
    split,
    dividendYield: Math.round((paid / (days / YEAR)) * 1e4) / 1e4,
    dollarVolume: earlyDollarVolume(market, index),
    view: varianceViews(symbol, market.seed, close, adjFactor),
  }
}

/** Exponentially weighted squared returns, pulled to their mean so far, with the market's moods on top. */
function varianceViews(
  symbol: string,
  seed: number,
  close: Int32Array,
  adjFactor: Float64Array,
): VarianceView[] {
  const random = createRandom(seed, `chain view ${symbol}`)
  const prior = symbol === BENCHMARK.symbol ? PRIOR.index : PRIOR.company
  let now = (prior * prior) / YEAR
  let sum = now * PRIOR.days
  let before = 0
  let mood = 0
  return Array.from(close, (cents, day) => {
    const price = cents * adjFactor[day]
    if (price > 0 && before > 0) {
      const r = log(price / before)
      const square = Math.min(r * r, NEWS_BOUND * NEWS_BOUND * now)
      now = MEMORY * now + (1 - MEMORY) * square
      sum += square
    }
    if (price > 0) before = price
    const longRun = sum / (PRIOR.days + day)
    mood = 0.95 * mood + 0.012 * random.normal()
    const opinion = exp(2 * mood) * YEAR
    return {
      now: opinion * Math.min(VIEW_BOUND.to * longRun, Math.max(VIEW_BOUND.from * longRun, now)),
      longRun: opinion * longRun,
    }
  })
}

import { log } from '../../workers/quant/elementary.ts'

/** Strikes of one expiry, fixed on the day it is first quoted: all multiples of a step. */
export interface Ladder {
  expiry: number
  step: number
  /** Split factor of the day it was listed on. */
  split: number
}

const STEPS = [0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100]
/** Wanted step, in deviations of the price over 23 days. */
const SPACING = 0.36
const SPACING_YEARS = 23 / 365
/** Far expiries have every second or fourth strike, until they come nearer. */
const SPARSE = [
  { beyondDays: 70, every: 4 },
  { beyondDays: 31, every: 2 },
]

/** @param volatility a year, expected in the long run */
export function listExpiry(expiry: number, spot: number, volatility: number, split: number): Ladder {
  const wanted = log(SPACING * volatility * Math.sqrt(SPACING_YEARS) * spot)
  const distance = (step: number) => Math.abs(log(step) - wanted)
  const step = STEPS.reduce((best, next) => (distance(next) < distance(best) ? next : best))
  return { expiry, step, split }
}

/** Which strike of a ladder, as a multiple of its step, and what it is today, in dollars and whole cents. */
export interface ListedStrike {
  rung: number
  strike: number
}

/** The strikes quoted of a ladder within a range of prices, ascending. */
export function listedStrikes(
  { expiry, step, split }: Ladder,
  today: number,
  splitToday: number,
  from: number,
  to: number,
): ListedStrike[] {
  const every = SPARSE.find(({ beyondDays }) => expiry - today > beyondDays)?.every ?? 1
  const size = (step * split) / splitToday
  const strikes: ListedStrike[] = []
  for (let rung = every * Math.max(1, Math.ceil(from / size / every)); rung * size <= to; rung += every) {
    strikes.push({ rung, strike: Math.round(rung * size * 100) / 100 })
  }
  return strikes
}

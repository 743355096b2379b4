import type { Bars } from './bars.ts'

export interface MixedAdjustment {
  /** Last day whose adjusted close differs from its close. */
  lastAdjusted: number
  /** Calendar days from there to the end. */
  tail: number
  /** Usual calendar days between two steps of the factor before. */
  interval: number
}

/** Rounding to cents or to six digits moves the ratio this much without meaning anything. */
const noise = 2e-5
const shortestTail = 250
/** Fewer steps have no rhythm. */
const fewestSteps = 3
/** Of the price; beyond, a step is a split. */
const largestDividend = 0.2

/** Last day whose adjusted close differs from its close; null where it never does. */
export function lastAdjustedDay({ day, factor }: Bars): number | null {
  for (let i = day.length - 1; i >= 0; i--) if (factor[i] !== 1) return day[i]
  return null
}

/**
 * A series whose factor steps in a regular rhythm (dividends) and then stays 1 for far longer than the
 * rhythm allows: its end was likely appended and never adjusted, or the dividends stopped. Splits have no
 * rhythm, so a factor that steps for them alone tells nothing.
 */
export function mixedAdjustment(bars: Bars): MixedAdjustment | null {
  const { day, factor } = bars
  const lastAdjusted = lastAdjustedDay(bars)
  if (lastAdjusted === null) return null
  const steps: number[] = []
  for (let i = 1; i < day.length; i++) {
    const step = Math.abs(factor[i - 1] / factor[i] - 1)
    const noticed = step > Math.max(noise, 3e-6 / Math.max(bars.close[i], 1e-6))
    if (noticed && step < largestDividend) steps.push(day[i])
  }
  if (steps.length < fewestSteps) return null
  const tail = day[day.length - 1] - lastAdjusted
  const intervals = steps.slice(1).map((step, i) => step - steps[i])
  intervals.sort((a, b) => a - b)
  const interval = intervals[intervals.length >> 1]
  return tail > Math.max(shortestTail, 3 * interval) ? { lastAdjusted, tail, interval } : null
}

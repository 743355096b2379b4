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

/** Last day whose adjusted close differs from its close; null where it never does. */
export function lastAdjustedDay({ day, factor }: Bars): number | null {
  for (let i = day.length - 1; i >= 0; i--) if (factor[i] !== 1) return day[i]
  return null
}

/**
 * A series whose factor steps in a regular rhythm (dividends) and then stays 1 for far longer than the
 * rhythm allows: its end was likely appended and never adjusted, or the dividends stopped.
 */
export function mixedAdjustment(bars: Bars): MixedAdjustment | null {
  const { day, factor } = bars
  const lastAdjusted = lastAdjustedDay(bars)
  if (lastAdjusted === null) return null
  const steps: number[] = []
  for (let i = 1; i < day.length; i++) {
    const ratio = factor[i - 1] / factor[i]
    if (Math.abs(ratio - 1) > Math.max(noise, 3e-6 / Math.max(bars.close[i], 1e-6))) steps.push(day[i])
  }
  const tail = day[day.length - 1] - lastAdjusted
  const intervals = steps.slice(1).map((step, i) => step - steps[i])
  intervals.sort((a, b) => a - b)
  const interval = intervals.length > 0 ? intervals[intervals.length >> 1] : NaN
  const allowed = Math.max(shortestTail, 3 * (interval > 0 ? interval : 0))
  return tail > allowed ? { lastAdjusted, tail, interval } : null
}

import { checkLength } from '../../quant/windows.ts'
import { usualCounts } from './usualCounts.ts'

export interface AnomalySettings {
  /** Days before the day that say what is usual. */
  window: number
  /** Scores above it are flagged. */
  multiplier: number
  /** Least deviation that a score is divided by, in counts; 0 = none. */
  madFloor: number
  /** [days] 0 … 6, which of them are compared with their own kind; none = all days are of one kind. */
  weekdays?: ArrayLike<number>
}

export interface Anomalies {
  /** [days] NaN while unknown */
  baseline: Float64Array
  mad: Float64Array
  score: Float64Array
  /** [days] 1 where the score is strictly above the multiplier */
  flagged: Uint8Array
}

/**
 * How unusual each count of a series is beside the days before it. A missing count is NaN. For day d:
 *
 * 1. The window is days d − window … d − 1, d itself excluded; its missing days are left out. Where it begins
 *    before the series, where less than half of it is there, or where day d is missing, all results are NaN and
 *    the day is not flagged.
 * 2. With weekdays, the ratio of a weekday is the median of the window's counts on that weekday ÷ the median of
 *    the window's counts; 1 if either is 0 or the window has none on that weekday. Without, it is 1.
 * 3. Every count of the window, and that of day d, is divided by the ratio of its own weekday.
 * 4. `baseline` is the median of the adjusted counts of the window, `mad` the median of their distances from the
 *    baseline, unscaled.
 * 5. `score` = (adjusted count of day d − baseline) ÷ max(mad, madFloor). Where the divisor is 0, it is 0 of a
 *    count that equals the baseline, else ±Infinity.
 * 6. Flagged is score > multiplier.
 *
 * The median of an even number of values is the mean of the middle two. Results are those of this computation to
 * a few units in the last place. Throws a RangeError for settings that make no sense.
 */
export function detectAnomalies(
  counts: ArrayLike<number>,
  { window, multiplier, madFloor, weekdays }: AnomalySettings,
): Anomalies {
  checkLength('The window', window)
  if (!(madFloor >= 0)) throw new RangeError(`The least MAD must be 0 or more, not ${madFloor}.`)
  if (Number.isNaN(multiplier)) throw new RangeError('The multiplier must be a number, not NaN.')
  const days = counts.length
  checkWeekdays(weekdays, days)
  const starts = new Int32Array(days)
  const measured = new Uint8Array(days)
  for (let day = 0; day < days; day++) {
    if (counts[day] < 0) throw new RangeError(`Counts must not be negative; day ${day} has ${counts[day]}.`)
    if (day < window) continue
    starts[day] = day - window
    measured[day] = Number.isNaN(counts[day]) ? 0 : 1
  }
  const usual = usualCounts({
    counts: new Float64Array(counts),
    weekdays: weekdays ? new Uint8Array(weekdays) : null,
    starts,
    measured,
  })
  const { ratio } = usual
  const baseline = usual.baseline.slice()
  const mad = usual.mad.slice()
  const score = new Float64Array(days)
  const flagged = new Uint8Array(days)
  for (let day = 0; day < days; day++) {
    score[day] = madScore(counts[day] / ratio[day] - baseline[day], Math.max(mad[day], madFloor))
    if (score[day] > multiplier) flagged[day] = 1
  }
  return { baseline, mad, score, flagged }
}

/** Of a distance from the baseline; nothing over nothing is nothing unusual. */
export function madScore(distance: number, deviation: number): number {
  return distance === 0 ? 0 : distance / deviation
}

function checkWeekdays(weekdays: ArrayLike<number> | undefined, days: number): void {
  if (!weekdays) return
  if (weekdays.length !== days)
    throw new RangeError(`There must be a weekday for each of the ${days} days, not ${weekdays.length}.`)
  for (let day = 0; day < days; day++) {
    const weekday = weekdays[day]
    if (!(Number.isInteger(weekday) && weekday >= 0 && weekday <= 6))
      throw new RangeError(`Weekdays must be whole numbers from 0 to 6; day ${day} has ${weekday}.`)
  }
}

/** Days of either week that must be comparable. */
const fewestDays = 4
/** Calendar days that a figure may be old before it says nothing of now. */
const stale = 4

/**
 * How much a daily figure has risen from week to week, as known at a close: the sum of the seven days up to the
 * newest known one over the sum of the seven before, − 1. A weekday is compared with itself: where one of the two is
 * missing, or quiet because of a holiday, both are left out. NaN with fewer than four pairs, where the earlier week
 * is nothing, or where the newest figure is older than four days.
 *
 * @param value, known [days] of one series, see `DailySeries`
 * @param first epoch day of the first
 * @param at index of the newest day that may be known
 * @param day epoch day of the close
 * @param quiet whether the day is a holiday
 */
export function weekOnWeek(
  value: Float64Array,
  known: Int32Array,
  first: number,
  at: number,
  day: number,
  quiet: (day: number) => boolean,
): number {
  let newest = Math.min(at, value.length - 1)
  while (newest >= 0 && !(known[newest] <= day && !Number.isNaN(value[newest]))) newest--
  if (newest < 0 || day - (first + newest) > stale) return NaN
  let now = 0
  let before = 0
  let pairs = 0
  for (let back = 0; back < 7; back++) {
    const a = newest - back
    const b = a - 7
    if (b < 0 || !(known[a] <= day && known[b] <= day)) continue
    if (Number.isNaN(value[a]) || Number.isNaN(value[b]) || quiet(first + a) || quiet(first + b)) continue
    now += value[a]
    before += value[b]
    pairs++
  }
  return pairs >= fewestDays && before > 0 ? now / before - 1 : NaN
}

import { negativeBinomialTail } from '../../quant/negativeBinomial.ts'
import { checkLength } from '../../quant/windows.ts'
import { madScore } from './detectAnomalies.ts'
import type { Detection, DetectionSettings, TicketSeries } from './detection.ts'
import { ExpectedCounts } from './expectedCounts.ts'
import { LevelWatch, SHIFT_DAYS } from './levelWatch.ts'
import { UsualCounts } from './usualCounts.ts'

/** Days of a new level from which on there are MAD scores again: four of each weekday. */
const NEW_LEVEL_DAYS = 28

/**
 * How unusual every count of all series is beside the days before it.
 *
 * `baseline`, `mad`, `score` and `ratio` are those of `detectAnomalies`, `expected` and `size` those of
 * `ExpectedCounts`, `tail` is P(X ≥ count) under them. All are NaN where the window begins before the series,
 * where less than half of it is told or where the day is missing.
 *
 * A count that became known more than `window` days after its day counts as missing: a day's results then depend on
 * nothing that was not known when the latest of its window, and itself, was. That is its `known`.
 *
 * With `shifts`, a lasting change of level (see `LevelWatch`) restarts the window on the day it is recognised: it
 * then begins with the first day of the change, three weeks before, and grows to its full length. `expected`,
 * `size` and `tail` follow on the next day, the MAD scores once it holds 28 days (or its full length, if that is
 * less).
 *
 * Throws a RangeError for settings that make no sense.
 */
export function detect(series: TicketSeries, settings: DetectionSettings): Detection {
  const { window, madFloor } = settings
  checkLength('The window', window)
  if (!(madFloor >= 0)) throw new RangeError(`The least MAD must be 0 or more, not ${madFloor}.`)
  const { offset } = series
  const days = offset[offset.length - 1]
  const missing = () => new Float64Array(days).fill(NaN)
  const detection: Detection = {
    settings,
    baseline: missing(),
    mad: missing(),
    score: missing(),
    ratio: missing(),
    expected: missing(),
    size: missing(),
    tail: missing(),
    shift: new Int8Array(days),
    known: new Int32Array(days),
  }
  const usual = new UsualCounts(window, settings.weekdays)
  const toExpect = new ExpectedCounts()
  const level = new LevelWatch()
  for (let i = 0; i + 1 < offset.length; i++) detectSeries(series, i, detection, usual, toExpect, level)
  return detection
}

function detectSeries(
  series: TicketSeries,
  i: number,
  detection: Detection,
  usual: UsualCounts,
  toExpect: ExpectedCounts,
  level: LevelWatch,
): void {
  const { settings, baseline, mad, score, ratio, expected, size, tail, shift, known } = detection
  const { window, madFloor, weekdays, shifts } = settings
  const from = series.offset[i]
  const days = series.offset[i + 1] - from
  const first = series.first[i]
  const counts = new Float64Array(days)
  for (let day = 0; day < days; day++)
    counts[day] = series.known[from + day] - first - day > window ? NaN : series.value[from + day]
  /** Counts as they enter later windows. */
  const capped = new Float64Array(days)
  const weekdayOf = (day: number) => (weekdays ? (((first + day + 4) % 7) + 7) % 7 : 0)
  /** First day of the window, if the level changed; the window is never longer than set. */
  let since = 0
  /** Days that the window must be long for MAD scores, and for expectations. */
  let leastScored = window
  let leastExpected = window
  usual.clear()
  toExpect.clear()
  level.clear()
  writeKnown(series, i, window, known)

  for (let day = 0; day < days; day++) {
    const count = counts[day]
    const at = from + day
    const weekday = weekdayOf(day)
    const length = Math.min(window, day - since)
    const told = !Number.isNaN(count)
    const enough = 2 * usual.length >= length
    if (enough && length >= leastExpected) toExpect.measure(weekday)
    else toExpect.expected = toExpect.size = NaN
    if (told && enough) {
      if (length >= leastScored) {
        usual.measure()
        baseline[at] = usual.baseline
        mad[at] = usual.mad
        ratio[at] = usual.ratioOf(weekday)
        score[at] = madScore(count / ratio[at] - usual.baseline, Math.max(usual.mad, madFloor))
      }
      if (length >= leastExpected) {
        expected[at] = toExpect.expected
        size[at] = toExpect.size
        tail[at] = negativeBinomialTail(count, toExpect.expected, toExpect.size)
      }
    }
    capped[day] = told ? toExpect.capped(count) : NaN
    if (shifts) {
      level.add(count, toExpect.expected, toExpect.size)
      shift[at] = level.direction()
      if (shift[at] !== 0) {
        restart(day)
        continue
      }
    }
    const leaving = day - window
    const leaves = leaving >= since && !Number.isNaN(counts[leaving])
    if (leaves) toExpect.remove(capped[leaving], weekdayOf(leaving))
    if (told) toExpect.add(capped[day], weekday)
    if (told && leaves) usual.replace(counts[leaving], weekdayOf(leaving), count, weekday)
    else if (told) usual.add(count, weekday)
    else if (leaves) usual.remove(counts[leaving], weekdayOf(leaving))
  }

  /** What comes before the change says nothing of what is usual from now on. */
  function restart(today: number): void {
    usual.clear()
    toExpect.clear()
    level.clear()
    since = today - SHIFT_DAYS + 1
    leastScored = Math.min(window, NEW_LEVEL_DAYS)
    leastExpected = Math.min(window, SHIFT_DAYS)
    for (let day = Math.max(since, today - window + 1); day <= today; day++) {
      if (Number.isNaN(counts[day])) continue
      capped[day] = counts[day]
      usual.add(counts[day], weekdayOf(day))
      toExpect.add(counts[day], weekdayOf(day))
    }
  }
}

/**
 * Writes the latest day on which a count of each day's window, or of the day itself, became known; those that came
 * later than the window is long are none of it.
 */
function writeKnown(series: TicketSeries, i: number, window: number, known: Int32Array): void {
  const from = series.offset[i]
  const end = series.offset[i + 1]
  const day = (at: number) => series.first[i] + at - from
  const knownOf = (at: number) => (series.known[at] - day(at) > window ? day(from) : series.known[at])
  let latest = from
  for (let at = from; at < end; at++) {
    if (at - latest > window) {
      latest = at - window
      for (let k = latest + 1; k < at; k++) if (knownOf(k) >= knownOf(latest)) latest = k
    }
    if (knownOf(at) >= knownOf(latest)) latest = at
    known[at] = Math.max(knownOf(latest), series.known[at])
  }
}

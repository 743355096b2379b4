import { negativeBinomialTail } from '../../quant/negativeBinomial.ts'
import { checkLength } from '../../quant/windows.ts'
import { madScore } from './detectAnomalies.ts'
import type { Detection, DetectionSettings, TicketSeries } from './detection.ts'
import { ExpectedCounts } from './expectedCounts.ts'
import { LevelWatch, SHIFT_DAYS } from './levelWatch.ts'
import { usualCounts, type SlidingWindows } from './usualCounts.ts'

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
  const column = () => new Float64Array(days)
  const detection: Detection = {
    settings,
    baseline: column(),
    mad: column(),
    score: column(),
    ratio: column(),
    expected: column(),
    size: column(),
    tail: column(),
    shift: new Int8Array(days),
    known: new Int32Array(days),
  }
  const toExpect = new ExpectedCounts()
  const level = new LevelWatch()
  for (let i = 0; i + 1 < offset.length; i++) {
    writeKnown(series, i, window, detection.known)
    const windows = windowsOf(series, i, settings)
    writeExpected(detection, offset[i], windows, toExpect, level)
    writeUsual(detection, offset[i], windows)
  }
  return detection
}

/** The windows of one series, as long as its level does not change. */
function windowsOf(series: TicketSeries, i: number, { window, weekdays }: DetectionSettings): SlidingWindows {
  const first = series.first[i]
  const from = series.offset[i]
  const counts = series.value.slice(from, series.offset[i + 1])
  const days = counts.length
  const starts = new Int32Array(days)
  const measured = new Uint8Array(days)
  const kinds = weekdays ? new Uint8Array(days) : null
  // Epoch day 0 was a Thursday, the fourth.
  let weekday = (((first + 4) % 7) + 7) % 7
  for (let day = 0; day < days; day++) {
    if (series.known[from + day] - first - day > window) counts[day] = NaN
    if (day >= window) {
      starts[day] = day - window
      measured[day] = Number.isNaN(counts[day]) ? 0 : 1
    }
    if (kinds) kinds[day] = weekday
    weekday = weekday === 6 ? 0 : weekday + 1
  }
  return { counts, weekdays: kinds, starts, measured }
}

/** Expectations and tails, and where the level changes; the windows are made to begin there. */
function writeExpected(
  { settings, expected, size, tail, shift }: Detection,
  from: number,
  { counts, weekdays, starts, measured }: SlidingWindows,
  toExpect: ExpectedCounts,
  level: LevelWatch,
): void {
  const { window, shifts } = settings
  const days = counts.length
  /** Counts as they enter later windows. */
  const capped = new Float64Array(days)
  let since = 0
  /** Days that a window must be long. */
  let least = window
  toExpect.clear()
  level.clear()
  for (let day = 0; day < days; day++) {
    const count = counts[day]
    const weekday = weekdays ? weekdays[day] : 0
    const told = !Number.isNaN(count)
    const length = Math.min(window, day - since)
    if (length >= least && 2 * toExpect.length >= length) toExpect.measure(weekday)
    else toExpect.expected = toExpect.size = NaN
    expected[from + day] = told ? toExpect.expected : NaN
    size[from + day] = told ? toExpect.size : NaN
    tail[from + day] = negativeBinomialTail(count, toExpect.expected, toExpect.size)
    capped[day] = toExpect.capped(count)
    if (shifts) {
      level.add(count, toExpect.expected, toExpect.size)
      const direction = level.direction()
      shift[from + day] = direction
      if (direction !== 0) {
        restart(day)
        continue
      }
    }
    const leaving = day - window
    if (leaving >= since && !Number.isNaN(counts[leaving]))
      toExpect.remove(capped[leaving], weekdays ? weekdays[leaving] : 0)
    if (told) toExpect.add(capped[day], weekday)
  }

  /** What came before the change says nothing of what is usual from now on. */
  function restart(today: number): void {
    toExpect.clear()
    level.clear()
    since = today - SHIFT_DAYS + 1
    least = Math.min(window, SHIFT_DAYS)
    for (let day = Math.max(since, today - window + 1); day <= today; day++) {
      if (Number.isNaN(counts[day])) continue
      capped[day] = counts[day]
      toExpect.add(counts[day], weekdays ? weekdays[day] : 0)
    }
    const scored = since + Math.min(window, NEW_LEVEL_DAYS)
    for (let day = today + 1; day < days; day++) {
      starts[day] = Math.max(since, day - window)
      measured[day] = day < scored || Number.isNaN(counts[day]) ? 0 : 1
    }
  }
}

/** Medians, deviations and scores. */
function writeUsual(detection: Detection, from: number, windows: SlidingWindows): void {
  const { madFloor } = detection.settings
  const { counts } = windows
  const { baseline, mad, ratio } = usualCounts(windows)
  detection.baseline.set(baseline, from)
  detection.mad.set(mad, from)
  detection.ratio.set(ratio, from)
  for (let day = 0; day < counts.length; day++)
    detection.score[from + day] = madScore(
      counts[day] / ratio[day] - baseline[day],
      Math.max(mad[day], madFloor),
    )
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

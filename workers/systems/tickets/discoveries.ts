import { exp, log } from '../../quant/elementary.ts'
import { moods } from '../../quant/demandTables.ts'
import type { Detection, TicketSeries } from './detection.ts'

/** Calendar days of counts that are judged together. */
const POOLED_DAYS = 365
/** Probabilities are sorted into classes, 32 to a factor of e; the last holds all that are smaller. */
const CLASSES_PER_E = 32
const CLASSES = 25 * CLASSES_PER_E
const neutral = moods.indexOf('neutral')

/**
 * [cells] 1 where a count is unusually large among all that were looked at, at a false discovery rate (Benjamini and
 * Hochberg 1995): of the days that are flagged, about that share or less is chance.
 *
 * On the close of every day, all counts of negative and positive tickets that became known within the last 365 days are
 * judged together: with N of them, those with a tail of at most p are discoveries if p ≤ rate × their number ÷ N. Days
 * known on that close are flagged or not, once and for all; earlier ones only stand for comparison. Nothing depends on
 * what became known later.
 *
 * Where it errs, it flags too little: tails of whole numbers are larger than uniform ones, and a class of tails,
 * 3 % wide, is judged by its largest.
 *
 * @param rate 0 … 1
 */
export function discoveries(detection: Detection, series: TicketSeries, rate: number): Uint8Array {
  return discover(detection, series, rate).flagged
}

export interface Discoveries {
  /** See `discoveries`. */
  flagged: Uint8Array
  /** First day on which something became known, and from then on by day the largest tail that was a discovery then. */
  first: number
  limit: Float64Array
}

/** The same with what was a discovery on each day; where nothing was, a count alone would have had to be below that. */
export function discover(detection: Detection, series: TicketSeries, rate: number): Discoveries {
  if (!(rate >= 0 && rate <= 1))
    throw new RangeError(`The false discovery rate must be between 0 and 1, not ${rate}.`)
  const { tail, known } = detection
  const { first, cells, offset, judged } = byKnownDay(tail, known, series, rate)
  const flagged = new Uint8Array(tail.length)
  /** Largest tail of a class ÷ rate. */
  const edge = Float64Array.from({ length: CLASSES }, (_, k) => exp(-k / CLASSES_PER_E))
  const pool = new Int32Array(CLASSES)
  const classes = Int16Array.from(cells, (cell) =>
    Math.min(CLASSES - 1, Math.floor(log(rate / tail[cell]) * CLASSES_PER_E)),
  )
  const limit = new Float64Array(judged.length)
  let pooled = 0
  for (let day = 0; day < judged.length; day++) {
    for (let k = offset[day]; k < offset[day + 1]; k++) pool[classes[k]]++
    pooled += judged[day]
    const old = day - POOLED_DAYS
    if (old >= 0) {
      for (let k = offset[old]; k < offset[old + 1]; k++) pool[classes[k]]--
      pooled -= judged[old]
    }
    const least = leastDiscovered(pool, edge, pooled)
    limit[day] = rate * (least < CLASSES ? edge[least] : 1 / Math.max(1, pooled))
    for (let k = offset[day]; k < offset[day + 1]; k++) if (classes[k] >= least) flagged[cells[k]] = 1
  }
  return { flagged, first, limit }
}

/** First class all of which, with those after it, are discoveries among so many; beyond the last = none. */
function leastDiscovered(pool: Int32Array, edge: Float64Array, judged: number): number {
  let least = CLASSES
  let number = 0
  for (let k = CLASSES - 1; k >= 0; k--) {
    number += pool[k]
    if (number > 0 && edge[k] * judged <= number) least = k
  }
  return least
}

/**
 * By the day on which they became known, from the first to the last: how many cells are judged, and those of them whose
 * tail is at most the rate, where each day's begin.
 */
function byKnownDay(
  tail: Float64Array,
  known: Int32Array,
  { offset: starts, mood }: TicketSeries,
  rate: number,
): { first: number; judged: Int32Array; cells: Int32Array; offset: Int32Array } {
  let first = Infinity
  let last = -Infinity
  for (let cell = 0; cell < tail.length; cell++) {
    if (Number.isNaN(tail[cell])) continue
    if (known[cell] < first) first = known[cell]
    if (known[cell] > last) last = known[cell]
  }
  const days = last < first ? 0 : last - first + 1
  const judged = new Int32Array(days)
  const offset = new Int32Array(days + 1)
  const small = new Int32Array(tail.length)
  let count = 0
  for (let i = 0; i + 1 < starts.length; i++) {
    if (mood[i] === neutral) continue
    for (let cell = starts[i]; cell < starts[i + 1]; cell++) {
      if (Number.isNaN(tail[cell])) continue
      judged[known[cell] - first]++
      if (tail[cell] > rate) continue
      offset[known[cell] - first + 1]++
      small[count++] = cell
    }
  }
  for (let day = 0; day < days; day++) offset[day + 1] += offset[day]
  const next = offset.slice()
  const cells = new Int32Array(count)
  for (let k = 0; k < count; k++) cells[next[known[small[k]] - first]++] = small[k]
  return { first, judged, cells, offset }
}

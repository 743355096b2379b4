import { isoOf } from '../read/dates.ts'
import type { Noticed } from './noticed.ts'

/** Rows of one series as SQL sorts them: by day, then by the day on which they were known, then as they came. */
export interface SortedRows {
  day: Int32Array
  known: Int32Array
  value: Float64Array
}

/** One figure a day. */
export interface DayFigures {
  day: Int32Array
  known: Int32Array
  value: Float64Array
}

/**
 * Of the rows `from` … `to`, the first known of each day. A figure that comes again with another value is noted;
 * so is one that is said to be known before its day was over, which then counts as known on the day after.
 */
export function firstKnownOf(
  rows: SortedRows,
  from: number,
  to: number,
  name: string,
  revised: Noticed,
  early: Noticed,
): DayFigures {
  const day = new Int32Array(to - from)
  const known = new Int32Array(to - from)
  const value = new Float64Array(to - from)
  let days = 0
  for (let i = from; i < to; i++) {
    const on = rows.day[i]
    if (days > 0 && day[days - 1] === on) {
      const kept = value[days - 1]
      const again = rows.value[i]
      if (!Object.is(kept, again)) revised.add(() => `${name} ${isoOf(on)}: ${kept}, later ${again}`)
      continue
    }
    if (rows.known[i] <= on) early.add(() => `${name} ${isoOf(on)}`)
    day[days] = on
    value[days] = rows.value[i]
    known[days] = Math.max(rows.known[i], on + 1)
    days++
  }
  return { day: day.subarray(0, days), known: known.subarray(0, days), value: value.subarray(0, days) }
}

/** Days from a figure’s own to the one on which it was known, as they usually are. */
export function usualLag({ day, known }: Pick<DayFigures, 'day' | 'known'>): number {
  return medianOf(day.map((on, i) => known[i] - on))
}

/** The middle one of some integers, the lower of two. */
export function medianOf(values: Int32Array): number {
  return values.slice().sort()[(values.length - 1) >> 1]
}

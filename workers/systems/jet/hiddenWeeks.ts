import type { FlightTables } from '../../quant/flightTables.ts'
import { dayMinutes, operatorsOf } from './ownership.ts'
import { weekOf } from './weeks.ts'

/** Weeks looked back on, and how many of them must be there to tell what is usual. */
export const usualOver = 26
const leastWeeks = 8
/** A company that usually flies less is as likely idle as hidden. */
const leastUsual = 3

export interface HiddenWeeks {
  company: Int32Array
  /** `weekOf` */
  week: Int32Array
}

/**
 * Weeks in which nothing was seen of a company that usually flies: owners have aircraft hidden from trackers on
 * purpose, and a hidden week is not a quiet one. Told from the weeks before alone.
 */
export function hiddenWeeksOf(tables: FlightTables): HiddenWeeks {
  const { flights, companies } = tables
  const operators = operatorsOf(tables)
  const hidden: { company: number; week: number }[] = []
  const weeks = countWeeks(operators, flights.departed, companies.symbol.length)
  weeks.counts.forEach((counts, company) => {
    if (!counts) return
    const seen: number[] = []
    for (let at = counts.findIndex((count) => count > 0); at < counts.length; at++) {
      if (isHidden(counts[at], seen)) hidden.push({ company, week: weeks.first + at })
      else seen.push(counts[at])
    }
  })
  return {
    company: Int32Array.from(hidden, ({ company }) => company),
    week: Int32Array.from(hidden, ({ week }) => week),
  }
}

/** Whether a week without legs is one that hides them. @param seen legs of the weeks before that were not hidden */
export function isHidden(legs: number, seen: readonly number[]): boolean {
  if (legs > 0 || seen.length < leastWeeks) return false
  return medianOf(seen.slice(-usualOver)) >= leastUsual
}

export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** [companies][weeks] legs that departed; null for companies without any. */
function countWeeks(operators: Int32Array, departed: Float64Array, companies: number) {
  const weekAt = (leg: number) => weekOf(Math.floor(departed[leg] / dayMinutes))
  let first = Infinity
  let last = -Infinity
  operators.forEach((company, leg) => {
    if (company < 0) return
    first = Math.min(first, weekAt(leg))
    last = Math.max(last, weekAt(leg))
  })
  const counts: (Int32Array | null)[] = Array.from({ length: companies }, () => null)
  operators.forEach((company, leg) => {
    if (company < 0) return
    const own = (counts[company] ??= new Int32Array(last - first + 1))
    own[weekAt(leg) - first]++
  })
  return { first, counts }
}

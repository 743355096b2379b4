import { pick, type Bars } from './bars.ts'

export interface RepeatedDates {
  /** Dates given more than once. */
  days: number[]
  /** Rows beyond the first of their date. */
  rows: number
  /** Dates whose rows differ in any number, and in a price. */
  differing: number
  differingPrices: number
}

const prices = ['open', 'high', 'low', 'close', 'factor'] as const

/** Dates that come again; rows of a day stand in the order of the file. */
export function repeatedDates(bars: Bars): RepeatedDates {
  const found: RepeatedDates = { days: [], rows: 0, differing: 0, differingPrices: 0 }
  for (let start = 0; start < bars.day.length;) {
    let end = start + 1
    let price = false
    let volume = false
    for (; end < bars.day.length && bars.day[end] === bars.day[start]; end++) {
      price ||= prices.some((column) => bars[column][end] !== bars[column][start])
      volume ||= bars.volume[end] !== bars.volume[start]
    }
    if (end - start > 1) {
      found.days.push(bars.day[start])
      found.rows += end - start - 1
      if (price) found.differingPrices++
      if (price || volume) found.differing++
    }
    start = end
  }
  return found
}

/** One row per date: the last of the file, or the first. */
export function settleRepeated(bars: Bars, keep: 'last' | 'first'): Bars {
  const kept: number[] = []
  const { day } = bars
  for (let i = 0; i < day.length; i++) {
    const neighbour = keep === 'last' ? i + 1 : i - 1
    if (day[neighbour] !== day[i]) kept.push(i)
  }
  return kept.length === day.length ? bars : pick(bars, kept)
}

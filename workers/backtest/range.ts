import type { Panel } from '../quant/panel.ts'
import type { RunRequest } from './api.ts'
import { dayInWords } from './calendar.ts'
import type { DayRange } from './simulate.ts'

/** What a request means on a panel. */
export interface RunScope {
  range: DayRange
  /** First out-of-sample day, counted from the first of the run; the number of days without a split. */
  split: number
  /** Symbol index; −1 without a benchmark. */
  benchmark: number
  /** [symbols] 1 where the system may trade: all but the benchmark. */
  tradable: Uint8Array
}

/** The scope of a request, or the sentence that says why there is none. */
export function scopeOf(panel: Panel, request: RunRequest): RunScope | string {
  const { dates, symbols } = panel
  if (dates.length === 0) return 'There are no prices yet. Load a price file first.'
  const from = request.from ?? dates[0]
  const to = request.to ?? dates[dates.length - 1]
  if (from > to)
    return `The range starts on ${dayInWords(from)}, after its end on ${dayInWords(to)}. Swap them.`
  const first = firstAtOrAfter(dates, from)
  const whole = dates.length - (panel.provisional ? 1 : 0)
  const last = Math.min(firstAtOrAfter(dates, to + 1), whole) - 1
  if (last - first < 1) {
    return `There are fewer than two trading days from ${dayInWords(from)} to ${dayInWords(to)}; the prices run from ${dayInWords(dates[0])} to ${dayInWords(dates[dates.length - 1])}. Choose a longer range.`
  }
  const benchmark = request.benchmark === null ? -1 : symbols.indexOf(request.benchmark)
  if (request.benchmark !== null && benchmark === -1) {
    return `The benchmark ${request.benchmark} is not among the loaded symbols. Load its prices or choose another.`
  }
  const days = last - first + 1
  const split =
    request.outOfSampleFrom === null
      ? days
      : Math.min(days, Math.max(0, firstAtOrAfter(dates, request.outOfSampleFrom) - first))
  const tradable = new Uint8Array(symbols.length).fill(1)
  if (benchmark >= 0) tradable[benchmark] = 0
  return { range: { first, last }, split, benchmark, tradable }
}

/** Index of the first date at or after an epoch day; the length when there is none. */
export function firstAtOrAfter(dates: Int32Array, epochDay: number): number {
  let low = 0
  let high = dates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (dates[middle] < epochDay) low = middle + 1
    else high = middle
  }
  return low
}

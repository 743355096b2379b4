import type { Panel } from '../quant/panel.ts'
import type { DayRange } from './simulate.ts'

/**
 * Closes of a symbol over the days of a run, rebased so that the first day is worth `capital`. Days
 * without a close repeat the one before; before the first close of the range it stays at the capital.
 *
 * @returns values [days] and how many of the days had no close
 */
export function benchmarkValues(
  panel: Panel,
  symbol: number,
  { first, last }: DayRange,
  capital: number,
): { values: Float64Array; missing: number } {
  const start = symbol * panel.dates.length
  const values = new Float64Array(last - first + 1)
  let base = NaN
  let value = capital
  let missing = 0
  for (let day = first; day <= last; day++) {
    const close = panel.close[start + day]
    if (close > 0) {
      if (base !== base) base = close
      value = (capital * close) / base
    } else {
      missing++
    }
    values[day - first] = value
  }
  return { values, missing }
}

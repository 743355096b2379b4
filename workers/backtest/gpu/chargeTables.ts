import { tile } from './charge.wgsl.ts'

/** How the calendar is resampled: as `CalendarDraws` gives it. */
export interface Draws {
  /** [resamples × calendar days] how often each day is drawn */
  counts: Uint8Array
  resamples: number
  calendarDays: number
  /** Day of the calendar on which the first return of the run fell. */
  firstDay: number
}

/** The resamples as the charging kernels read them; the resamples are padded to whole tiles. */
export interface ChargeTables {
  resamples: number
  rows: number
  /** [returns × rows] */
  weights: Float32Array<ArrayBuffer>
  /** [rows × 2] 1 ÷ days drawn, 0 where none is; the benchmark's resampled mean less its mean, 0 without one */
  draws: Float32Array<ArrayBuffer>
  /** t-values below this keep their own mean (Hansen 2005). */
  hopeless: number
}

/** @param benchmark [returns] or null */
export function chargeTablesOf(
  { counts, resamples, calendarDays, firstDay }: Draws,
  returns: number,
  benchmark: Float64Array | null,
): ChargeTables {
  const rows = Math.ceil(resamples / tile) * tile
  const weights = new Float32Array(returns * rows)
  const draws = new Float32Array(2 * rows)
  const mean = benchmark === null ? 0 : benchmark.reduce((sum, value) => sum + value, 0) / returns
  for (let b = 0; b < resamples; b++) {
    const from = b * calendarDays + firstDay
    let drawn = 0
    let total = 0
    for (let i = 0; i < returns; i++) {
      const times = counts[from + i]
      weights[i * rows + b] = times
      drawn += times
      if (benchmark !== null) total += times * (benchmark[i] - mean)
    }
    if (drawn > 0) draws.set([1 / drawn, total / drawn], 2 * b)
  }
  const hopeless = -Math.sqrt(2 * Math.log(Math.log(Math.max(3, returns))))
  return { resamples, rows, weights, draws, hopeless }
}

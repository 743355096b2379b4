import { resamples } from '../resampling/resampler.ts'
import type { Resampler } from '../resampling/resampler.ts'
import { tile } from './charge.wgsl.ts'
import type { RuleTables } from './ruleTables.ts'

/** The resamples of the calendar as the charging kernels read them, padded to whole tiles. */
export interface ChargeTables {
  resamples: number
  rows: number
  /** [returns × rows] how often a day is drawn */
  weights: Float32Array<ArrayBuffer>
  /** [rows × 2] 1 ÷ days drawn, 0 where none is; the benchmark's resampled mean less its mean, 0 without one */
  draws: Float32Array<ArrayBuffer>
  /** t-values below this keep their own mean (Hansen 2005). */
  hopeless: number
}

/** @param firstDay day of the calendar of the first return of the run */
export function chargeTablesOf(
  { days, benchmark }: Pick<RuleTables, 'days' | 'benchmark'>,
  resampler: Resampler,
  firstDay: number,
): ChargeTables {
  const returns = days - 1
  const rows = Math.ceil(resamples / tile) * tile
  const weights = new Float32Array(returns * rows)
  const draws = new Float32Array(2 * rows)
  const mean = benchmark === null ? 0 : benchmark.reduce((sum, value) => sum + value, 0) / returns
  for (let b = 0; b < resamples; b++) {
    let drawn = 0
    let total = 0
    for (let i = 0; i < returns; i++) {
      const times = resampler.timesDrawn(b, firstDay + i)
      weights[i * rows + b] = times
      drawn += times
      if (benchmark !== null) total += times * (benchmark[i] - mean)
    }
    if (drawn > 0) draws.set([1 / drawn, total / drawn], 2 * b)
  }
  const hopeless = -Math.sqrt(2 * Math.log(Math.log(Math.max(3, returns))))
  return { resamples, rows, weights, draws, hopeless }
}

import { stationaryIndices } from '../../quant/bootstrap.ts'
import { Random } from '../../quant/random.ts'
import type { Metric } from './metric.ts'

/**
 * What is drawn as a whole, because its rows depend on each other: stretches of time, all groups of a moment
 * together; or groups, each with its whole history. Take time where labels overlap or one shock moves all
 * groups, groups where there are many and each has a way of its own.
 */
export type DrawnBy =
  /** `meanBlock` counts distinct times: at least as many as the longest label spans */
  { kind: 'time'; times: ArrayLike<number>; meanBlock: number } | { kind: 'group'; groups: ArrayLike<number> }

/**
 * [metrics × resamples] metrics of predictions on resamples of the rows; NaN where one is not defined. The same
 * seed draws the same resamples of the same rows, whatever the predictions: what two models make of a resample may
 * be subtracted. Time is drawn in blocks of random length (the stationary bootstrap, Politis & Romano 1994) over
 * the distinct times in order; groups one by one with replacement (the cluster bootstrap).
 *
 * @param scored each a metric and the predictions it is taken of
 * @param labels [rows] as the metrics want them
 */
export function resampledMetrics(
  scored: { metric: Metric; predictions: Float64Array }[],
  labels: ArrayLike<number>,
  drawnBy: DrawnBy,
  { resamples, seed }: { resamples: number; seed: number },
): Float64Array[] {
  const scores = scored.map(({ metric, predictions }) => metric(predictions))
  const out = scores.map(() => new Float64Array(resamples))
  const { unitOf, units } = unitsOf(drawnBy.kind === 'time' ? drawnBy.times : drawnBy.groups)
  const drawn = new Int32Array(units)
  const times = new Int32Array(units)
  const weights = new Int32Array(labels.length)
  for (let resample = 0; resample < resamples; resample++) {
    if (drawnBy.kind === 'time') stationaryIndices(drawn, drawnBy.meanBlock, seed, resample)
    else drawOneByOne(drawn, seed, resample)
    times.fill(0)
    for (const unit of drawn) times[unit]++
    for (let row = 0; row < weights.length; row++) weights[row] = times[unitOf[row]]
    scores.forEach((score, i) => (out[i][resample] = score(labels, weights)))
  }
  return out
}

/** Numbers the distinct values 0 … units − 1 in ascending order. */
function unitsOf(values: ArrayLike<number>): { unitOf: Int32Array; units: number } {
  const distinct = Float64Array.from(new Set(Array.from(values))).sort()
  const numbers = new Map(Array.from(distinct, (value, unit) => [value, unit]))
  return { unitOf: Int32Array.from(values, (value) => numbers.get(value)!), units: distinct.length }
}

function drawOneByOne(out: Int32Array, seed: number, resample: number): void {
  const random = new Random(seed, resample)
  for (let i = 0; i < out.length; i++) out[i] = random.below(out.length)
}

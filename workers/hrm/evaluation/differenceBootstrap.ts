import { percentileInterval } from '../../quant/bootstrap.ts'
import type { Metric } from './metric.ts'
import { resampledMetrics, type DrawnBy } from './resampledMetric.ts'

/** Two models on the same rows. */
export interface Pair {
  metric: Metric
  first: Float64Array
  second: Float64Array
  /** [rows] as the metric wants them */
  labels: ArrayLike<number>
}

export interface Difference {
  /** metric of the first − metric of the second, on the rows as they are */
  estimate: number
  /** percentile interval at the confidence asked for */
  low: number
  high: number
  /** two-sided: twice the smaller share of resamples on either side of 0, so it agrees with the interval */
  pValue: number
  /** resamples in which both metrics were defined; the others, without a positive say, are left out */
  resamples: number
}

/**
 * Is one model better than the other, or was it these rows? Both are scored on the same resamples
 * (`resampledMetrics`), so what makes rows easy or hard for both cancels. NaN where no resample can be scored.
 */
export function bootstrapDifference(
  { metric, first, second, labels }: Pair,
  drawnBy: DrawnBy,
  { resamples, seed, confidence = 0.95 }: { resamples: number; seed: number; confidence?: number },
): Difference {
  const scored = [first, second].map((predictions) => ({ metric, predictions }))
  const [ofFirst, ofSecond] = resampledMetrics(scored, labels, drawnBy, { resamples, seed })
  return {
    estimate: metric(first)(labels) - metric(second)(labels),
    ...differenceOfResamples(ofFirst, ofSecond, confidence),
  }
}

/** All but the estimate, of two models' metrics on the same resamples. */
export function differenceOfResamples(
  first: Float64Array,
  second: Float64Array,
  confidence = 0.95,
): Omit<Difference, 'estimate'> {
  const differences = first.map((value, i) => value - second[i]).filter((value) => !Number.isNaN(value))
  return {
    ...percentileInterval(differences, confidence),
    pValue: twoSided(differences),
    resamples: differences.length,
  }
}

/** The estimate itself is counted among the resamples, so that no p is 0 (Davison & Hinkley 1997, 4.2). */
function twoSided(differences: Float64Array): number {
  if (differences.length === 0) return NaN
  const below = differences.filter((difference) => difference <= 0).length
  const above = differences.filter((difference) => difference >= 0).length
  return Math.min(1, (2 * (1 + Math.min(below, above))) / (1 + differences.length))
}

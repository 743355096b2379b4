import { percentileInterval, stationaryIndices } from '../../quant/bootstrap.ts'
import { Random } from '../../quant/random.ts'
import type { Metric } from './metric.ts'

/** Two models on the same rows. */
export interface Pair {
  metric: Metric
  first: Float64Array
  second: Float64Array
  /** [rows] as the metric wants them */
  labels: ArrayLike<number>
}

/**
 * What is drawn as a whole, because its rows depend on each other: stretches of time, all groups of a moment
 * together; or groups, each with its whole history. Take time where labels overlap or one shock moves all
 * groups, groups where there are many and each has a way of its own.
 */
export type DrawnBy =
  /** `meanBlock` counts distinct times: at least as many as the longest label spans */
  { kind: 'time'; times: ArrayLike<number>; meanBlock: number } | { kind: 'group'; groups: ArrayLike<number> }

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
 * Is one model better than the other, or was it these rows? Both are scored on the same resamples, so what
 * makes rows easy or hard for both cancels. Time is drawn in blocks of random length (the stationary
 * bootstrap, Politis & Romano 1994) over the distinct times in order; groups one by one with replacement
 * (the cluster bootstrap). NaN where no resample can be scored.
 */
export function bootstrapDifference(
  { metric, first, second, labels }: Pair,
  drawnBy: DrawnBy,
  { resamples, seed, confidence = 0.95 }: { resamples: number; seed: number; confidence?: number },
): Difference {
  const scoreFirst = metric(first)
  const scoreSecond = metric(second)
  const { unitOf, units } = unitsOf(drawnBy.kind === 'time' ? drawnBy.times : drawnBy.groups)
  const drawn = new Int32Array(units)
  const times = new Int32Array(units)
  const weights = new Int32Array(labels.length)
  const differences: number[] = []
  for (let resample = 0; resample < resamples; resample++) {
    if (drawnBy.kind === 'time') stationaryIndices(drawn, drawnBy.meanBlock, seed, resample)
    else drawOneByOne(drawn, seed, resample)
    times.fill(0)
    for (const unit of drawn) times[unit]++
    for (let row = 0; row < weights.length; row++) weights[row] = times[unitOf[row]]
    const difference = scoreFirst(labels, weights) - scoreSecond(labels, weights)
    if (!Number.isNaN(difference)) differences.push(difference)
  }
  return {
    estimate: scoreFirst(labels) - scoreSecond(labels),
    ...percentileInterval(differences, confidence),
    pValue: twoSided(differences),
    resamples: differences.length,
  }
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

/** The estimate itself is counted among the resamples, so that no p is 0 (Davison & Hinkley 1997, 4.2). */
function twoSided(differences: number[]): number {
  if (differences.length === 0) return NaN
  const below = differences.filter((difference) => difference <= 0).length
  const above = differences.filter((difference) => difference >= 0).length
  return Math.min(1, (2 * (1 + Math.min(below, above))) / (1 + differences.length))
}

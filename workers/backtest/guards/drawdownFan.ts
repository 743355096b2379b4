import { optimalBlockLength, stationaryIndices } from '../../quant/bootstrap.ts'
import { sortedQuantile } from '../../quant/quantiles.ts'
import type { Breathe } from '../breathe.ts'
import { perBreath } from '../breathe.ts'
import { resamples } from '../resampling/resampler.ts'
import type { FinishedRun } from '../engine.ts'
import type { Guard } from './contract.ts'
import { measured, unknown, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { percent } from './words.ts'

const mostPoints = 120
const mildDraw = 0.8

/**
 * Drawdowns of the same days in another order. Resamples are those of the bootstrap intervals, so that the bound
 * said here is of the same draws as the interval of the drawdown. Null when told to stop.
 */
export async function drawdownFanOf(run: FinishedRun, breathe: Breathe): Promise<Measured | null> {
  const { returns } = run.judged.strategy
  const n = returns.length
  if (n < 2) return unknown('probability', 'There are too few days.')
  const points = Math.min(n, mostPoints)
  const day = Int32Array.from({ length: points + 1 }, (_, k) => Math.round((k * n) / points))
  const meanBlock = optimalBlockLength(returns)
  const indices = new Int32Array(n)
  const seed = run.report.request.seed
  const deepest = new Float64Array(resamples)
  const path = new Float64Array(points + 1)
  /** [points × resamples] */
  const all = new Float64Array((points + 1) * resamples)
  for (let b = 0; b < resamples; b++) {
    if (b % perBreath === 0 && !(await breathe())) return null
    stationaryIndices(indices, meanBlock, seed, b)
    deepest[b] = fill(path, day, returns, indices)
    for (let k = 0; k <= points; k++) all[k * resamples + b] = path[k]
  }
  const actual = new Float64Array(points + 1)
  const measuredDepth = fill(
    actual,
    day,
    returns,
    indices.map((_, i) => i),
  )
  let deeper = 0
  for (const depth of deepest) if (depth < measuredDepth) deeper++
  const value = deeper / resamples
  deepest.sort()
  const bound = sortedQuantile(deepest, 0.05)
  return measured({
    state: value <= mildDraw ? 'passes' : 'doubt',
    value,
    unit: 'probability',
    finding: `Measured${where(run)}: ${percent(measuredDepth)}. In another order it stays above ${percent(bound)} in 95 of 100 cases, and is deeper than measured in ${Math.round(100 * value)}.`,
    rowUnit: 'fraction',
    measured: measuredDepth,
    reruns: deepest,
    rows: [
      { label: 'Measured', value: measuredDepth },
      { label: 'Median of the resamples', value: sortedQuantile(deepest, 0.5) },
      { label: 'Not deeper in 95 of 100', value: bound },
    ],
    fan: { day, actual, ...quantilesOf(all, points + 1) },
  })
}

/** Fills the deepest drawdown since the point before, day by day in the order given; returns the deepest of all. */
function fill(path: Float64Array, day: Int32Array, returns: Float64Array, order: Int32Array): number {
  let wealth = 1
  let peak = 1
  let lowest = 0
  let point = 1
  let since = 0
  path[0] = 0
  for (let i = 0; i < order.length; i++) {
    wealth *= 1 + returns[order[i]]
    if (wealth > peak) peak = wealth
    const depth = wealth / peak - 1
    if (depth < since) since = depth
    if (i + 1 === day[point]) {
      path[point++] = since
      if (since < lowest) lowest = since
      since = 0
    }
  }
  return lowest
}

function quantilesOf(
  all: Float64Array,
  points: number,
): Pick<NonNullable<Guard['fan']>, 'low' | 'middle' | 'high'> {
  const low = new Float64Array(points)
  const middle = new Float64Array(points)
  const high = new Float64Array(points)
  for (let k = 0; k < points; k++) {
    const sorted = all.subarray(k * resamples, (k + 1) * resamples).sort()
    low[k] = sortedQuantile(sorted, 0.05)
    middle[k] = sortedQuantile(sorted, 0.5)
    high[k] = sortedQuantile(sorted, 0.95)
  }
  return { low, middle, high }
}

import { regression } from '../quant/regression.ts'
import { shape } from '../quant/moments.ts'
import { probabilisticSharpe } from '../quant/statistics.ts'
import { daysPerYear } from './sizing.ts'

/**
 * d = excess return − β × benchmark excess return, β by least squares over the same days (a long holder in a
 * rising market has no skill); without a benchmark, or one that does not move, the excess return itself.
 */
export function excessReturns(
  returns: Float64Array,
  benchmark: Float64Array | null,
  riskFree: number,
): Float64Array {
  const rate = riskFree / daysPerYear
  const slope = benchmark === null ? NaN : regression(returns, benchmark).slope
  const beta = Number.isFinite(slope) ? slope : 0
  return returns.map((value, i) => value - rate - (benchmark === null ? 0 : beta * (benchmark[i] - rate)))
}

/** Mean of daily excess returns × 252, and the probability that the true one is above 0. */
export function alphaEvidence(excess: Float64Array): { alpha: number; probability: number } {
  const n = excess.length
  let sum = 0
  for (const value of excess) sum += value
  const mean = sum / n
  let squares = 0
  for (const value of excess) squares += (value - mean) ** 2
  const sharpe = mean / Math.sqrt(squares / (n - 1))
  const { skew, kurtosis } = shape(excess)
  return {
    alpha: mean * daysPerYear,
    probability: probabilisticSharpe({ sharpe, observations: n, skew, kurtosis, benchmarkSharpe: 0 }),
  }
}

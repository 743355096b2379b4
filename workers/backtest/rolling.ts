import { daysPerYear } from './sizing.ts'

/**
 * Sharpe ratio of the last 252 returns (mean ÷ sample deviation × √252) on each day of the run.
 *
 * @returns [returns + 1] aligned with the days; NaN while fewer than 252 returns exist or nothing moved
 */
export function rollingSharpe(returns: Float64Array): Float64Array {
  const out = new Float64Array(returns.length + 1).fill(NaN)
  for (let day = daysPerYear; day <= returns.length; day++) {
    let sum = 0
    for (let i = day - daysPerYear; i < day; i++) sum += returns[i]
    const mean = sum / daysPerYear
    let squares = 0
    for (let i = day - daysPerYear; i < day; i++) squares += (returns[i] - mean) ** 2
    if (squares > 0) out[day] = (mean / Math.sqrt(squares / (daysPerYear - 1))) * Math.sqrt(daysPerYear)
  }
  return out
}

/**
 * Beta of the last 252 returns to the benchmark's on each day of the run.
 *
 * @returns [returns + 1] aligned with the days; NaN while warming up or without a benchmark
 */
export function rollingBeta(returns: Float64Array, benchmark: Float64Array | null): Float64Array {
  const out = new Float64Array(returns.length + 1).fill(NaN)
  if (benchmark === null) return out
  for (let day = daysPerYear; day <= returns.length; day++) {
    let sum = 0
    let benchmarkSum = 0
    for (let i = day - daysPerYear; i < day; i++) {
      sum += returns[i]
      benchmarkSum += benchmark[i]
    }
    const mean = sum / daysPerYear
    const benchmarkMean = benchmarkSum / daysPerYear
    let covariance = 0
    let variance = 0
    for (let i = day - daysPerYear; i < day; i++) {
      const move = benchmark[i] - benchmarkMean
      covariance += (returns[i] - mean) * move
      variance += move * move
    }
    if (variance > 0) out[day] = covariance / variance
  }
  return out
}

import { daysPerYear } from '../sizing.ts'
import type { ComparedFigure } from './contract.ts'

/**
 * The figures of the daily returns that `indices` draws, in that order: the conventions of the report.
 *
 * @param rate of cash, per day
 */
export function figuresOf(
  returns: Float64Array,
  indices: Int32Array,
  rate: number,
): Record<ComparedFigure, number> {
  const n = indices.length
  let sum = 0
  let squares = 0
  let growth = 1
  let peak = 1
  let maxDrawdown = 0
  // Distances from the first value: exact where all returns are equal.
  const origin = returns[indices[0]]
  for (let i = 0; i < n; i++) {
    const value = returns[indices[i]]
    const distance = value - origin
    sum += distance
    squares += distance * distance
    growth *= 1 + value
    if (growth > peak) peak = growth
    else if (growth / peak - 1 < maxDrawdown) maxDrawdown = growth / peak - 1
  }
  const meanReturn = origin + sum / n
  const deviation = Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1))
  return {
    meanReturn,
    sharpe: deviation > 0 ? ((meanReturn - rate) / deviation) * Math.sqrt(daysPerYear) : NaN,
    cagr: Math.pow(Math.max(0, growth), daysPerYear / n) - 1,
    maxDrawdown,
  }
}

import { optimalBlockLength, percentileInterval, stationaryIndices } from '../quant/bootstrap.ts'
import type { ReportTrade } from './api.ts'
import { perBreath } from './breathe.ts'
import type { Breathe } from './breathe.ts'
import { scaledAlpha, type Interval } from './claims.ts'
import { daysPerYear } from './sizing.ts'
import { resamples } from './resampling/resampler.ts'

/** Quantile of the normal distribution that leaves 2.5 % above it. */
const z = 1.959963984540054

const daily = ['cagr', 'totalReturn', 'volatility', 'sharpe', 'sortino', 'calmar', 'maxDrawdown'] as const
const relative = ['alpha', 'scaledAlpha', 'beta'] as const

/**
 * 95 % percentile intervals of the metrics of daily returns, by the stationary bootstrap with the block
 * length of Politis and White; strategy and benchmark are drawn together.
 *
 * @returns by metric id, or null when told to stop
 */
export async function dailyIntervals(
  returns: Float64Array,
  benchmark: Float64Array | null,
  riskFree: number,
  seed: number,
  breathe: Breathe,
): Promise<Record<string, Interval> | null> {
  const n = returns.length
  if (n < 2) return {}
  const meanBlock = optimalBlockLength(returns)
  const indices = new Int32Array(n)
  const rate = riskFree / daysPerYear
  const values = Object.fromEntries(
    [...daily, ...(benchmark === null ? [] : relative)].map((id) => [id, new Float64Array(resamples)]),
  )
  for (let b = 0; b < resamples; b++) {
    if (b % perBreath === 0 && !(await breathe())) return null
    stationaryIndices(indices, meanBlock, seed, b)
    let sum = 0
    let squares = 0
    let downside = 0
    let growth = 1
    let peak = 1
    let depth = 0
    for (let i = 0; i < n; i++) {
      const value = returns[indices[i]]
      const excess = value - rate
      sum += excess
      squares += excess * excess
      if (excess < 0) downside += excess * excess
      growth *= 1 + value
      if (growth > peak) peak = growth
      else if (growth / peak - 1 < depth) depth = growth / peak - 1
    }
    const mean = sum / n
    const deviation = Math.sqrt(Math.max(0, squares - n * mean * mean) / (n - 1))
    const year = Math.sqrt(daysPerYear)
    const cagr = Math.pow(Math.max(0, growth), daysPerYear / n) - 1
    values.cagr[b] = cagr
    values.totalReturn[b] = growth - 1
    values.volatility[b] = deviation * year
    values.sharpe[b] = (mean / deviation) * year
    values.sortino[b] = (mean / Math.sqrt(downside / n)) * year
    values.calmar[b] = cagr / -depth
    values.maxDrawdown[b] = depth
    if (benchmark === null) continue
    let benchmarkSum = 0
    let benchmarkSquares = 0
    let products = 0
    for (let i = 0; i < n; i++) {
      const other = benchmark[indices[i]] - rate
      benchmarkSum += other
      benchmarkSquares += other * other
      products += other * (returns[indices[i]] - rate)
    }
    const benchmarkMean = benchmarkSum / n
    const beta =
      (products - n * mean * benchmarkMean) / (benchmarkSquares - n * benchmarkMean * benchmarkMean)
    values.beta[b] = beta
    const alpha = (mean - beta * benchmarkMean) * daysPerYear
    values.alpha[b] = alpha
    values.scaledAlpha[b] = scaledAlpha(alpha, deviation * year)
  }
  return Object.fromEntries(Object.entries(values).map(([id, drawn]) => [id, percentileInterval(drawn)]))
}

/**
 * 95 % intervals of the metrics of trades: shares by Wilson (1927), means and ratios by the stationary
 * bootstrap over trades in the order of their entry.
 *
 * @returns by metric id, or null when told to stop
 */
export async function tradeIntervals(
  trades: ReportTrade[],
  /** [trades] see `lossesOfEquity` */
  losses: number[],
  right: number,
  seed: number,
  breathe: Breathe,
): Promise<Record<string, Interval> | null> {
  const n = trades.length
  if (n < 2) return {}
  const won = trades.filter((trade) => trade.profit > 0).length
  const order = [...trades.keys()].sort((a, b) => trades[a].entryDay - trades[b].entryDay)
  const returns = Float64Array.from(order, (at) => trades[at].return)
  const bars = Float64Array.from(order, (at) => trades[at].bars)
  const lost = Float64Array.from(order, (at) => losses[at])
  const meanBlock = optimalBlockLength(returns)
  const indices = new Int32Array(n)
  const expectancy = new Float64Array(resamples)
  const profitFactor = new Float64Array(resamples)
  const averageBars = new Float64Array(resamples)
  const worstLoss = new Float64Array(resamples)
  for (let b = 0; b < resamples; b++) {
    if (b % perBreath === 0 && !(await breathe())) return null
    stationaryIndices(indices, meanBlock, seed, b)
    let sum = 0
    let gained = 0
    let given = 0
    let held = 0
    let worst = -Infinity
    for (const at of indices) {
      sum += returns[at]
      held += bars[at]
      if (lost[at] > worst) worst = lost[at]
      if (returns[at] > 0) gained += returns[at]
      else given -= returns[at]
    }
    expectancy[b] = sum / n
    averageBars[b] = held / n
    worstLoss[b] = worst
    profitFactor[b] = given > 0 ? gained / given : NaN
  }
  return {
    winRate: wilson(won, n),
    accuracy: wilson(right, n),
    expectancy: percentileInterval(expectancy),
    profitFactor: percentileInterval(profitFactor),
    averageBars: percentileInterval(averageBars),
    worstLoss: percentileInterval(worstLoss),
  }
}

/** 95 % score interval of a share (Wilson 1927). */
export function wilson(successes: number, n: number): Interval {
  const share = successes / n
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) }
}

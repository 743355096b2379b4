import { regression } from '../regression.ts'
import { mean } from '../moments.ts'

/** The usual return of one share on the market's, and what it did beyond that. */
export interface MarketModel {
  alpha: number
  beta: number
  /** [days] return − alpha − beta × market; NaN where either is missing */
  abnormal: Float64Array
  /** Estimation days with both returns. */
  estimated: number
  /** Residual deviation, variance ÷ (estimated − 2); NaN with fewer than three days. */
  deviation: number
  /**
   * [days] abnormal return ÷ (deviation × √(1 + 1/L + (market − mean)² ÷ Σ(market − mean)²)): what is known of
   * a day outside of the estimation is less sure than the residuals are (Patell 1976). NaN where it is missing.
   */
  standardised: Float64Array
}

/**
 * Ordinary least squares on the estimation days that have both returns.
 *
 * @param returns [days], `market` [days] of the same days; NaN = missing
 * @param from, to inclusive indices of the estimation
 */
export function marketModel(
  returns: ArrayLike<number>,
  market: ArrayLike<number>,
  from: number,
  to: number,
): MarketModel {
  const days = returns.length
  const y: number[] = []
  const x: number[] = []
  for (let day = from; day <= to; day++) {
    if (Number.isNaN(returns[day] + market[day])) continue
    y.push(returns[day])
    x.push(market[day])
  }
  const { intercept: alpha, slope: beta } = regression(y, x)
  const estimated = y.length
  const centre = mean(x)
  let squares = 0
  let spread = 0
  for (let i = 0; i < estimated; i++) {
    const residual = y[i] - alpha - beta * x[i]
    squares += residual * residual
    spread += (x[i] - centre) ** 2
  }
  const deviation = estimated > 2 ? Math.sqrt(squares / (estimated - 2)) : NaN
  const abnormal = new Float64Array(days)
  const standardised = new Float64Array(days)
  for (let day = 0; day < days; day++) {
    abnormal[day] = returns[day] - alpha - beta * market[day]
    const error = Math.sqrt(1 + 1 / estimated + (market[day] - centre) ** 2 / spread)
    standardised[day] = abnormal[day] / (deviation * error)
  }
  return { alpha, beta, abnormal, estimated, deviation, standardised }
}

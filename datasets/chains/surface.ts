import { exp } from '../../workers/quant/elementary.ts'

/** The shape of a smile. */
export interface Skew {
  /** −1 … 1; below 0 puts out of the money are dearer than calls. */
  correlation: number
  /** curvature × (1 + |correlation|) ≤ 2, which keeps the surface free of arbitrage. */
  curvature: number
}

/** What the market thinks of the variance of a symbol on a day; yearly. */
export interface VarianceView {
  now: number
  longRun: number
}

/** Speed a year at which variance goes back to its long run. */
const MEAN_REVERSION = 5

/** Variance expected until expiry, at the money: rises with time whatever the view. */
export function expectedVariance({ now, longRun }: VarianceView, years: number): number {
  return longRun * years + ((now - longRun) * (1 - exp(-MEAN_REVERSION * years))) / MEAN_REVERSION
}

/**
 * Total variance of a strike on the surface SSVI with φ(θ) = curvature ÷ √(θ (1 + θ)): J. Gatheral and
 * A. Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14 (2014), where neither
 * butterflies nor calendar spreads are free as long as curvature × (1 + |correlation|) ≤ 2.
 * @param atTheMoney θ, total variance at the forward
 * @param moneyness log of strike ÷ forward
 */
export function totalVariance(
  atTheMoney: number,
  moneyness: number,
  { correlation, curvature }: Skew,
): number {
  const x = (curvature / Math.sqrt(atTheMoney * (1 + atTheMoney))) * moneyness
  const wing = x + correlation
  return (atTheMoney / 2) * (1 + correlation * x + Math.sqrt(wing * wing + 1 - correlation * correlation))
}

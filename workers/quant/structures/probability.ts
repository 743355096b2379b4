import { exp, log } from '../elementary.ts'
import { normalCdf, normalDensity } from '../normal.ts'

/** What the prices of one expiry say of the share then: its forward and the smile. */
export interface ImpliedDistribution {
  forward: number
  years: number
  /** Volatility at log(strike ÷ forward); NaN where it is not known. */
  vol: (x: number) => number
}

const STEP = 1e-4

/**
 * Risk-neutral probability that the share ends above a level: the price of a digital option without discounting, the
 * slope of call prices by strike, Φ(d₂) − φ(d₂) √years × slope of the smile (D. Breeden and R. Litzenberger, J. Business
 * 51, 1978). NaN without a smile.
 */
export function probabilityAbove(level: number, { forward, years, vol }: ImpliedDistribution): number {
  if (!(level > 0)) return 1
  if (level === Infinity) return 0
  const x = log(level / forward)
  const root = Math.sqrt(years)
  const deviation = vol(x) * root
  const slope = (vol(x + STEP) - vol(x - STEP)) / (2 * STEP)
  const d2 = -x / deviation - deviation / 2
  const probability = normalCdf(d2) - normalDensity(d2) * root * slope
  return Math.min(1, Math.max(0, probability))
}

/**
 * Risk-neutral probability of a profit.
 * @param breakEvens prices of the share at which the profit changes its sign, ascending
 * @param profitAt profit at a price of the share
 */
export function probabilityOfProfit(
  breakEvens: readonly number[],
  profitAt: (spot: number) => number,
  distribution: ImpliedDistribution,
): number {
  const edges = [0, ...breakEvens, Infinity]
  let probability = 0
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i], edges[i + 1]]
    const between = to === Infinity ? Math.max(from, distribution.forward) * exp(1) : (from + to) / 2
    if (!(profitAt(between) > 0)) continue
    probability += probabilityAbove(from, distribution) - probabilityAbove(to, distribution)
  }
  return Math.max(0, probability)
}

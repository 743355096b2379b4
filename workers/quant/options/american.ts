import { exp, log } from '../elementary.ts'
import { binomialPut } from './binomial.ts'
import { collocationFor, exerciseBoundary } from './boundary.ts'
import type { Collocation } from './collocation.ts'
import { europeanPrice, isOption, type Sign } from './european.ts'
import { exercisePremium } from './exercisePremium.ts'

/*
 * American options by spectral collocation of the exercise boundary (`boundary.ts`). A call is the put with spot and
 * strike, and rate and yield, exchanged (McDonald and Schroder, 1998).
 */

/** Share of the strike that is less than any rounding. */
const NOTHING = 1e-16

/**
 * Value of an American option: never below its intrinsic value nor below the European one. Negative rates
 * and yields are allowed; where both are negative such that there are two boundaries, a binomial tree takes
 * over.
 * @param plan how finely the boundary is drawn; as far as it matters, where it is not said
 */
export function americanValue(
  sign: Sign,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  plan?: Collocation,
): number {
  if (!isOption(spot, strike, years, rate, dividendYield) || !(vol >= 0)) return NaN
  const european = europeanPrice(sign, spot, strike, years, rate, dividendYield, vol)
  return sign < 0
    ? putValue(spot, strike, years, rate, dividendYield, vol, european, plan)
    : putValue(strike, spot, years, dividendYield, rate, vol, european, plan)
}

function putValue(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  european: number,
  plan: Collocation = collocationFor(years, rate, dividendYield),
): number {
  const intrinsic = Math.max(0, strike - spot)
  if (years === 0 || strike === 0 || spot === 0) {
    // A put on nothing is exercised now, or at expiry where the strike grows in value.
    return spot === 0 ? strike * Math.max(1, exp(-rate * years)) : intrinsic
  }
  if (vol === 0) return certainPut(spot, strike, years, rate, dividendYield)
  if (vol === Infinity) return Math.max(intrinsic, european, strike)
  // Exercise earns interest on the strike and costs the dividends of the share: never both against it.
  if (rate * years <= NOTHING && rate <= dividendYield) return Math.max(intrinsic, european)
  if (rate < 0)
    return Math.max(intrinsic, european, binomialPut(spot, strike, years, rate, dividendYield, vol))

  const boundary = exerciseBoundary(plan, years, rate, dividendYield, vol)
  const moneyness = log(spot / strike)
  if (!(boundary.last > -Infinity)) {
    return Math.max(intrinsic, european, binomialPut(spot, strike, years, rate, dividendYield, vol))
  }
  if (moneyness <= boundary.top + boundary.last) return Math.max(intrinsic, european)
  const premium = exercisePremium(boundary, moneyness, spot / strike, years, rate, dividendYield, vol)
  return Math.max(intrinsic, european + strike * Math.max(0, premium))
}

/** Without volatility the best moment to exercise is known: now, at expiry, or where the gain peaks. */
function certainPut(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
): number {
  const gain = (at: number) => strike * exp(-rate * at) - spot * exp(-dividendYield * at)
  let best = Math.max(0, strike - spot, gain(years))
  const ratio = (rate * strike) / (dividendYield * spot)
  if (ratio > 0 && rate !== dividendYield) {
    const peak = log(ratio) / (rate - dividendYield)
    if (peak > 0 && peak < years) best = Math.max(best, gain(peak))
  }
  return best
}

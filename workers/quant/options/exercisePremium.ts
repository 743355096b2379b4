import { exp } from '../elementary.ts'
import { normalDensity } from '../normal.ts'
import { depthAt, type Boundary } from './boundary.ts'
import { tabulatedCdf } from './tabulatedCdf.ts'

/**
 * What the right to exercise a put early adds while the share is above the boundary, strike 1: interest on the strike
 * less dividends, at every time in between as likely as the share is below the boundary then (I. J. Kim, "The analytic
 * valuation of American options", Rev. Financ. Stud. 3, 1990).
 * @param moneyness log of spot
 */
export function exercisePremium(
  { plan, top, squares }: Boundary,
  moneyness: number,
  spot: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): number {
  const { nodes, toExpiry, toExpiryValues } = plan
  const aboveTop = moneyness - top
  const drift = rate - dividendYield
  const deviation = vol * Math.sqrt(years)
  let premium = 0
  for (let j = 0; j < toExpiry.points; j++) {
    const elapsed = toExpiry.elapsed[j]
    const part = deviation * elapsed
    const time = years * elapsed * elapsed
    const below = depthAt(toExpiryValues, j * nodes, squares, nodes)
    const d1 = (aboveTop + below) / part + (drift / vol) * (part / vol) + part / 2
    let earned = rate * exp(-rate * time) * tabulatedCdf(part - d1)
    if (dividendYield !== 0) earned -= dividendYield * spot * exp(-dividendYield * time) * tabulatedCdf(-d1)
    premium += toExpiry.weights[j] * years * earned
  }
  return premium
}

/** The premium with its first and second derivatives by spot. */
export interface PremiumSlopes {
  premium: number
  first: number
  second: number
}

/** `exercisePremium` with its derivatives: the boundary does not depend on the share, so they are those of the sum. */
export function premiumSlopes(
  { plan, top, squares }: Boundary,
  moneyness: number,
  spot: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): PremiumSlopes {
  const { nodes, toExpiry, toExpiryValues } = plan
  const drift = rate - dividendYield
  const deviation = vol * Math.sqrt(years)
  let premium = 0
  // By log spot.
  let slope = 0
  let bend = 0
  for (let j = 0; j < toExpiry.points; j++) {
    const elapsed = toExpiry.elapsed[j]
    const part = deviation * elapsed
    const time = years * elapsed * elapsed
    const below = depthAt(toExpiryValues, j * nodes, squares, nodes)
    const d1 = (moneyness - top + below) / part + (drift / vol) * (part / vol) + part / 2
    const d2 = d1 - part
    const weight = toExpiry.weights[j] * years
    const ofStrike = weight * rate * exp(-rate * time)
    const ofSpot = weight * dividendYield * spot * exp(-dividendYield * time)
    const strikeDensity = normalDensity(d2) / part
    const spotDensity = normalDensity(d1) / part
    const share = tabulatedCdf(-d1)
    premium += ofStrike * tabulatedCdf(-d2) - ofSpot * share
    slope += -ofStrike * strikeDensity - ofSpot * (share - spotDensity)
    bend += (ofStrike * strikeDensity * d2) / part - ofSpot * (share - spotDensity * (2 - d1 / part))
  }
  return { premium, first: slope / spot, second: (bend - slope) / (spot * spot) }
}

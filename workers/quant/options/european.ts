import { exp, log } from '../elementary.ts'
import { normalCdf, normalDensity } from '../normal.ts'

/** +1 a call, −1 a put. */
export type Sign = 1 | -1

/** Rates a year, continuously compounded; vol a year; theta per year, vega and rho per 1.0. */
export interface Greeks {
  price: number
  delta: number
  gamma: number
  vega: number
  theta: number
  rho: number
}

/** Whether these are terms that an option can have: numbers all, and no negative price or time. */
export function isOption(spot: number, strike: number, years: number, rate: number, yield_: number): boolean {
  return (
    spot >= 0 && strike >= 0 && years >= 0 && years < Infinity && Math.abs(rate) + Math.abs(yield_) < Infinity
  )
}

/**
 * Value of a European option: Black and Scholes (1973) with Merton's (1973) dividend yield. The value out of
 * the money is computed, and the discounted intrinsic value added to it, so that a deep option keeps the
 * digits of its time value and is never worth less than its bound.
 */
export function europeanPrice(
  sign: Sign,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): number {
  if (!isOption(spot, strike, years, rate, dividendYield) || !(vol >= 0)) return NaN
  const spotNow = spot * exp(-dividendYield * years)
  const strikeNow = strike * exp(-rate * years)
  const moneyness = log(spot / strike) + (rate - dividendYield) * years
  return priceOf(sign, spotNow, strikeNow, moneyness, vol * Math.sqrt(years))
}

/**
 * @param spotNow present value of the share at expiry
 * @param strikeNow present value of the strike
 * @param moneyness log of spotNow ÷ strikeNow
 * @param deviation volatility × √years
 */
function priceOf(
  sign: Sign,
  spotNow: number,
  strikeNow: number,
  moneyness: number,
  deviation: number,
): number {
  const intrinsic = Math.max(0, sign * (spotNow - strikeNow))
  if (!(deviation > 0) || spotNow === 0 || strikeNow === 0) return intrinsic
  if (deviation === Infinity) return sign > 0 ? spotNow : strikeNow
  const d1 = moneyness / deviation + deviation / 2
  const d2 = d1 - deviation
  const outside =
    moneyness <= 0
      ? spotNow * normalCdf(d1) - strikeNow * normalCdf(d2)
      : strikeNow * normalCdf(-d2) - spotNow * normalCdf(-d1)
  return intrinsic + Math.max(0, outside)
}

/**
 * Price and greeks of a European option. Without time or volatility these are the limits; at the kink of the
 * payoff itself delta is its middle, and gamma and theta, which have no limit there, leave out the infinite
 * part.
 */
export function europeanGreeks(
  sign: Sign,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): Greeks {
  const row = new Float64Array(6)
  writeEuropeanGreeks(row, sign, spot, strike, years, rate, dividendYield, vol)
  return { price: row[0], delta: row[1], gamma: row[2], vega: row[3], theta: row[4], rho: row[5] }
}

/** `europeanGreeks` in the order of `Greeks`, for chains. @param into [6] */
export function writeEuropeanGreeks(
  into: Float64Array,
  sign: Sign,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): void {
  if (!isOption(spot, strike, years, rate, dividendYield) || !(vol >= 0)) {
    into.fill(NaN)
    return
  }
  const carry = exp(-dividendYield * years)
  const spotNow = spot * carry
  const strikeNow = strike * exp(-rate * years)
  const moneyness = spot === 0 && strike === 0 ? 0 : log(spot / strike) + (rate - dividendYield) * years
  const root = Math.sqrt(years)
  const deviation = vol * root
  // 0 ÷ 0 at the kink is its middle.
  const d1 = moneyness === 0 ? deviation / 2 : moneyness / deviation + deviation / 2
  const d2 = d1 - (d1 === Infinity || d1 === -Infinity ? 0 : deviation)
  const density = normalDensity(d1)
  // In the money what is out of it gives the digits, and those of the other side follow.
  const inside = moneyness > 0 === sign > 0
  const shareOutside = normalCdf(inside ? -sign * d1 : sign * d1)
  const exercisedOutside = normalCdf(inside ? -sign * d2 : sign * d2)
  const share = inside ? 1 - shareOutside : shareOutside
  const exercised = inside ? 1 - exercisedOutside : exercisedOutside
  const decay = root > 0 && density > 0 ? (spotNow * density * vol) / (2 * root) : 0
  let price = Math.max(0, sign * (spotNow - strikeNow))
  if (deviation === Infinity) price = sign > 0 ? spotNow : strikeNow
  else if (deviation > 0 && spotNow !== 0 && strikeNow !== 0) {
    const gain = spotNow * shareOutside - strikeNow * exercisedOutside
    price += Math.max(0, inside ? -sign * gain : sign * gain)
  }
  into[0] = price
  into[1] = sign * carry * share
  into[2] = density > 0 && deviation > 0 && spot > 0 ? (carry * density) / (spot * deviation) : 0
  into[3] = density > 0 ? spotNow * density * root : 0
  into[4] = sign * (dividendYield * spotNow * share - rate * strikeNow * exercised) - decay
  into[5] = sign * years * strikeNow * exercised
}

import { exp, log } from '../elementary.ts'
import { normalCdf, normalDensity } from '../normal.ts'
import { americanValue } from './american.ts'
import { europeanGreeks, isOption, type Sign } from './european.ts'

const MOST_STEPS = 60

/**
 * Volatility at which a European option has a price: NaN outside the no-arbitrage bounds, without time, and
 * at a price that every volatility above some size gives; 0 at the lower bound. Halley's method on the
 * logarithm of the value out of the money, which is nearly straight where the price itself is flat.
 */
export function europeanVol(
  sign: Sign,
  price: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
): number {
  if (!isOption(spot, strike, years, rate, dividendYield)) return NaN
  if (!(price >= 0 && spot > 0 && strike > 0 && years > 0)) return NaN
  const moneyness = log(spot / strike) + (rate - dividendYield) * years
  const most = sign > 0 ? spot * exp(-dividendYield * years) : strike * exp(-rate * years)
  if (price >= most) return NaN
  let value = price
  if (sign * moneyness > 0) {
    // Spot and strike are subtracted before they are discounted: what discounting takes off is small, and
    // so is its rounding.
    const discounting =
      spot * exponentialLessOne(-dividendYield * years) - strike * exponentialLessOne(-rate * years)
    value = price - sign * (spot - strike) - sign * discounting
  }
  if (!(value >= 0)) return NaN
  if (value === 0) return 0
  const mean = Math.sqrt(spot * strike) * exp((-(rate + dividendYield) * years) / 2)
  return deviationOf(log(value / mean), -Math.abs(moneyness)) / Math.sqrt(years)
}

/** e^x − 1 with all digits near 0 (W. Kahan). */
function exponentialLessOne(x: number): number {
  const power = exp(x)
  if (power === 1) return x
  const less = power - 1
  return Math.abs(x) > 0.5 ? less : (less * x) / log(power)
}

/**
 * Volatility × √years at which a call out of the money has a value.
 * @param target log of the value ÷ the geometric mean of the present values of spot and strike
 * @param moneyness ≤ 0, log of forward ÷ strike
 */
function deviationOf(target: number, moneyness: number): number {
  if (target >= moneyness / 2) return NaN
  let low = 0
  let high = Infinity
  // The wing where the value is tiny, or the middle where it is about deviation ÷ √2π.
  const tail = -2 * target + moneyness
  let deviation = Math.max(
    -moneyness / Math.sqrt(Math.max(1e-3, tail)),
    Math.min(2.5 * exp(target), Math.sqrt(tail)),
  )
  for (let step = 0; step < MOST_STEPS; step++) {
    const d1 = moneyness / deviation + deviation / 2
    const weight = exp(moneyness / 2)
    const value = weight * normalCdf(d1) - normalCdf(d1 - deviation) / weight
    const gap = value > 0 ? log(value) - target : -Infinity
    if (gap === 0) return deviation
    if (gap < 0) low = deviation
    else high = deviation
    let next = NaN
    if (value > 0) {
      const slope = (weight * normalDensity(d1)) / value
      const bend = (moneyness * moneyness) / (deviation * deviation * deviation) - deviation / 4 - slope
      const newton = gap / slope
      const halley = 1 - (newton * bend) / 2
      next = deviation - (halley > 0.5 && halley < 2 ? newton / halley : newton)
    }
    if (!(next > low && next < high)) next = high === Infinity ? 2 * deviation : (low + high) / 2
    if (Math.abs(next - deviation) <= 4e-16 * deviation) return next
    deviation = next
  }
  return deviation
}

/** Volatilities closer than this are one: the price itself is not known any better. */
const AMERICAN_TOLERANCE = 1e-8

/**
 * Volatility at which an American option has a price: NaN at its intrinsic value and below, where no
 * volatility or every small one fits, and at or above the most it can be worth.
 */
export function americanVol(
  sign: Sign,
  price: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
): number {
  if (!isOption(spot, strike, years, rate, dividendYield)) return NaN
  if (!(price > 0 && spot > 0 && strike > 0 && years > 0)) return NaN
  const value = (vol: number) => americanValue(sign, spot, strike, years, rate, dividendYield, vol)
  const most =
    sign > 0 ? spot * Math.max(1, exp(-dividendYield * years)) : strike * Math.max(1, exp(-rate * years))
  if (price <= value(0) || price >= most) return NaN
  // The right to exercise is worth something, so the European volatility is at least the one wanted.
  const european = europeanVol(sign, price, spot, strike, years, rate, dividendYield)
  let vol = european > 0 ? european : 1
  let low = 0
  let high = european > 0 ? european : Infinity
  let slope = europeanGreeks(sign, spot, strike, years, rate, dividendYield, vol).vega
  let lastVol = NaN
  let lastGap = NaN
  for (let step = 0; step < MOST_STEPS; step++) {
    const gap = value(vol) - price
    if (gap === 0) return vol
    if (gap > 0) high = vol
    else low = vol
    if (lastVol === lastVol && gap !== lastGap) slope = (gap - lastGap) / (vol - lastVol)
    let next = vol - gap / slope
    if (!(next > low && next < high)) next = high === Infinity ? 2 * vol : (low + high) / 2
    lastVol = vol
    lastGap = gap
    vol = next
    if (Math.abs(vol - lastVol) <= AMERICAN_TOLERANCE * vol) return vol
  }
  return vol
}

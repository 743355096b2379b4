import { exp, log } from '../elementary.ts'
import { americanValue } from './american.ts'
import { isOption, writeEuropeanGreeks, type Sign } from './european.ts'
import { firstDeviation } from './firstDeviation.ts'
import { tabulatedMills } from './tabulatedMills.ts'

const MOST_STEPS = 60
const DENSITY_AT_0 = 0.3989422804014327

/**
 * Volatility at which a European option has a price: NaN outside the no-arbitrage bounds, without time, and
 * at a price that every volatility above some size gives; 0 at the lower bound. Solved on
 * the logarithm of the value out of the money, which is nearly straight where the price itself is flat.
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
  return deviationOf(value / mean, -Math.abs(moneyness)) / Math.sqrt(years)
}

/** e^x − 1 with all digits near 0 (W. Kahan). */
function exponentialLessOne(x: number): number {
  const power = exp(x)
  if (power === 1) return x
  const less = power - 1
  return Math.abs(x) > 0.5 ? less : (less * x) / log(power)
}

/** A step of fourth order that is no longer than this, relative, leaves nothing of the error. */
const LAST_STEP = 5e-5

/**
 * Volatility × √years at which a call out of the money has a value: Householder's method of fourth order on the
 * logarithm of the value (P. Jäckel, “Let's be rational”, Wilmott, 2015), which is e^(m ÷ 2) φ(d₁) times a difference of
 * Mills ratios, so that no step takes an exponential.
 * @param value over the geometric mean of the present values of spot and strike
 * @param moneyness ≤ 0, log of forward ÷ strike
 */
function deviationOf(value: number, moneyness: number): number {
  const most = exp(moneyness / 2)
  if (value >= most) return NaN
  const scale = (most * DENSITY_AT_0) / value
  let low = 0
  let high = Infinity
  let deviation = firstDeviation(value, moneyness)
  for (let step = 0; step < MOST_STEPS; step++) {
    const middle = moneyness / deviation
    const d1 = middle + deviation / 2
    const rise = tabulatedMills(d1) - tabulatedMills(d1 - deviation)
    const gap = log(scale * rise) - (d1 * d1) / 2
    if (gap === 0) return deviation
    if (gap < 0) low = deviation
    else high = deviation
    // Slope of the logarithm; what the slope's own slope, and that one's, are of it.
    const slope = 1 / rise
    const bend = (middle * middle) / deviation - deviation / 4 - slope
    const twist = bend * (bend - slope) - (3 * middle * middle) / (deviation * deviation) - 0.25
    const newton = -gap / slope
    const change = (newton * (1 + (bend * newton) / 2)) / (1 + newton * (bend + (twist * newton) / 6))
    let next = deviation + (change * newton > 0 ? change : newton)
    if (!(next > low && next < high)) next = high === Infinity ? 2 * deviation : (low + high) / 2
    else if (Math.abs(next - deviation) <= LAST_STEP * deviation) return next
    if (next === low || next === high) return next
    deviation = next
  }
  return deviation
}

/** Volatilities closer than this are one: the price itself is not known any better. */
const AMERICAN_TOLERANCE = 1e-8
const greeks = new Float64Array(6)

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
  let lastVol = NaN
  let lastPremium = NaN
  for (let step = 0; step < MOST_STEPS; step++) {
    const american = value(vol)
    const gap = american - price
    if (gap === 0) return vol
    if (gap > 0) high = vol
    else low = vol
    writeEuropeanGreeks(greeks, sign, spot, strike, years, rate, dividendYield, vol)
    const premium = american - greeks[0]
    // What early exercise adds hardly moves with volatility: at first as if it did not, then by how it did.
    let next =
      step === 0
        ? europeanVol(sign, price - premium, spot, strike, years, rate, dividendYield)
        : vol - gap / (greeks[3] + (premium - lastPremium) / (vol - lastVol))
    const change = Math.abs(next - vol)
    // The error of a secant is about that of the last step times that of the one before.
    const error = step > 0 ? change * Math.min(1, Math.abs(vol - lastVol) / vol) : change
    // A secant over values that are all rounding may lead anywhere.
    const inside = next > low && next < high
    if (error <= AMERICAN_TOLERANCE * vol && (inside || change <= AMERICAN_TOLERANCE * vol)) return next
    if (!inside) next = high === Infinity ? 2 * vol : (low + high) / 2
    lastVol = vol
    lastPremium = premium
    vol = next
  }
  return vol
}

import { exp, log } from '../elementary.ts'
import { normalDensity } from '../normal.ts'
import type { Sign } from '../options/european.ts'
import { tabulatedCdf } from '../options/tabulatedCdf.ts'

/*
 * What the right to exercise early adds to an option, in closed form, for whole chains: N. Ju and R. Zhong, "An
 * approximate formula for pricing American options", J. Derivatives 7 (1999), on the critical price of G. Barone-Adesi
 * and R. Whaley (1987). It misses some hundredths of the premium, thousandths of the price, which is below any spread;
 * `EarlyExercise` takes most of that out where a contract is looked at. A call is the put with spot and strike, and
 * rate and yield, exchanged (McDonald and Schroder, 1998).
 */

/** Below this rate nothing is earned by exercise; the formula divides by it. */
const LEAST_RATE = 1e-6

/** Where the search for a critical price begins, in deviations. */
const START = -2

/** Value of an American option less that of a European one, and its derivatives by the price of the share. */
export interface Premium {
  value: number
  delta: number
  gamma: number
  /** Exercise is due at once: the option is worth its intrinsic value. */
  due: boolean
}

/**
 * The premium of options of one right and expiry.
 * @param european value of the European option at the same volatility
 */
export function exercisePremium(
  sign: Sign,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  european: number,
): number {
  const value =
    sign < 0
      ? putPremium(spot, strike, years, rate, dividendYield, vol)
      : putPremium(strike, spot, years, dividendYield, rate, vol)
  const intrinsic = sign * (spot - strike) - european
  return value > intrinsic ? value : intrinsic > 0 ? intrinsic : 0
}

/** The same with its derivatives. */
export function exercisePremiumGreeks(
  sign: Sign,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  european: number,
): Premium {
  const [own, other] = sign < 0 ? [spot, strike] : [strike, spot]
  const value =
    sign < 0
      ? putPremium(spot, strike, years, rate, dividendYield, vol)
      : putPremium(strike, spot, years, dividendYield, rate, vol)
  const intrinsic = sign * (spot - strike) - european
  if (!(value > intrinsic)) return { value: Math.max(0, intrinsic), delta: 0, gamma: 0, due: intrinsic > 0 }
  // By the price of what is sold; a call's premium is of degree one in both prices (Euler).
  const first = (value * scratch.slope) / own
  const second = (value * (scratch.bend - scratch.slope)) / (own * own)
  return sign < 0
    ? { value, delta: first, gamma: second, due: false }
    : {
        value,
        delta: (value - own * first) / other,
        gamma: ((own * own) / (other * other)) * second,
        due: false,
      }
}

/** First and second derivative of the newest premium by log spot, as shares of it. */
const scratch = { slope: 0, bend: 0 }

/** The newest critical price: that of the next contract of an expiry is seldom far from it. */
const newest = { years: NaN, rate: NaN, dividendYield: NaN, distance: NaN }
const CLOSE = 1e-6
const MOST_STEPS = 20

/**
 * Log of the price, strike 1, at which Barone-Adesi and Whaley exercise a put, by Newton's method.
 * @param top log of its limit at expiry
 */
function criticalPrice(
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  top: number,
  lambda: number,
): number {
  const deviation = vol * Math.sqrt(years)
  const growth = exp(-rate * years)
  const carry = exp(-dividendYield * years)
  const drift = (rate - dividendYield) * years
  const known = newest.years === years && newest.rate === rate && newest.dividendYield === dividendYield
  // In deviations it hardly depends on volatility.
  let at = top + (known ? newest.distance : START) * deviation
  for (let step = 0; step < MOST_STEPS; step++) {
    const price = exp(at)
    const d1 = (at + drift) / deviation + deviation / 2
    const below = carry * tabulatedCdf(-d1)
    const slope = (1 - below) / lambda
    const gap = 1 - price - growth * tabulatedCdf(deviation - d1) + price * (below + slope)
    const gapSlope = below + slope - 1 + (carry * normalDensity(d1)) / (deviation * lambda)
    const move = gap / (gapSlope * price)
    at = Math.min(top - 1e-12, at - move)
    if (Math.abs(move) <= CLOSE * deviation) break
  }
  newest.years = years
  newest.rate = rate
  newest.dividendYield = dividendYield
  newest.distance = (at - top) / deviation
  return at
}

/** −Infinity at prices where a put is exercised at once. */
function putPremium(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): number {
  scratch.slope = 0
  scratch.bend = 0
  if (!(rate > LEAST_RATE) || !(vol > 0) || !(years > 0)) return 0
  const top = dividendYield > rate ? log(rate / dividendYield) : 0
  const growth = exp(-rate * years)
  const carry = exp(-dividendYield * years)
  const variance = vol * vol
  const deviation = vol * Math.sqrt(years)
  const h = 1 - growth
  const alpha = (2 * rate) / variance
  const beta = (2 * (rate - dividendYield)) / variance
  const root = Math.sqrt((beta - 1) * (beta - 1) + (4 * alpha) / h)
  const lambda = (1 - beta - root) / 2
  const lambdaSlope = alpha / (h * h * root)
  const critical = criticalPrice(years, rate, dividendYield, vol, top, lambda)
  const above = log(spot / strike) - critical
  if (!(above > 0)) return -Infinity
  // At the critical price, strike 1.
  const price = exp(critical)
  const d1 = (critical + (rate - dividendYield) * years) / deviation + deviation / 2
  const d2 = d1 - deviation
  const belowShare = tabulatedCdf(-d1)
  const belowStrike = tabulatedCdf(-d2)
  const gain = 1 - price - (growth * belowStrike - price * carry * belowShare)
  if (!(gain > 0)) return -Infinity
  const forward = (price * carry) / growth
  const decay =
    (forward * normalDensity(d1)) / (alpha * deviation) +
    (forward * belowShare * dividendYield) / rate -
    belowStrike
  const width = 2 * lambda + beta - 1
  const b = ((1 - h) * alpha * lambdaSlope) / (2 * width)
  const c = (((h - 1) * alpha) / width) * (decay / gain + 1 / h + lambdaSlope / width)
  const kept = 1 - above * (b * above + c)
  if (!(kept > 0)) return -Infinity
  const turn = (2 * b * above + c) / kept
  scratch.slope = lambda + turn
  scratch.bend = scratch.slope * scratch.slope + (2 * b) / kept + turn * turn
  return (strike * gain * exp(lambda * above)) / kept
}

import { exp, log } from '../elementary.ts'
import { normalDensity } from '../normal.ts'
import { criticalLog } from '../options/criticalPrice.ts'
import type { Sign } from '../options/european.ts'
import { tabulatedCdf } from '../options/tabulatedCdf.ts'

/*
 * What the right to exercise early adds to an option, in closed form, for whole chains: N. Ju and R. Zhong, "An
 * approximate formula for pricing American options", J. Derivatives 7 (1999), on the critical price of Barone-Adesi
 * and Whaley. Some thousandths of the premium are missed, which is far below any spread; what contracts are worth to
 * the digit comes from `americanPrice`. A call is the put with spot and strike, and rate and yield, exchanged
 * (McDonald and Schroder, 1998).
 */

/** Below this rate nothing is earned by exercise; the formula divides by it. */
const LEAST_RATE = 1e-6

/**
 * Value of an American option less that of a European one, never negative; what is left to the intrinsic value where
 * exercise is due at once.
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
  return sign < 0
    ? putPremium(spot, strike, years, rate, dividendYield, vol, european)
    : putPremium(strike, spot, years, dividendYield, rate, vol, european)
}

function putPremium(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  european: number,
): number {
  const intrinsic = Math.max(0, strike - spot - european)
  if (!(rate > LEAST_RATE) || !(vol > 0) || !(years > 0)) return intrinsic
  const top = dividendYield > rate ? log(rate / dividendYield) : 0
  const critical = top + criticalLog(years, rate, dividendYield, vol, top, NaN)
  const above = log(spot / strike) - critical
  if (!(above > 0)) return intrinsic
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
  // At the critical price, strike 1.
  const price = exp(critical)
  const d1 = (critical + (rate - dividendYield) * years) / deviation + deviation / 2
  const d2 = d1 - deviation
  const belowShare = tabulatedCdf(-d1)
  const belowStrike = tabulatedCdf(-d2)
  const gain = 1 - price - (growth * belowStrike - price * carry * belowShare)
  if (!(gain > 0)) return intrinsic
  const forward = (price * carry) / growth
  const decay =
    (forward * normalDensity(d1)) / (alpha * deviation) +
    (forward * belowShare * dividendYield) / rate -
    belowStrike
  const width = 2 * lambda + beta - 1
  const b = ((1 - h) * alpha * lambdaSlope) / (2 * width)
  const c = (((h - 1) * alpha) / width) * (decay / gain + 1 / h + lambdaSlope / width)
  const chi = above * (b * above + c)
  const premium = (strike * gain * exp(lambda * above)) / (1 - chi)
  return Math.max(intrinsic, premium > 0 ? premium : 0)
}

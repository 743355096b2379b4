import { exp } from '../elementary.ts'
import { normalDensity } from '../normal.ts'
import { tabulatedCdf } from './tabulatedCdf.ts'

const NEWTON_STEPS = 3

/**
 * First guess of the price at which an American put of strike 1 is exercised: G. Barone-Adesi and R. Whaley,
 * "Efficient analytic approximation of American option values", J. Finance 42 (1987), as the log distance
 * below its limit at expiry (≤ 0).
 * @param top log of that limit
 * @param guess where to start; NaN for a start by the deviation
 */
export function criticalLog(
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  top: number,
  guess: number,
): number {
  const variance = vol * vol
  const deviation = vol * Math.sqrt(years)
  const drift = rate - dividendYield
  const strikeNow = exp(-rate * years)
  const carry = exp(-dividendYield * years)
  const interest = rate * years < 1e-8 ? 1 / years : rate / (1 - strikeNow)
  const n = (2 * drift) / variance - 1
  const power = (-n - Math.sqrt(n * n + (8 * interest) / variance)) / 2
  let logPrice = top + (Number.isNaN(guess) ? -deviation / 2 : guess)
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const price = exp(logPrice)
    const d1 = (logPrice + drift * years) / deviation + deviation / 2
    const below = carry * tabulatedCdf(-d1)
    const european = strikeNow * tabulatedCdf(deviation - d1) - price * below
    const slope = (1 - below) / power
    const gap = 1 - price - european + slope * price
    const gapSlope = -1 + below + slope + (carry * normalDensity(d1)) / (deviation * power)
    logPrice -= gap / (gapSlope * price)
  }
  const found = logPrice - top
  return found < 0 ? found : -1e-12
}

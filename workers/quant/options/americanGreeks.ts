import { log } from '../elementary.ts'
import { americanValue } from './american.ts'
import { collocationFor, exerciseBoundary } from './boundary.ts'
import { europeanGreeks, europeanPrice, type Greeks, type Sign } from './european.ts'
import { premiumSlopes } from './exercisePremium.ts'

/** Steps of volatility (of it), rate (a year), and spot (of a deviation) where there is no closed form. */
const STEP = { vol: 1e-3, rate: 1e-4, spot: 0.02 }

/**
 * Price and greeks of an American option: those of the European option, and of what early exercise adds its
 * derivatives by the share in closed form, by volatility and rate as central differences. Theta is what the equation
 * of Black and Scholes leaves for it. Where exercise is due the option moves as the share does, and with nothing else.
 */
export function americanGreeks(
  sign: Sign,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): Greeks {
  const european = europeanGreeks(sign, spot, strike, years, rate, dividendYield, vol)
  const plan = collocationFor(years, rate, dividendYield)
  const value = (s: number, r: number, v: number) =>
    americanValue(sign, s, strike, years, r, dividendYield, v, plan)
  const price = value(spot, rate, vol)
  if (!(price > european.price)) return european
  if (price <= sign * (spot - strike)) return { price, delta: sign, gamma: 0, vega: 0, theta: 0, rho: 0 }
  const { delta, gamma } = slopes()
  const premium = (r: number, v: number) =>
    value(spot, r, v) - europeanPrice(sign, spot, strike, years, r, dividendYield, v)
  const dv = STEP.vol * vol
  const dr = STEP.rate
  const theta = rate * price - (rate - dividendYield) * spot * delta - (vol * vol * spot * spot * gamma) / 2
  return {
    price,
    delta,
    gamma,
    vega: vol > 0 ? european.vega + (premium(rate, vol + dv) - premium(rate, vol - dv)) / (2 * dv) : 0,
    theta,
    rho: european.rho + (premium(rate + dr, vol) - premium(rate - dr, vol)) / (2 * dr),
  }

  function slopes(): { delta: number; gamma: number } {
    const [own, other] = sign < 0 ? [spot, strike] : [strike, spot]
    const [earning, paying] = sign < 0 ? [rate, dividendYield] : [dividendYield, rate]
    if (earning > 0 && vol > 0 && vol < Infinity) {
      const boundary = exerciseBoundary(plan, years, earning, paying, vol)
      if (boundary.last > -Infinity) {
        const at = own / other
        const { premium, first, second } = premiumSlopes(boundary, log(at), at, years, earning, paying, vol)
        return sign < 0
          ? { delta: european.delta + first, gamma: european.gamma + second / strike }
          : {
              delta: european.delta + premium - at * first,
              gamma: european.gamma + (at * at * second) / spot,
            }
      }
    }
    const h = spot * Math.max(1e-4, STEP.spot * vol * Math.sqrt(years))
    const [up, down] = [value(spot + h, rate, vol), value(spot - h, rate, vol)]
    return { delta: (up - down) / (2 * h), gamma: (up - 2 * price + down) / (h * h) }
  }
}

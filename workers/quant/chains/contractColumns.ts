import type { ChainSlice } from '../chainTables.ts'
import { log } from '../elementary.ts'
import { europeanGreeks, europeanPrice, type Sign } from '../options/european.ts'
import { europeanVol } from '../options/impliedVol.ts'
import type { ChainExpiries } from './analyseExpiries.ts'
import { exercisePremium, exercisePremiumGreeks } from './earlyExercise.ts'
import type { PremiumRatios } from './premiumRatio.ts'
import { stateCode } from './quotes.ts'
import { smileVol } from './smile.ts'

/** What each contract of a chain is worth by its quotes and by the smile; [rows] each, NaN where it cannot be said. */
export interface ContractColumns {
  vol: Float64Array
  volBid: Float64Array
  volAsk: Float64Array
  fitVol: Float64Array
  fitPrice: Float64Array
  delta: Float64Array
  gamma: Float64Array
  vega: Float64Array
  theta: Float64Array
}

/** Of the volatility: nearer ones do not tell a slope. */
const BUMP = 1e-3
/** Share of price or strike that early exercise is not worth the work below. */
const NOTHING = 1e-9
const CLOSE = 1e-7
const STEPS = 6
/** Half-spreads below this share of the price are taken through the curvature of the price. */
const NARROW = 0.05

/**
 * American volatilities, prices and greeks; marks rows at or below intrinsic value in `state`.
 * @param ratios by expiry
 */
export function contractColumns(
  { rows }: ChainSlice,
  chain: ChainExpiries,
  rate: number,
  ratios: readonly PremiumRatios[],
): ContractColumns {
  const { strike, right, bid, ask } = rows
  const { state, mid, expiries, forwards } = chain
  const count = strike.length
  const column = () => new Float64Array(count).fill(NaN)
  const columns: ContractColumns = {
    vol: column(),
    volBid: column(),
    volAsk: column(),
    fitVol: column(),
    fitPrice: column(),
    delta: column(),
    gamma: column(),
    vega: column(),
    theta: column(),
  }
  forwards.forEach((of, e) => {
    if (!(of.forward > 0)) return
    const { spot, years, dividendYield, forward, first, last } = of
    const smile = (x: number) => smileVol(expiries[e], x)
    for (let i = first; i < last; i++) {
      const sign: Sign = right[i] > 0 ? 1 : -1
      const k = strike[i]
      const x = log(k / forward)
      const ratio = ratios[e][sign > 0 ? 'call' : 'put'].at(x)
      const fitVol = smile(x)
      const solver = new VolSolver(sign, spot, k, years, rate, dividendYield, ratio)
      let premiumFit = NaN
      if (fitVol > 0) {
        columns.fitVol[i] = fitVol
        premiumFit = solver.premium(fitVol)
        columns.fitPrice[i] = solver.european(fitVol) + premiumFit
      }
      const code = state[i]
      const whole = code === stateCode.used || code === stateCode['in the money']
      let vol = NaN
      if (whole) {
        vol = solver.vol(mid[i], fitVol, premiumFit)
        if (vol > 0) columns.vol[i] = vol
        else state[i] = stateCode['outside bounds']
      }
      if (!(vol > 0)) {
        if (chain.quoted && ask[i] > 0 && code !== stateCode.crossed) {
          columns.volAsk[i] = solver.vol(ask[i], fitVol, premiumFit)
          if (bid[i] > 0) columns.volBid[i] = solver.vol(bid[i], fitVol, premiumFit)
        }
        vol = fitVol
      }
      if (!(vol > 0)) continue
      const greeks = solver.greeks(vol, fitVol, premiumFit)
      columns.delta[i] = greeks.delta
      columns.gamma[i] = greeks.gamma
      columns.vega[i] = greeks.vega
      columns.theta[i] = greeks.theta
      if (chain.quoted && columns.vol[i] > 0) {
        const half = (ask[i] - bid[i]) / 2
        if (half <= NARROW * mid[i] && greeks.vega > 0) {
          columns.volBid[i] = vol + shift(-half, greeks.vega, greeks.volga)
          columns.volAsk[i] = vol + shift(half, greeks.vega, greeks.volga)
        } else {
          columns.volBid[i] = solver.vol(bid[i], vol, NaN)
          columns.volAsk[i] = solver.vol(ask[i], vol, NaN)
        }
      }
    }
  })
  return columns
}

/** Change of volatility for a small change of price (Halley). */
function shift(change: number, vega: number, volga: number): number {
  const newton = change / vega
  const bend = 1 + (newton * volga) / (2 * vega)
  return bend > 0.5 ? newton / bend : newton
}

/** Prices and volatilities of one American contract. */
class VolSolver {
  constructor(
    private readonly sign: Sign,
    private readonly spot: number,
    private readonly strike: number,
    private readonly years: number,
    private readonly rate: number,
    private readonly dividendYield: number,
    private readonly ratio: number,
  ) {}

  european(vol: number): number {
    const { sign, spot, strike, years, rate, dividendYield } = this
    return europeanPrice(sign, spot, strike, years, rate, dividendYield, vol)
  }

  /**
   * NaN at intrinsic value and below.
   * @param near where the search begins
   * @param premiumNear value of early exercise there; NaN = not known
   */
  vol(price: number, near: number, premiumNear: number): number {
    const { sign, spot, strike, years, rate, dividendYield } = this
    if (!(price > sign * (spot - strike) + CLOSE * strike)) return NaN
    let vol = near > 0 ? near : europeanVol(sign, price, spot, strike, years, rate, dividendYield)
    let early = near > 0 && premiumNear >= 0 ? premiumNear : this.premium(vol)
    let lastVol = NaN
    let lastNext = NaN
    for (let step = 0; step < STEPS; step++) {
      // What early exercise adds hardly depends on volatility: once it is off the price, the rest is European.
      let next = europeanVol(sign, price - early, spot, strike, years, rate, dividendYield)
      if (early <= NOTHING * price || Math.abs(next - vol) <= CLOSE) return next
      if (!(next > 0)) next = vol / 2
      // Secant on vol ↦ next, which is nearly flat.
      const slope = (next - lastNext) / (vol - lastVol)
      lastVol = vol
      lastNext = next
      if (slope < 0.9 && slope > -0.9) next = (next - slope * vol) / (1 - slope)
      vol = next > 0 ? next : lastNext
      early = this.premium(vol)
    }
    return vol
  }

  /** @param near, premiumNear a volatility at which the value of early exercise is known: its slope comes from there */
  greeks(vol: number, near: number, premiumNear: number) {
    const { sign, spot, strike, years, rate, dividendYield, ratio } = this
    const own = europeanGreeks(sign, spot, strike, years, rate, dividendYield, vol)
    const early = exercisePremiumGreeks(sign, spot, strike, years, rate, dividendYield, vol, own.price)
    if (early.due) return { delta: sign, gamma: 0, vega: 0, theta: 0, volga: 0 }
    const premium = ratio * early.value
    const delta = own.delta + ratio * early.delta
    const gamma = own.gamma + ratio * early.gamma
    let earlyVega = 0
    if (premium > NOTHING * strike) {
      earlyVega =
        Math.abs(near - vol) > BUMP * vol
          ? (premium - premiumNear) / (vol - near)
          : (this.premium(vol * (1 + BUMP)) - premium) / (BUMP * vol)
    }
    const price = own.price + premium
    const deviation = vol * Math.sqrt(years)
    const d1 = (log(spot / strike) + (rate - dividendYield) * years) / deviation + deviation / 2
    return {
      delta,
      gamma,
      vega: own.vega + earlyVega,
      // Where holding on is right, the equation of Black and Scholes holds.
      theta: rate * price - (rate - dividendYield) * spot * delta - (vol * vol * spot * spot * gamma) / 2,
      volga: (own.vega * d1 * (d1 - deviation)) / vol,
    }
  }

  /** What early exercise adds. */
  premium(vol: number): number {
    const { sign, spot, strike, years, rate, dividendYield } = this
    if (!((sign < 0 ? rate : dividendYield) > 0)) return 0
    const european = europeanPrice(sign, spot, strike, years, rate, dividendYield, vol)
    const quick = exercisePremium(sign, spot, strike, years, rate, dividendYield, vol, european)
    const due = sign * (spot - strike) - european
    return quick > due ? Math.max(due, this.ratio * quick) : quick
  }
}

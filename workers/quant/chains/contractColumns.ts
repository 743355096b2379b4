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

const BUMP = 1e-3
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
      if (fitVol > 0) {
        columns.fitVol[i] = fitVol
        columns.fitPrice[i] = solver.price(fitVol)
      }
      const code = state[i]
      const whole = code === stateCode.used || code === stateCode['in the money']
      let vol = NaN
      if (whole) {
        vol = solver.vol(mid[i], fitVol)
        if (vol > 0) columns.vol[i] = vol
        else state[i] = stateCode['outside bounds']
      }
      if (!(vol > 0)) {
        if (chain.quoted && ask[i] > 0 && code !== stateCode.crossed) {
          columns.volAsk[i] = solver.vol(ask[i], fitVol)
          if (bid[i] > 0) columns.volBid[i] = solver.vol(bid[i], fitVol)
        }
        vol = fitVol
      }
      if (!(vol > 0)) continue
      const greeks = solver.greeks(vol)
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
          columns.volBid[i] = solver.vol(bid[i], vol)
          columns.volAsk[i] = solver.vol(ask[i], vol)
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

  price(vol: number): number {
    const { sign, spot, strike, years, rate, dividendYield } = this
    const european = europeanPrice(sign, spot, strike, years, rate, dividendYield, vol)
    return european + this.premium(vol, european)
  }

  /** NaN at intrinsic value and below. */
  vol(price: number, near: number): number {
    const { sign, spot, strike, years, rate, dividendYield } = this
    if (!(price > sign * (spot - strike) + CLOSE * strike)) return NaN
    const european = (value: number) => europeanVol(sign, value, spot, strike, years, rate, dividendYield)
    // What early exercise adds hardly depends on volatility: a start nearby, and it is off at once.
    let vol = near > 0 ? near : european(price)
    let lastVol = NaN
    let lastNext = NaN
    for (let step = 0; step < STEPS; step++) {
      const early = this.premium(vol, NaN)
      let next = early === 0 ? european(price) : european(price - early)
      if (!(next > 0)) next = vol / 2
      if (early === 0 || Math.abs(next - vol) <= CLOSE) return next
      // Secant on vol ↦ next, which is nearly flat.
      const slope = (next - lastNext) / (vol - lastVol)
      lastVol = vol
      lastNext = next
      const aitken = slope < 0.9 && slope > -0.9 ? (next - slope * vol) / (1 - slope) : next
      if (Math.abs(next - vol) < 0.02 * vol && Math.abs(early) < 1e-3 * price) return next
      vol = aitken > 0 ? aitken : next
    }
    return vol
  }

  greeks(vol: number) {
    const { sign, spot, strike, years, rate, dividendYield, ratio } = this
    const own = europeanGreeks(sign, spot, strike, years, rate, dividendYield, vol)
    const early = exercisePremiumGreeks(sign, spot, strike, years, rate, dividendYield, vol, own.price)
    if (early.due) return { delta: sign, gamma: 0, vega: 0, theta: 0, volga: 0 }
    const delta = own.delta + ratio * early.delta
    const gamma = own.gamma + ratio * early.gamma
    const more =
      early.value === 0
        ? 0
        : exercisePremium(sign, spot, strike, years, rate, dividendYield, vol * (1 + BUMP), own.price)
    const vega = own.vega + (early.value === 0 ? 0 : (ratio * (more - early.value)) / (BUMP * vol))
    const price = own.price + ratio * early.value
    const deviation = vol * Math.sqrt(years)
    const d1 = (log(spot / strike) + (rate - dividendYield) * years) / deviation + deviation / 2
    return {
      delta,
      gamma,
      vega,
      // Where holding on is right, the equation of Black and Scholes holds.
      theta: rate * price - (rate - dividendYield) * spot * delta - (vol * vol * spot * spot * gamma) / 2,
      volga: (own.vega * d1 * (d1 - deviation)) / vol,
    }
  }

  private premium(vol: number, european: number): number {
    const { sign, spot, strike, years, rate, dividendYield } = this
    const known =
      european === european ? european : europeanPrice(sign, spot, strike, years, rate, dividendYield, vol)
    const quick = exercisePremium(sign, spot, strike, years, rate, dividendYield, vol, known)
    const due = sign * (spot - strike) - known
    return quick > due ? Math.max(due, this.ratio * quick) : quick
  }
}

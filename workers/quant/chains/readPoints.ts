import type { ChainSlice } from '../chainTables.ts'
import { exp, log } from '../elementary.ts'
import { normalDensity } from '../normal.ts'
import { europeanVol } from '../options/impliedVol.ts'
import { exercisePremium } from './earlyExercise.ts'
import { findForwards, type ExpiryForward } from './forwards.ts'
import type { PremiumRatios } from './premiumRatio.ts'
import { readQuotes, stateCode, type Quotes } from './quotes.ts'
import { medianOf, type SmilePoints } from './smilePoints.ts'

/** A chain before any smile is fitted; [rows] each. */
export interface ChainPoints extends Quotes {
  /** Spot and yield by expiry that early exercise is computed with. */
  forwards: ExpiryForward[]
  /** As given, or by parity; NaN where neither tells it. */
  spot: number
  /** [rows] index into `forwards`, −1 expired */
  expiryOf: Int32Array
  /** American implied volatility of the mid; NaN where it was not needed. */
  vol: Float64Array
  /** What the smile of each expiry is to be fitted to. */
  points: SmilePoints[]
}

/** Of the volatility: no smile is known more closely than so. */
const SCALE_FLOOR = 0.003
/** Without quotes: of the price. */
const SCALE_OF_PRICE = 0.01
const CENT = 0.01
/** Deviations at the volatility near the forward, and at that of the strike, beyond which a strike is far out. */
const FAR = { ofForward: 5, own: 2.33 }
/** What early exercise adds is taken off anew where it is found to be different by more than this share of the price. */
const EARLY = 1e-5
const EARLY_STEPS = 3

/**
 * Forwards, and implied volatilities out of the money; marks what is no part of a smile in `state`.
 * @param rate a year, continuous
 * @param ratios by expiry: what the closed form of early exercise is to be multiplied by
 * @param most quotes of an expiry that are read; of more, some evenly spaced
 */
export function readPoints(
  slice: ChainSlice,
  rate: number,
  ratios?: readonly PremiumRatios[],
  most = Infinity,
): ChainPoints {
  const quotes = readQuotes(slice)
  const { expiries: forwards, spot } = findForwards(slice, quotes, rate, ratios)
  const { strike, right } = slice.rows
  const { state, mid, half } = quotes
  const rows = strike.length
  const expiryOf = new Int32Array(rows).fill(-1)
  const vol = new Float64Array(rows).fill(NaN)
  const points = forwards.map((of, e): SmilePoints => {
    expiryOf.fill(e, of.first, of.last)
    const outside: number[] = []
    for (let i = of.first; i < of.last; i++) {
      if (state[i] !== 0) continue
      const call = right[i] > 0
      if (call ? strike[i] >= of.forward : strike[i] < of.forward) outside.push(i)
      else state[i] = stateCode['in the money']
    }
    const every = Math.ceil(outside.length / most)
    const used = outside.filter((i, place) => {
      if (most < Infinity && place % every !== 0) return false
      const ratio = ratios?.[e][right[i] > 0 ? 'call' : 'put'].at(log(strike[i] / of.forward)) ?? 1
      vol[i] = rowVol(of, right[i] > 0 ? 1 : -1, mid[i], strike[i], rate, ratio)
      if (vol[i] > 0) return true
      state[i] = stateCode['outside bounds']
      return false
    })
    const near = nearbyVol(used, (i) => Math.abs(strike[i] - of.forward), vol)
    const within = used.filter((i) => {
      const away = Math.abs(log(strike[i] / of.forward)) / Math.sqrt(of.years)
      if (away <= FAR.ofForward * near && away <= FAR.own * vol[i]) return true
      state[i] = stateCode['far out']
      return false
    })
    const at = (value: (i: number) => number) => Float64Array.from(within, value)
    return {
      years: of.years,
      x: at((i) => log(strike[i] / of.forward)),
      vol: at((i) => vol[i]),
      scale: at((i) => {
        const vega = rowVega(of, strike[i], vol[i], rate)
        const known = (half[i] >= 0 ? half[i] : CENT + SCALE_OF_PRICE * mid[i]) / vega
        return Math.sqrt(known * known + SCALE_FLOOR * SCALE_FLOOR * vol[i] * vol[i])
      }),
    }
  })
  return { ...quotes, forwards, spot, expiryOf, vol, points }
}

/** Median volatility of the three strikes nearest to the forward. @param used rows by strike */
function nearbyVol(used: readonly number[], away: (row: number) => number, vol: Float64Array): number {
  const nearest = used.toSorted((a, b) => away(a) - away(b)).slice(0, 3)
  return medianOf(Float64Array.from(nearest, (i) => vol[i]))
}

/** American implied volatility: the European one once what early exercise adds is off the price. */
function rowVol(
  of: ExpiryForward,
  sign: 1 | -1,
  price: number,
  strike: number,
  rate: number,
  ratio: number,
): number {
  const { spot, years, dividendYield } = of
  let vol = europeanVol(sign, price, spot, strike, years, rate, dividendYield)
  let early = 0
  for (let step = 0; step < EARLY_STEPS && vol > 0; step++) {
    const before = early
    early = ratio * exercisePremium(sign, spot, strike, years, rate, dividendYield, vol, price - early)
    // What early exercise adds hardly depends on volatility.
    if (Math.abs(early - before) <= EARLY * price) break
    vol = europeanVol(sign, price - early, spot, strike, years, rate, dividendYield)
  }
  return vol
}

/** European, per 1.0. */
function rowVega({ forward, years }: ExpiryForward, strike: number, vol: number, rate: number): number {
  const deviation = vol * Math.sqrt(years)
  const d1 = log(forward / strike) / deviation + deviation / 2
  return forward * exp(-rate * years) * normalDensity(d1) * Math.sqrt(years)
}

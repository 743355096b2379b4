import type { ChainSlice } from '../chainTables.ts'
import { exp, log } from '../elementary.ts'
import { normalDensity } from '../normal.ts'
import { europeanVol } from '../options/impliedVol.ts'
import type { ExpiryAnalysis } from './analysis.ts'
import { exercisePremium } from './earlyExercise.ts'
import { fitSmiles } from './fitSmiles.ts'
import { findForwards, type ExpiryForward } from './forwards.ts'
import type { PremiumRatios } from './premiumRatio.ts'
import { readQuotes, stateCode, type Quotes } from './quotes.ts'
import { smileVol } from './smile.ts'
import { medianOf, type SmilePoints } from './smilePoints.ts'

/** What a chain is found to be before any contract is judged: [rows] each. */
export interface ChainExpiries extends Quotes {
  expiries: ExpiryAnalysis[]
  /** Spot and yield by expiry that early exercise is computed with. */
  forwards: ExpiryForward[]
  /** As given, or by parity; NaN where neither tells it. */
  spot: number
  /** [rows] index into `expiries`, −1 expired */
  expiryOf: Int32Array
  /** American implied volatility of the mid; NaN where it was not needed. */
  vol: Float64Array
  /** Half of the spread in volatility; NaN where unknown. */
  halfVol: Float64Array
  /** Cross-validated error of the smile at the strike: of the expiry, or of the strikes around where that is larger. */
  fitError: Float64Array
}

/** Of the volatility: no smile is known more closely than so. */
const SCALE_FLOOR = 0.003
/** Without quotes: of the price. */
const SCALE_OF_PRICE = 0.01
const CENT = 0.01
/** Deviations at the volatility near the forward, and at that of the strike, beyond which a strike is far out. */
const FAR = { ofForward: 5, own: 2.33 }
/** What early exercise adds is taken off anew where it is more than this share of the price. */
const EARLY = 1e-3

/**
 * Forwards, implied volatilities out of the money and smiles of one chain; its cost is about 10 µs a contract.
 * @param rate a year, continuous
 * @param ratios by expiry, from an analysis without them: what is left out of early exercise by the closed form
 */
export function analyseExpiries(
  slice: ChainSlice,
  rate: number,
  ratios?: readonly PremiumRatios[],
): ChainExpiries {
  const quotes = readQuotes(slice)
  const { expiries: forwards, spot } = findForwards(slice, quotes, rate, ratios)
  const { strike, right } = slice.rows
  const { state, mid, half } = quotes
  const rows = strike.length
  const expiryOf = new Int32Array(rows).fill(-1)
  const vol = new Float64Array(rows).fill(NaN)
  const halfVol = new Float64Array(rows).fill(NaN)
  const points = forwards.map((of, e): SmilePoints => {
    expiryOf.fill(e, of.first, of.last)
    const used: number[] = []
    for (let i = of.first; i < of.last; i++) {
      if (state[i] !== 0) continue
      const sign = right[i] > 0 ? 1 : -1
      if (sign * (strike[i] - of.forward) < 0 || (sign < 0 && strike[i] === of.forward)) {
        state[i] = stateCode['in the money']
        continue
      }
      const ratio = ratios?.[e][sign > 0 ? 'call' : 'put'].at(log(strike[i] / of.forward)) ?? 1
      vol[i] = rowVol(of, sign, mid[i], strike[i], rate, ratio)
      if (vol[i] > 0) used.push(i)
      else state[i] = stateCode['outside bounds']
    }
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
        halfVol[i] = half[i] / vega
        const known = half[i] >= 0 ? halfVol[i] : (CENT + SCALE_OF_PRICE * mid[i]) / vega
        return Math.sqrt(known * known + SCALE_FLOOR * SCALE_FLOOR * vol[i] * vol[i])
      }),
    }
  })
  const fitError = new Float64Array(rows).fill(NaN)
  const expiries = fitSmiles(points).map(({ fit, localError }, e): ExpiryAnalysis => {
    const of = forwards[e]
    const { x } = points[e]
    for (let i = of.first, nearest = 0; i < of.last; i++) {
      const at = log(strike[i] / of.forward)
      while (nearest + 1 < x.length && Math.abs(x[nearest + 1] - at) <= Math.abs(x[nearest] - at)) nearest++
      fitError[i] = localError[nearest] ?? NaN
    }
    const analysis: ExpiryAnalysis = {
      expiry: of.expiry,
      years: of.years,
      first: of.first,
      last: of.last,
      forward: of.forward,
      forwardFrom: of.forwardFrom,
      pairs: of.pairs,
      parityBreaks: of.parityBreaks,
      dividendYield: rate - log(of.forward / spot) / of.years,
      atmVol: NaN,
      fit,
      strikes: points[e].x.length,
    }
    analysis.atmVol = smileVol(analysis, 0)
    return analysis
  })
  return { ...quotes, expiries, forwards, spot, expiryOf, vol, halfVol, fitError }
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
  const european = (value: number) => europeanVol(sign, value, spot, strike, years, rate, dividendYield)
  const premium = (vol: number, value: number) =>
    ratio * exercisePremium(sign, spot, strike, years, rate, dividendYield, vol, value)
  const first = european(price)
  if (!(first > 0)) return NaN
  const early = premium(first, price)
  if (early === 0) return first
  const second = european(price - early)
  if (early < EARLY * price || !(second > 0)) return second
  return european(price - premium(second, price - early))
}

/** European, per 1.0. */
function rowVega({ forward, years }: ExpiryForward, strike: number, vol: number, rate: number): number {
  const deviation = vol * Math.sqrt(years)
  const d1 = log(forward / strike) / deviation + deviation / 2
  return forward * exp(-rate * years) * normalDensity(d1) * Math.sqrt(years)
}

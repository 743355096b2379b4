import type { ChainSlice } from '../chainTables.ts'
import { exp, log } from '../elementary.ts'
import { europeanVol } from '../options/impliedVol.ts'
import { exercisePremium } from './earlyExercise.ts'
import type { PremiumRatios } from './premiumRatio.ts'
import type { Quotes } from './quotes.ts'

/** What is known of an expiry before its smile. */
export interface ExpiryForward {
  expiry: number
  years: number
  /** Rows of the slice, from and to (exclusive). */
  first: number
  last: number
  /** NaN where neither pairs nor a spot tell it. */
  forward: number
  forwardFrom: 'pairs' | 'spot' | 'neighbour'
  pairs: number
  parityBreaks: number
  /** Spot and yield that lead to the forward, the yield held to what shares pay: for early exercise. */
  spot: number
  dividendYield: number
}

/** Pairs used of each expiry: those nearest to the money. */
const MOST_PAIRS = 7
/** Pairs further away than so many deviations say little about the forward. */
const REACH = 1
const ROUNDS = 2
/** Continuous yields a year that early exercise is computed with; a spot of another hour looks like more. */
const YIELD = { from: -0.02, to: 0.15 }
/** Expiries that tell a spot, and the dividend yields they may imply. */
const SPOT_YEARS = 0.6

interface Pair {
  strike: number
  call: number
  put: number
  half: number
}

/**
 * Forward of each expiry from pairs of call and put near the money: C − P = (F − K) e^{−rT} once what early exercise
 * adds is taken off both. The rate is given, because American options do not tell rate and yield apart.
 * @param ratios by expiry: what the closed form of early exercise is to be multiplied by
 * @returns expiries still running, ascending, and the spot: as given, else what the forwards lead back to (NaN without)
 */
export function findForwards(
  { rows, day, spot }: ChainSlice,
  { state, mid, half }: Quotes,
  rate: number,
  ratios?: readonly PremiumRatios[],
): { expiries: ExpiryForward[]; spot: number } {
  const { expiry, strike, right, bid, ask } = rows
  const found: { of: ExpiryForward; pairs: Pair[] }[] = []
  for (let from = 0; from < expiry.length;) {
    let to = from + 1
    while (to < expiry.length && expiry[to] === expiry[from]) to++
    if (expiry[from] > day) {
      const pairs: Pair[] = []
      for (let i = from; i + 1 < to; i++) {
        if (strike[i] !== strike[i + 1] || right[i] < 0 || right[i + 1] > 0) continue
        if (state[i] !== 0 || state[i + 1] !== 0) continue
        const width = half[i] + half[i + 1]
        pairs.push({
          strike: strike[i],
          call: i,
          put: i + 1,
          half: width > 0 ? width : 0.01 * (mid[i] + mid[i + 1]),
        })
      }
      const of: ExpiryForward = {
        expiry: expiry[from],
        years: (expiry[from] - day) / 365,
        first: from,
        last: to,
        forward: NaN,
        forwardFrom: 'spot',
        pairs: 0,
        parityBreaks: 0,
        spot,
        dividendYield: 0,
      }
      found.push({ of, pairs })
    }
    from = to
  }

  let spotNow = spot
  for (const { of, pairs } of found) of.forward = roughForward(pairs, mid, rate, of.years)
  for (let round = 0; round < ROUNDS; round++) {
    if (!(spot > 0))
      spotNow = spotByParity(
        found.map(({ of }) => of),
        rate,
      )
    found.forEach(({ of, pairs }, e) => {
      if (pairs.length === 0) return
      settle(of, spotNow, rate)
      of.forward = pairForward(of, pairs, mid, rate, ratios?.[e])
    })
  }
  const expiries = found.map(({ of }) => of)
  if (!(spot > 0)) spotNow = spotByParity(expiries, rate)
  fillForwards(expiries, spotNow, rate)
  for (const { of, pairs } of found) of.parityBreaks = countBreaks(of, pairs, bid, ask, rate)
  return { expiries, spot: spotNow }
}

/** Where call and put cost the same the strike is the forward. */
function roughForward(pairs: readonly Pair[], mid: Float64Array, rate: number, years: number): number {
  let best = NaN
  let least = Infinity
  for (const { strike, call, put } of pairs) {
    const difference = mid[call] - mid[put]
    if (Math.abs(difference) >= least) continue
    least = Math.abs(difference)
    best = strike + difference * exp(rate * years)
  }
  return best > 0 ? best : NaN
}

/** Sets spot and yield such that they lead to the forward, whatever the hour of the spot. */
function settle(of: ExpiryForward, spot: number, rate: number): void {
  const implied = rate - log(of.forward / spot) / of.years
  of.dividendYield =
    implied >= YIELD.from ? Math.min(YIELD.to, implied) : implied < YIELD.from ? YIELD.from : 0
  of.spot = of.forward * exp((of.dividendYield - rate) * of.years)
}

function pairForward(
  of: ExpiryForward,
  pairs: readonly Pair[],
  mid: Float64Array,
  rate: number,
  ratios?: PremiumRatios,
): number {
  const { forward, spot, dividendYield, years } = of
  const near = [...pairs].sort((a, b) => Math.abs(a.strike - forward) - Math.abs(b.strike - forward))
  const vol = pairVol(of, near[0], mid, rate)
  const reach = REACH * (vol > 0 ? vol : 0.3) * Math.sqrt(years)
  const growth = exp(rate * years)
  const forwards: number[] = []
  const halves: number[] = []
  for (const { strike, call, put, half } of near.slice(0, MOST_PAIRS)) {
    if (forwards.length > 0 && Math.abs(strike / forward - 1) > reach) break
    const own = pairVol(of, { strike, call, put, half }, mid, rate)
    const used = own > 0 ? own : vol
    const early = (sign: 1 | -1, price: number) => {
      if (!(used > 0)) return 0
      const ratio = ratios?.[sign > 0 ? 'call' : 'put'].at(log(strike / forward)) ?? 1
      return ratio * exercisePremium(sign, spot, strike, years, rate, dividendYield, used, price)
    }
    forwards.push(strike + growth * (mid[call] - early(1, mid[call]) - mid[put] + early(-1, mid[put])))
    halves.push(half)
  }
  of.pairs = forwards.length
  of.forwardFrom = 'pairs'
  return robustMean(forwards, halves)
}

/** European volatility of the right out of the money. */
function pairVol(of: ExpiryForward, { strike, call, put }: Pair, mid: Float64Array, rate: number): number {
  const sign = strike >= of.forward ? 1 : -1
  const price = mid[sign > 0 ? call : put]
  return europeanVol(sign, price, of.spot, strike, of.years, rate, of.dividendYield)
}

/** Mean weighted by inverse squared half-spreads; values more than a spread off the weighted median count less. */
function robustMean(values: readonly number[], halves: readonly number[]): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b])
  const total = halves.reduce((sum, half) => sum + 1 / (half * half), 0)
  let passed = 0
  let median = values[order[0]]
  for (const i of order) {
    median = values[i]
    passed += 1 / (halves[i] * halves[i])
    if (2 * passed >= total) break
  }
  let weights = 0
  let sum = 0
  values.forEach((value, i) => {
    const off = Math.abs(value - median) / halves[i]
    const weight = (off > 1 ? 1 / off : 1) / (halves[i] * halves[i])
    weights += weight
    sum += weight * value
  })
  return sum / weights
}

/** Where the line through log F − rT, over time, begins. NaN without a forward. */
function spotByParity(expiries: readonly ExpiryForward[], rate: number): number {
  const known = expiries.filter(({ forward }) => forward > 0)
  if (known.length === 0) return NaN
  const near = known.filter(({ years }) => years <= SPOT_YEARS)
  const used = near.length > 0 ? near : known.slice(0, 1)
  const level = used.map(({ forward, years }) => log(forward) - rate * years)
  const meanYears = used.reduce((sum, { years }) => sum + years, 0) / used.length
  const meanLevel = level.reduce((sum, value) => sum + value, 0) / used.length
  let covariance = 0
  let variance = 0
  used.forEach(({ years }, i) => {
    covariance += (years - meanYears) * (level[i] - meanLevel)
    variance += (years - meanYears) * (years - meanYears)
  })
  const slope = variance > 0 ? Math.min(-YIELD.from, Math.max(-YIELD.to, covariance / variance)) : 0
  return exp(meanLevel - slope * meanYears)
}

/** Expiries without pairs take the yield of their neighbours, or none. */
function fillForwards(expiries: readonly ExpiryForward[], spot: number, rate: number): void {
  const paired = expiries.filter(({ forwardFrom }) => forwardFrom === 'pairs')
  for (const of of paired) settle(of, spot, rate)
  for (const of of expiries) {
    if (of.forwardFrom === 'pairs') continue
    const after = paired.find(({ years }) => years > of.years)
    const before = paired.findLast(({ years }) => years < of.years)
    of.forwardFrom = before || after ? 'neighbour' : 'spot'
    if (before && after) {
      const share = (of.years - before.years) / (after.years - before.years)
      of.dividendYield = (1 - share) * before.dividendYield + share * after.dividendYield
    } else of.dividendYield = (before ?? after)?.dividendYield ?? 0
    of.spot = spot
    of.forward = spot * exp((rate - of.dividendYield) * of.years)
  }
}

/**
 * Pairs that break F e^{−rT} − K ≤ C − P ≤ S − K e^{−rT} even when bought and sold at the worse price (for rates and
 * yields below zero, the wider bounds).
 */
function countBreaks(
  { spot, dividendYield, years }: ExpiryForward,
  pairs: readonly Pair[],
  bid: Float64Array,
  ask: Float64Array,
  rate: number,
): number {
  const kept = exp(-dividendYield * years)
  const discount = exp(-rate * years)
  let breaks = 0
  for (const { strike, call, put } of pairs) {
    const lowest = spot * Math.min(1, kept) - strike * Math.max(1, discount)
    const highest = spot * Math.max(1, kept) - strike * Math.min(1, discount)
    if (ask[call] - bid[put] < lowest || bid[call] - ask[put] > highest) breaks++
  }
  return breaks
}

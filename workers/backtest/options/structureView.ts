import type { ExpiryAnalysis } from '../../quant/chains/analysis.ts'
import { forwardAt, surfaceVol } from '../../quant/chains/smile.ts'
import { exp } from '../../quant/elementary.ts'
import { marginOf } from '../../quant/structures/margin.ts'
import { breakEvens, kinks, mostLoss, mostProfit } from '../../quant/structures/payoff.ts'
import { probabilityOfProfit } from '../../quant/structures/probability.ts'
import { legGreeks, valueAt, valuesAt } from '../../quant/structures/value.ts'
import type { Outcome } from '../api.ts'
import { failed } from '../outcome.ts'
import { multiplier } from '../structures/orderSize.ts'
import { chainLeg, type ChainLeg } from './chainLegs.ts'
import type { ChainReadings } from './chainReadings.ts'
import type { StructureQuery, StructureView } from './contract.ts'
import { shownGreeks, sumGreeks } from './shownGreeks.ts'

/** Points of the pictures, besides strikes and break-evens. */
const POINTS = 121
/** How far the pictures go: deviations of the share until expiry, and at least so far. */
const REACH = { deviations: 2.5, least: 0.1, most: 1.2 }

/**
 * Legs bought and sold at the close of a chain: bought at the ask and sold at the bid where they are quoted, else at
 * their value on the surface, and there is then no telling what selling them at once would cost (NaN).
 * @param slice index of the chain asked about
 */
export function structureView(
  chains: ChainReadings,
  slice: number,
  { day, legs, contracts, daysLater, settings }: StructureQuery,
): Outcome<StructureView> {
  const { slice: chain, reading } = chains.read(slice, settings.rate)
  const { spot, expiries } = reading
  if (!(spot > 0)) return failed('no-spot', 'Nothing says what the share cost on this day. Choose another.')
  const priced: ChainLeg[] = []
  for (const leg of legs) {
    const name = `${leg.strike} ${leg.right > 0 ? 'call' : 'put'}`
    if (leg.right !== 0 && !(leg.expiry > day)) {
      return failed('expired', `The ${name} has expired by the day of the chain. Choose a later expiry.`)
    }
    const found = chainLeg(chain, reading, settings.rate, leg)
    if (found === null) {
      return failed('no-price', `Neither a quote nor a smile prices the ${name}. Choose another contract.`)
    }
    priced.push(found)
  }
  const shares = multiplier * contracts
  const entry = priced.map(({ quantity, price, half }) => price + Math.sign(quantity) * (half > 0 ? half : 0))
  const cost = priced.reduce((sum, { quantity }, i) => sum + quantity * entry[i], 0)
  const spreadCost = priced.reduce((sum, { quantity, half }) => sum + 2 * Math.abs(quantity) * half, 0)
  const ends = priced.filter(({ right }) => right !== 0).map(({ years }) => years)
  const years = ends.length > 0 ? Math.min(...ends) : 0
  const later = Math.min(years, Math.max(0, daysLater) / 365)
  const atEnd = (at: number) => valueAt(priced, at, years) - cost
  // Where legs expire later than the first, what they are worth then is no straight line.
  const straight = ends.every((end) => end === years)
  const around = reach(expiries, priced, spot, years)
  const crossings = straight ? breakEvens(legs, cost) : crossingsOf(atEnd, around)
  const spots = withPoints(around, [...kinks(legs).slice(1), ...crossings, spot])
  const profits = (after: number) => valuesAt(priced, spots, after).map((value) => shares * (value - cost))
  const atExpiry = profits(years)
  const { amount, rule } = marginOf(legs, entry, spot)
  const greeks = priced.map((leg) => legGreeks(leg, spot))
  const highest = mostProfit(legs, cost)
  return {
    ok: true,
    value: {
      cost: shares * cost,
      spreadCost: shares * spreadCost,
      spots,
      atExpiry,
      today: profits(0),
      later: profits(later),
      breakEvens: crossings,
      mostProfit: straight || highest === Infinity ? shares * highest : Math.max(...atExpiry),
      mostLoss: -shares * mostLoss(legs, cost),
      probabilityOfProfit:
        years > 0 ? probability(expiries, spot, settings.rate, years, crossings, atEnd) : NaN,
      margin: shares * amount,
      marginRule: rule,
      greeks: sumGreeks(priced.map(({ quantity }, i) => shownGreeks(greeks[i], shares * quantity))),
      legs: priced.map(({ price, from, vol, quantity }, i) => ({
        leg: legs[i],
        price,
        from,
        vol,
        greeks: shownGreeks(greeks[i], multiplier * Math.sign(quantity)),
      })),
    },
  }
}

function probability(
  expiries: readonly ExpiryAnalysis[],
  spot: number,
  rate: number,
  years: number,
  crossings: readonly number[],
  profitAt: (spot: number) => number,
): number {
  const forward = forwardAt(expiries, spot, rate, years)
  return probabilityOfProfit(crossings, profitAt, {
    forward,
    years,
    vol: (x) => surfaceVol(expiries, years, x),
  })
}

/** Prices of the share from a low one to a high one, evenly. */
function reach(
  expiries: readonly ExpiryAnalysis[],
  legs: readonly ChainLeg[],
  spot: number,
  years: number,
): Float64Array {
  const known = surfaceVol(expiries, years, 0)
  const wide = REACH.deviations * (known > 0 ? known : 0.5) * Math.sqrt(years)
  const span = Math.min(REACH.most, Math.max(REACH.least, wide))
  const strikes = legs.filter(({ right }) => right !== 0).map(({ strike }) => strike)
  const from = Math.min(spot * exp(-span), ...strikes.map((strike) => 0.95 * strike))
  const to = Math.max(spot * exp(span), ...strikes.map((strike) => 1.05 * strike))
  return Float64Array.from({ length: POINTS }, (_, i) => from + ((to - from) * i) / (POINTS - 1))
}

/** The same with points of interest that lie within, ascending, each once. */
function withPoints(around: Float64Array, points: readonly number[]): Float64Array {
  const within = points.filter((at) => at > around[0] && at < around[around.length - 1])
  return Float64Array.from(new Set([...around, ...within])).sort()
}

/** Where a curve changes its sign between neighbours, by halving. */
function crossingsOf(curve: (at: number) => number, around: Float64Array): number[] {
  const found: number[] = []
  for (let i = 1; i < around.length; i++) {
    let [low, high] = [around[i - 1], around[i]]
    const rising = curve(high) > 0
    if (curve(low) > 0 === rising) continue
    for (let step = 0; step < 40; step++) {
      const middle = (low + high) / 2
      if (curve(middle) > 0 === rising) high = middle
      else low = middle
    }
    found.push((low + high) / 2)
  }
  return found
}

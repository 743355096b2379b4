import type { Leg } from '../structures.ts'

/*
 * What structures are worth at expiry, for one share of the structure: straight between strikes. Legs that expire later
 * than the first count with their intrinsic value, which an American option is never worth less than.
 */

/** @param spot raw price of the share */
export function payoffAt(legs: readonly Leg[], spot: number): number {
  let payoff = 0
  for (const { right, quantity, strike } of legs) {
    payoff += quantity * (right === 0 ? spot : Math.max(0, right * (spot - strike)))
  }
  return payoff
}

/** Change of the payoff for a rise of the share by 1, above all strikes. */
export function slopeAbove(legs: readonly Leg[]): number {
  return legs.reduce((slope, { right, quantity }) => slope + (right < 0 ? 0 : quantity), 0)
}

/** Where the payoff bends, ascending: 0 and the strikes, each once. */
export function kinks(legs: readonly Leg[]): number[] {
  const strikes = legs.filter(({ right }) => right !== 0).map(({ strike }) => strike)
  return [...new Set([0, ...strikes])].sort((a, b) => a - b)
}

/**
 * The largest profit at expiry; Infinity where there is no bound.
 * @param entryPrice what one share of the structure cost; negative where money was received
 */
export function mostProfit(legs: readonly Leg[], entryPrice: number): number {
  if (slopeAbove(legs) > 0) return Infinity
  return Math.max(...kinks(legs).map((spot) => payoffAt(legs, spot))) - entryPrice
}

/** The largest loss at expiry as a positive number, Infinity where there is no bound; below 0 a certain profit. */
export function mostLoss(legs: readonly Leg[], entryPrice: number): number {
  if (slopeAbove(legs) < 0) return Infinity
  return entryPrice - Math.min(...kinks(legs).map((spot) => payoffAt(legs, spot)))
}

/**
 * Prices of the share at which the profit at expiry changes its sign, ascending. A stretch on which it is 0
 * throughout has none but its ends.
 */
export function breakEvens(legs: readonly Leg[], entryPrice: number): number[] {
  const spots = kinks(legs)
  const profits = spots.map((spot) => payoffAt(legs, spot) - entryPrice)
  const found = new Set<number>()
  for (let i = 0; i < spots.length; i++) {
    const [at, profit] = [spots[i], profits[i]]
    const last = i === spots.length - 1
    const slope = last ? slopeAbove(legs) : (profits[i + 1] - profit) / (spots[i + 1] - at)
    if (profit === 0 && at > 0) found.add(at)
    if (profit === 0 || slope === 0 || profit > 0 === slope > 0) continue
    const crossing = at - profit / slope
    if (last || crossing < spots[i + 1]) found.add(crossing)
  }
  return [...found]
}

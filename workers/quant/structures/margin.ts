import type { Leg } from '../structures.ts'
import { mostLoss } from './payoff.ts'

/** Of the share, and the least of the share (of the strike for puts): Cboe, “Margin Manual”, strategy-based. */
const naked = { share: 0.2, least: 0.1 }
/** Shares sold short: half of their value beside the proceeds (Regulation T). */
const shortShares = 0.5

export interface Margin {
  /** Equity that one share of the structure ties up. */
  amount: number
  /** By what rule, in words. */
  rule: string
}

/**
 * What of the equity a structure ties up at today's prices, for one share of it: equity less margin is what is free
 * for others. Proceeds of what was sold are part of the equity, and so are not asked for again.
 *
 * Covered structures: the largest loss at expiry, and not less than what they are worth (shares and options bought
 * are paid in full). A short option that no share and no option bought for as long covers: 20 % of the share less
 * the distance out of the money, at least 10 % of the share (call) or the strike (put); of calls and puts sold
 * uncovered together the larger counts, as only one side can lose.
 * @param prices [legs] what each is worth today a share, unsigned
 */
export function marginOf(legs: readonly Leg[], prices: readonly number[], spot: number): Margin {
  const { covered, bare } = uncover(legs)
  const worth = covered.reduce((sum, { quantity }, i) => sum + quantity * prices[i], 0)
  const held = covered.filter(({ quantity }) => quantity !== 0)
  let amount = held.length > 0 ? Math.max(0, worth, mostLoss(held, worth)) : 0
  let calls = 0
  let puts = 0
  for (const { right, quantity, strike } of bare) {
    const outside = Math.max(0, right * (strike - spot))
    if (right === 0) amount += shortShares * spot * -quantity
    else if (right > 0) calls += -quantity * Math.max(naked.share * spot - outside, naked.least * spot)
    else puts += -quantity * Math.max(naked.share * spot - outside, naked.least * strike)
  }
  amount += Math.max(calls, puts)
  return { amount, rule: ruleOf(held, bare, worth) }
}

function ruleOf(held: readonly Leg[], bare: readonly Leg[], worth: number): string {
  const rules: string[] = []
  if (bare.some(({ right }) => right !== 0)) {
    rules.push('20 % of the share less the distance out of the money, at least 10 %, for uncovered options')
  }
  if (bare.some(({ right }) => right === 0)) rules.push('half the value of shares sold short')
  if (held.length > 0) {
    const paid = held.some(({ right }) => right === 0) || mostLoss(held, worth) <= worth
    rules.push(paid ? 'paid in full' : 'largest loss at expiry')
  }
  const text = rules.join('; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/**
 * Takes from short legs what nothing covers, from the strikes farthest out first, so that what is left loses no more
 * than a known amount.
 * @returns legs with the quantity that is covered, and those with the quantity that is not (negative)
 */
function uncover(legs: readonly Leg[]): { covered: Leg[]; bare: Leg[] } {
  const covered = legs.map((leg) => ({ ...leg }))
  const bare: Leg[] = []
  const lastShort = Math.max(
    0,
    ...legs.filter(({ right, quantity }) => right !== 0 && quantity < 0).map(({ expiry }) => expiry),
  )
  const covers = ({ right, quantity, expiry }: Leg) => quantity < 0 || right === 0 || expiry >= lastShort
  for (const side of [1, -1] as const) {
    const of = covered.filter(({ right }) => right === side || (side > 0 && right === 0))
    let missing = -of.filter(covers).reduce((sum, { quantity }) => sum + quantity, 0)
    const shorts = of.filter(({ quantity }) => quantity < 0)
    // Shares have no strike, and are the last to be called uncovered.
    const farthest = ({ right, strike }: Leg) => (right === 0 ? -Infinity : side * strike)
    shorts.sort((a, b) => farthest(b) - farthest(a))
    for (const leg of shorts) {
      const taken = Math.min(-leg.quantity, missing)
      if (!(taken > 0)) break
      leg.quantity += taken
      missing -= taken
      bare.push({ ...leg, quantity: -taken })
    }
  }
  return { covered, bare }
}

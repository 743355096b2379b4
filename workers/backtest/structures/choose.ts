import type { Sign } from '../../quant/options/european.ts'
import type { Leg, StructureKind } from '../../quant/structures.ts'
import { cheapContractsOf } from '../../systems/options/availability.ts'
import type { Expression } from '../../systems/system.ts'
import { listedExpiry, listedStrikes } from './listing.ts'
import type { OptionMarket } from './optionMarket.ts'

/** A contract further from the delta wanted is not what was asked for. */
const mostMiss = 0.15
/** The wing of a condor has this share of the delta of the option sold. */
const wingShare = 0.4
/** Shares beside an option at the money, so that both together move as one share does. */
const sharesBeside = 0.5

/** Contracts that can be had on a day. */
interface Listed {
  expiry: number
  strikes: ArrayLike<number>
}

/**
 * The legs that a signal becomes at the close of a day: expiry nearest to the middle of the days asked for, strikes
 * nearest to the deltas, by the volatility of the day.
 *
 * Long option: in the direction of the signal. Vertical: the same, and one further out sold. Covered call and
 * protective put: shares, and an option at the other delta sold or bought against them. Iron condor: both sides sold
 * at the other delta, with wings. Option and shares: an option, cheap by the Strikemap where there is one, beside half
 * as many shares. For a short signal
 * everything is mirrored.
 *
 * @returns null where no contract is near enough
 */
export function chooseLegs(
  market: OptionMarket,
  kind: StructureKind,
  symbol: number,
  day: number,
  direction: 1 | -1,
  expression: Expression,
): Leg[] | null {
  const share = (quantity: number): Leg => ({
    right: 0,
    quantity: direction * quantity,
    strike: NaN,
    expiry: 0,
  })
  if (kind === 'shares') return [share(1)]
  const listed = listedOn(market, symbol, day, expression)
  if (listed === null) return null
  const { delta, otherDelta } = expression
  const option = (right: Sign, wanted: number, quantity: number, beyond = NaN): Leg | null => {
    const strike = strikeAt(market, symbol, day, listed, right, wanted, beyond)
    return Number.isNaN(strike) ? null : { right, quantity, strike, expiry: listed.expiry }
  }
  const following: Sign = direction
  const against: Sign = direction > 0 ? -1 : 1
  switch (kind) {
    case 'long-option':
      return whole([option(following, delta, 1)])
    case 'vertical': {
      const bought = option(following, delta, 1)
      return whole([bought, option(following, Math.min(otherDelta, delta), -1, bought?.strike)])
    }
    case 'covered-call':
      return whole([share(1), option(following, otherDelta, -1)])
    case 'protective-put':
      return whole([share(1), option(against, otherDelta, 1)])
    case 'iron-condor': {
      const call = option(1, otherDelta, -1)
      const put = option(-1, otherDelta, -1)
      const wing = wingShare * otherDelta
      return whole([put, option(-1, wing, 1, put?.strike), call, option(1, wing, 1, call?.strike)])
    }
    case 'option-and-shares': {
      const cheap = cheapContract(market, symbol, day, following, delta, expression)
      return whole([share(sharesBeside), cheap ?? option(following, delta, 1)])
    }
  }
}

/** Of the contracts that were cheap at the close before, the one nearest to a delta; null without. */
function cheapContract(
  { panel, actions }: OptionMarket,
  symbol: number,
  day: number,
  right: Sign,
  wanted: number,
  { daysFrom }: Expression,
): Leg | null {
  if (!panel.chains || day === 0 || actions.splitOn(symbol, day) !== 1) return null
  const cheap = cheapContractsOf(panel.chains).of(panel.symbols[symbol], panel.dates[day - 1], right)
  let best: Leg | null = null
  let miss = 2 * mostMiss
  for (const { expiry, strike, delta } of cheap) {
    const away = Math.abs(Math.abs(delta) - wanted)
    if (away > miss || expiry - panel.dates[day] < daysFrom / 2) continue
    miss = away
    best = { right, quantity: 1, strike, expiry }
  }
  return best
}

const whole = (legs: (Leg | null)[]): Leg[] | null => (legs.includes(null) ? null : (legs as Leg[]))

function listedOn(
  market: OptionMarket,
  symbol: number,
  day: number,
  { daysFrom, daysTo }: Expression,
): Listed | null {
  const today = market.panel.dates[day]
  const chain = market.chainOf(symbol, day)
  if (chain === null) {
    const expiry = listedExpiry(today, daysFrom, daysTo)
    const spot = market.spotOf(symbol, day)
    return expiry < 0 || !(spot > 0) ? null : { expiry, strikes: listedStrikes(spot) }
  }
  const middle = today + (daysFrom + daysTo) / 2
  let best: { expiry: number; first: number; last: number } | null = null
  for (const each of chain.expiries) {
    const left = each.expiry - today
    if (left < daysFrom || left > daysTo) continue
    if (best === null || Math.abs(each.expiry - middle) < Math.abs(best.expiry - middle)) best = each
  }
  if (best === null) return null
  return { expiry: best.expiry, strikes: chain.slice.rows.strike.subarray(best.first, best.last) }
}

/**
 * The strike whose delta is nearest to the one wanted; NaN where none is near.
 * @param beyond a strike it must lie further out than; NaN = anywhere
 */
function strikeAt(
  market: OptionMarket,
  symbol: number,
  day: number,
  { expiry, strikes }: Listed,
  right: Sign,
  wanted: number,
  beyond: number,
): number {
  const deltaAt = (i: number) =>
    Math.abs(market.greeksOf(right, strikes[i], market.stateOf(symbol, day, strikes[i], expiry)).delta)
  let from = 0
  let to = strikes.length
  if (beyond === beyond) {
    if (right > 0) while (from < to && strikes[from] <= beyond) from++
    else while (from < to && strikes[to - 1] >= beyond) to--
  }
  // The delta of calls falls with the strike, that of puts rises: the first strike past the one wanted.
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if (right > 0 ? deltaAt(middle) > wanted : deltaAt(middle) < wanted) low = middle + 1
    else high = middle
  }
  let best = NaN
  let miss = Infinity
  for (let i = Math.max(from, low - 1); i <= Math.min(to - 1, low); i++) {
    const away = Math.abs(deltaAt(i) - wanted)
    if (away < miss) {
      miss = away
      best = strikes[i]
    }
  }
  // What lies beyond a strike is taken where it can be had: there may be no other.
  return miss <= (Number.isNaN(beyond) ? mostMiss : 2 * mostMiss) ? best : NaN
}

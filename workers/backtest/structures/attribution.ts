import type { Leg } from '../../quant/structures.ts'
import type { ProfitParts } from '../options/contract.ts'
import type { LegMark, Lot } from './lot.ts'
import type { OptionMarket } from './optionMarket.ts'

/** Money that moved on one day of a lot. */
export type DayParts = Omit<ProfitParts, 'profit'>

export const noParts = (): DayParts => ({
  spot: 0,
  time: 0,
  volatility: 0,
  rate: 0,
  spread: 0,
  fees: 0,
  rest: 0,
})

/**
 * Where the profit of a lot came from, day by day, by ordered revaluation: from one close to the next every option is
 * valued anew with the new price of the share, then the new time, then the new volatility, then the new dividend yield
 * (the rate is fixed); what the marks moved beyond that is the rest. Spread is what was paid at both ends, and fees
 * are booked on the day it was closed. All parts of all days add up to the profit.
 *
 * @returns [days of the history]
 */
export function dailyParts(lot: Lot, market: OptionMarket): DayParts[] {
  const { history, legs, units } = lot
  const days = history.map(noParts)
  for (let k = 1; k < history.length; k++) {
    legs.forEach((leg, i) => addLeg(days[k], leg, history[k - 1][i], history[k][i], units, market))
  }
  const last = history.length - 1
  days[0].spread -= units * lot.spread
  days[last].spread -= units * lot.exitSpread
  days[last].fees -= lot.fees
  // Shares that left within the bar did so at another price than the close they are marked at.
  const marked = legs.reduce((sum, { quantity }, i) => sum + quantity * history[last][i].price, 0)
  days[last].spot += units * (lot.exitValue + lot.exitSpread - marked)
  return days
}

function addLeg(
  parts: DayParts,
  leg: Leg,
  from: LegMark,
  to: LegMark,
  units: number,
  market: OptionMarket,
): void {
  const held = units * leg.quantity
  if (leg.right === 0) {
    parts.spot += held * (to.price - from.price)
    return
  }
  const { right } = leg
  const value = (spot: number, years: number, vol: number, dividendYield: number) =>
    market.valueOf(right, leg.strike, { spot, years, vol: vol > 0 ? vol : 0, dividendYield, fromChain: true })
  const start = value(from.spot, from.years, from.vol, from.dividendYield)
  const moved = value(to.spot, from.years, from.vol, from.dividendYield)
  const aged = value(to.spot, to.years, from.vol, from.dividendYield)
  // At its intrinsic value an option tells no volatility: it keeps the last one.
  const vol = to.vol > 0 ? to.vol : from.vol
  const revalued = value(to.spot, to.years, vol, from.dividendYield)
  const end = value(to.spot, to.years, vol, to.dividendYield)
  parts.spot += held * (moved - start)
  parts.time += held * (aged - moved)
  parts.volatility += held * (revalued - aged)
  parts.rate += held * (end - revalued)
  parts.rest += held * (to.price - from.price - (end - start))
}

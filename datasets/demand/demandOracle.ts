import { YEAR } from '../returns.ts'
import { filterDemand, type DemandKnowledge, type DemandView } from './demandFilter.ts'
import { fillOrder, ORIGINAL_EXITS, RECOMMENDED_EXITS, type ExitRules, type Order } from './exitRules.ts'

/*
 * What can be attained: somebody who knows how spells show and what they foretell, but neither the spells nor
 * the future, filters the tables and trades through the rules that systems trade through. Written and frozen
 * before any system was tuned; its rules do not change with the seed or the strength.
 */

export interface DemandOracleFigures {
  trades: number
  /** Share of the trades that end above their costs. */
  accuracy: number
  /** The same share, and the mean gain, when each trade is made in a symbol picked by chance. */
  baseRate: number
  baseGain: number
  /** Mean gain of a trade as a fraction of its entry, after costs. */
  meanGain: number
  meanHoldingDays: number
  /** With so much of the equity at risk in each trade, booked at the exits. */
  annualReturn: number
  /** Largest loss of a trade as a fraction of equity; a gap may carry it past the budget. */
  largestLoss: number
}

/** Enter when the expected move of the next ten days is worth many round trips. */
const ENTER_ABOVE = 0.02
const FULL_CONVICTION = 0.05
/** Bars held at most, from the weakest signal to the strongest. */
const BARS = { long: { from: 5, to: 14 }, short: { from: 3, to: 7 } }
/** Trading days before the same company is traded again: one spell, one trade. */
const COOL_DOWN = 10
const RISK_BUDGET = 0.0025
const GROSS = 1

export interface DemandOracle {
  /** What the same signals gain under the recommended exits and under the original ones. */
  recommended: DemandOracleFigures
  original: DemandOracleFigures
}

export function runDemandOracle(view: DemandView, known: DemandKnowledge): DemandOracle {
  const orders = demandOrders(view, known)
  return {
    recommended: trade(view, orders, RECOMMENDED_EXITS),
    original: trade(view, orders, ORIGINAL_EXITS),
  }
}

/** The oracle's orders, decided at the close of the day before the entry. */
export function demandOrders(view: DemandView, known: DemandKnowledge): Order[] {
  const orders: Order[] = []
  const lastOrder = new Map<number, number>()
  filterDemand(view, known, (day, outlooks) => {
    view.demand.covered.forEach((symbol, i) => {
      const { next, later } = outlooks[i]
      if (Math.abs(next) < ENTER_ABOVE || Math.abs(later) > Math.abs(next)) return
      if (day - (lastOrder.get(symbol) ?? -Infinity) < COOL_DOWN) return
      lastOrder.set(symbol, day)
      const { from, to } = next > 0 ? BARS.long : BARS.short
      const conviction = Math.min(1, Math.abs(next) / FULL_CONVICTION)
      const bars = from + Math.round((to - from) * conviction)
      orders.push({ symbol, direction: next > 0 ? 1 : -1, entryDay: day + 1, bars })
    })
  })
  return orders
}

function trade(view: DemandView, orders: readonly Order[], rules: ExitRules): DemandOracleFigures {
  const companies = view.symbols.length - 1
  const days = view.dates.length
  let open: { symbol: number; exitDay: number; gain: number; share: number }[] = []
  let equity = 1
  const sum = { trades: 0, wins: 0, gain: 0, held: 0, baseRate: 0, baseGain: 0, largestLoss: 0 }
  const settle = (before: number) => {
    for (const { gain, share } of open.filter((lot) => lot.exitDay < before)) {
      equity *= 1 + share * gain
      sum.largestLoss = Math.min(sum.largestLoss, share * gain)
    }
    open = open.filter((lot) => lot.exitDay >= before)
  }
  for (const order of orders) {
    settle(order.entryDay)
    if (open.some(({ symbol }) => symbol === order.symbol)) continue
    const fill = fillOrder(view, order, rules)
    const used = open.reduce((gross, { share }) => gross + share, 0)
    const { stop } = order.direction > 0 ? rules.long : rules.short
    const share = Math.min(RISK_BUDGET / stop, GROSS - used)
    if (fill === null || share < 0.01) continue
    open.push({ symbol: order.symbol, ...fill, share })
    sum.trades++
    sum.gain += fill.gain
    sum.held += fill.exitDay - order.entryDay + 1
    if (fill.gain > 0) sum.wins++

    // The same day, direction and exits in every symbol that could have been traded instead.
    let wins = 0
    let gain = 0
    let possible = 0
    for (let symbol = 0; symbol < companies; symbol++) {
      const other = fillOrder(view, { ...order, symbol }, rules)
      if (other === null) continue
      possible++
      gain += other.gain
      if (other.gain > 0) wins++
    }
    sum.baseRate += wins / possible
    sum.baseGain += gain / possible
  }
  settle(days)
  const n = Math.max(1, sum.trades)
  return {
    trades: sum.trades,
    accuracy: sum.wins / n,
    baseRate: sum.baseRate / n,
    baseGain: sum.baseGain / n,
    meanGain: sum.gain / n,
    meanHoldingDays: sum.held / n,
    annualReturn: (equity - 1) / (days / YEAR),
    largestLoss: sum.largestLoss,
  }
}

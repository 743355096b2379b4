import type { ContractView, Greeks, StructureView } from '../../../../workers/backtest/api.ts'
import { dollars, number, percent, price } from '../../../charts/format.ts'

export interface Fact {
  name: string
  text: string
}

/** Places of the days on which the contract was quoted. */
export function quotedDays({ days, mid, bid, ask }: ContractView): number[] {
  return Array.from(days.keys()).filter((i) => [mid[i], bid[i], ask[i]].some(Number.isFinite))
}

/** What was known of a contract at the close of a day. */
export function quoteFacts(view: ContractView, day: number): Fact[] {
  const i = view.days.indexOf(day)
  if (i < 0) return []
  return [
    { name: 'Bid, ask', text: `${number(view.bid[i])} – ${number(view.ask[i])}` },
    { name: 'Mid', text: number(view.mid[i]) },
    { name: 'Volatility', text: percent(view.vol[i]) },
    { name: 'Smile', text: percent(view.fitVol[i]) },
    { name: 'z', text: number(view.z[i], { signed: true }) },
    { name: view.symbol, text: price(view.spot[i]) },
    { name: 'Volume', text: number(view.volume[i], { digits: 0 }) },
    { name: 'Open interest', text: number(view.openInterest[i], { digits: 0 }) },
  ]
}

/** One contract held, its multiplier of a hundred shares included. */
export function positionFacts(structure: StructureView): Fact[] {
  const { cost, spreadCost, breakEvens, mostProfit, mostLoss, probabilityOfProfit, margin } = structure
  return [
    { name: cost < 0 ? 'Received' : 'Paid', text: dollars(Math.abs(cost)) },
    { name: 'Lost by selling at once', text: dollars(Math.abs(spreadCost)) },
    {
      name: breakEvens.length === 1 ? 'Break-even' : 'Break-evens',
      text: breakEvens.length > 0 ? breakEvens.map(price).join(', ') : 'none',
    },
    { name: 'Most profit', text: bounded(mostProfit) },
    { name: 'Most loss', text: bounded(Math.abs(mostLoss)) },
    {
      name: 'Chance of profit',
      text: Number.isFinite(probabilityOfProfit)
        ? percent(probabilityOfProfit, { digits: 0 })
        : 'not told: no smile',
    },
    { name: 'Margin', text: dollars(margin) },
  ]
}

const bounded = (money: number): string => (Number.isFinite(money) ? dollars(money) : 'without bound')

/** As shown: delta in shares, vega for a point, theta for a day. */
export function greekFacts({ delta, gamma, vega, theta, rho }: Greeks): Fact[] {
  const signed = (value: number, digits: number): string => number(value, { digits, signed: true })
  return [
    { name: 'Delta, shares', text: signed(delta, 1) },
    { name: 'Gamma, shares a dollar', text: signed(gamma, 2) },
    { name: 'Vega, dollars a point', text: signed(vega, 2) },
    { name: 'Theta, dollars a day', text: signed(theta, 2) },
    { name: 'Rho, dollars a point', text: signed(rho, 2) },
  ]
}

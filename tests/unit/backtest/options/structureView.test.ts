import { describe, expect, it } from 'vitest'
import { readingsOf } from '../../../../workers/backtest/options/chainReadings.ts'
import { structureView } from '../../../../workers/backtest/options/structureView.ts'
import { recommendedStrikemap } from '../../../../workers/quant/chains/analysis.ts'
import { normalCdf } from '../../../../workers/quant/normal.ts'
import { americanGreeks, americanPrice } from '../../../../workers/quant/options.ts'
import type { Leg } from '../../../../workers/quant/structures.ts'
import { expiries, flat, flatChain, half } from './flatChain.ts'

const [near, far] = expiries
const years = (near - flat.day) / 365
const option = (right: 1 | -1, strike: number, quantity = 1, expiry = near): Leg => ({
  right,
  quantity,
  strike,
  expiry,
})
const share: Leg = { right: 0, quantity: 1, strike: NaN, expiry: 0 }
const readings = readingsOf(flatChain())
const answer = (legs: Leg[], contracts = 1, daysLater = 10) =>
  structureView(readings, 0, { ...flat, settings: recommendedStrikemap, legs, contracts, daysLater })
const view = (legs: Leg[], contracts?: number, daysLater?: number) => {
  const outcome = answer(legs, contracts, daysLater)
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

describe('a structure on a chain', () => {
  it('is bought at the ask, and loses the spread when it is sold at once', () => {
    const price = americanPrice({ ...flat, right: 'call', strike: 100, years })
    const call = view([option(1, 100)], 2)
    expect(call.cost).toBeCloseTo(200 * price * (1 + half), 8)
    expect(call.spreadCost).toBeCloseTo(200 * price * 2 * half, 8)
    expect(call.margin).toBeCloseTo(call.cost, 8)
    expect(call.mostLoss).toBeCloseTo(-call.cost, 8)
    expect(call.mostProfit).toBe(Infinity)
    expect(call.breakEvens[0]).toBeCloseTo(100 + price * (1 + half), 8)
    expect(call.legs[0]).toMatchObject({ from: 'quoted' })
    expect(call.legs[0].vol).toBeCloseTo(flat.vol, 4)
    const now = call.spots.indexOf(100)
    expect(call.today[now]).toBeCloseTo(-200 * price * half, 2)
  })

  it('has the greeks of its contracts, as shown', () => {
    const { greeks, legs } = view([option(1, 100, 2), option(-1, 95, -1)], 3)
    const call = americanGreeks({ ...flat, right: 'call', strike: 100, years })
    const put = americanGreeks({ ...flat, right: 'put', strike: 95, years })
    // The yield is that which the chain implies, near the true one.
    expect(greeks.delta / (300 * (2 * call.delta - put.delta))).toBeCloseTo(1, 3)
    expect(greeks.vega / (3 * (2 * call.vega - put.vega))).toBeCloseTo(1, 3)
    expect(greeks.theta / ((300 / 365) * (2 * call.theta - put.theta))).toBeCloseTo(1, 2)
    expect(legs[1].greeks.delta / (-100 * put.delta)).toBeCloseTo(1, 3)
  })

  it('wins with the probability that the smile gives', () => {
    const { breakEvens, probabilityOfProfit } = view([option(1, 100)])
    const d2 =
      (Math.log(flat.spot / breakEvens[0]) + (flat.rate - flat.dividendYield - flat.vol ** 2 / 2) * years) /
      (flat.vol * Math.sqrt(years))
    expect(probabilityOfProfit).toBeCloseTo(normalCdf(d2), 2)
    const sold = view([option(1, 105, -1), option(1, 110), option(-1, 95, -1), option(-1, 90)])
    expect(sold.cost).toBeLessThan(0)
    expect(sold.probabilityOfProfit).toBeGreaterThan(0.5)
    expect(sold.mostLoss).toBeCloseTo(-sold.margin, 8)
    expect(view([share]).probabilityOfProfit).toBeNaN()
  })

  it('is drawn at the first expiry, where a later leg is still worth its time value', () => {
    const { spots, atExpiry, breakEvens, mostProfit } = view([option(1, 100, -1), option(1, 100, 1, far)])
    const at = spots.indexOf(100)
    expect(atExpiry[at]).toBe(mostProfit)
    expect(breakEvens).toHaveLength(2)
    expect(atExpiry[0]).toBeLessThan(0)
    const { later, today, atExpiry: end } = view([option(1, 100)], 1, 0)
    expect(later).toEqual(today)
    expect(view([option(1, 100)], 1, 1000).later).toEqual(end)
  })

  it('takes from the surface what nobody quotes, and says what cannot be priced', () => {
    const { legs, spreadCost } = view([option(1, 102)])
    expect(legs[0].from).toBe('surface')
    const fair = americanPrice({ ...flat, right: 'call', strike: 102, years })
    expect(legs[0].price / fair).toBeCloseTo(1, 2)
    expect(spreadCost).toBeNaN()
    expect(answer([option(1, 100, 1, flat.day)])).toMatchObject({ ok: false, code: 'expired' })
  })
})

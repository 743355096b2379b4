import { expect, it } from 'vitest'
import type { ReportTrade } from '../../../../workers/backtest/api.ts'
import { heldTogether } from '../../../../workers/backtest/board/heldTogether.ts'
import type { OpenLot } from '../../../../workers/backtest/board/openLots.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { flat, market } from '../tinyMarket.ts'

const random = new Random(2)
const days = 80
const walk = () => {
  let price = 100
  return Array.from({ length: days }, () => (price *= 1 + 0.02 * (random.uniform() - 0.5)))
}
const a = walk()
const b = walk()
const panel = market(
  a.map(flat),
  b.map(flat),
  a.map((price) => flat(2 * price)),
)
const lot = (symbol: number, direction: 1 | -1): OpenLot => {
  const price = panel.close[symbol * days + days - 1]
  return {
    trade: { symbol, direction, shares: 10, entryDay: 70, entryPrice: 1 } as ReportTrade,
    price,
    stop: 1,
    barsLeft: 3,
    paid: 0,
    sizedOn: 1,
    exposure: direction * 10 * price,
    mostLoss: Infinity,
    structure: '',
  }
}

it('a long and a short of what moves alike cushion each other, and two longs are one bet', () => {
  const against = heldTogether(panel, [lot(0, 1), lot(2, -1)], days - 1)
  expect(against.correlation[1]).toBeCloseTo(-1, 9)
  const alike = heldTogether(panel, [lot(0, 1), lot(2, 1)], days - 1)
  expect(alike.correlation[1]).toBeCloseTo(1, 9)
  expect(alike.independentBets).toBeCloseTo(1, 9)
})

it('what moves apart is nearly two bets', () => {
  const { symbols, correlation, independentBets } = heldTogether(panel, [lot(0, 1), lot(1, 1)], days - 1)
  expect(symbols).toEqual([0, 1])
  expect(Math.abs(correlation[1])).toBeLessThan(0.35)
  expect(independentBets).toBeGreaterThan(1.6)
  expect(independentBets).toBeLessThanOrEqual(2)
})

it('a share that has hardly traded is not told to move with anything', () => {
  const young = market(
    a.map((price, day) => (day < days - 10 ? null : flat(price))),
    b.map(flat),
  )
  const { correlation } = heldTogether(young, [lot(0, 1), lot(1, 1)], days - 1)
  expect(correlation[1]).toBeNaN()
})

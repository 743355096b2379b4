import { describe, expect, it } from 'vitest'
import { COMPANIES, SECTORS } from '../../../datasets/companies.ts'
import { generateMarket } from '../../../datasets/market.ts'
import type { OracleFigures } from '../../../datasets/oracle.ts'
import { expectedMoves } from '../../../datasets/regimeFilter.ts'

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function oracles(strength: number, seeds: number): OracleFigures[] {
  return Array.from({ length: seeds }, (_, i) => generateMarket({ seed: 501 + i, strength }).truth.oracle)
}

describe('the oracle of the technical regimes', () => {
  it('has a Sharpe ratio of 1.3 at full strength, and wins more often than the same trades by chance', () => {
    const whole = oracles(1, 40)
    // Over five years its standard deviation from market to market is about 0.66.
    const threeErrors = (3 * 0.66) / Math.sqrt(40)
    expect(mean(whole.map(({ sharpe }) => sharpe))).toBeGreaterThan(1.3 - threeErrors)
    expect(mean(whole.map(({ sharpe }) => sharpe))).toBeLessThan(1.3 + threeErrors)
    expect(mean(whole.map(({ accuracy, baseRate }) => accuracy - baseRate))).toBeGreaterThan(0.03)
  }, 180_000)

  it('gains less at half strength, and nothing in the null market', () => {
    const [half, none] = [0.5, 0].map((strength) => oracles(strength, 25))
    expect(mean(half.map(({ sharpe }) => sharpe))).toBeLessThan(0.9)
    expect(mean(none.map(({ sharpe }) => sharpe))).toBeLessThan(mean(half.map(({ sharpe }) => sharpe)))
    expect(mean(none.map(({ sharpe }) => sharpe))).toBeLessThan(0.1)
    expect(mean(none.map(({ accuracy, baseRate }) => accuracy - baseRate))).toBeLessThan(0.02)
  }, 180_000)

  it('expects on a day what it would expect if the rest of the market never came', () => {
    const market = generateMarket({ seed: 3 })
    const { truth, dates, prices } = market
    const sectors = COMPANIES.map(({ sector }) => SECTORS.indexOf(sector))
    const whole = expectedMoves(market, truth, sectors)
    const cut = 700
    const known = (column: Int32Array) => column.map((cents, i) => (i % dates.length <= cut ? cents : 0))
    const truncated = {
      ...market,
      prices: { ...prices, open: known(prices.open), close: known(prices.close) },
    }
    const announced = truth.deals.filter((deal) => deal.announced <= cut)
    const blind = expectedMoves(truncated, { ...truth, deals: announced }, sectors)
    const upToCut = (_: number, i: number) => i % dates.length <= cut
    expect(blind.filter(upToCut)).toEqual(whole.filter(upToCut))
    expect(whole.some((value) => value > 0.01)).toBe(true)
  })

  it('is part of the truth of every market', () => {
    const { oracle } = generateMarket({ seed: 2 }).truth
    expect(oracle.trades).toBeGreaterThan(0)
    expect(oracle.annualVolatility).toBeGreaterThan(0)
    expect(oracle.maxDrawdown).toBeLessThan(0)
  })
})

import { describe, expect, it } from 'vitest'
import type { ReportTrade } from '../../../workers/backtest/api.ts'
import { benchmarkValues } from '../../../workers/backtest/benchmark.ts'
import { tradeCapacities } from '../../../workers/backtest/capacity.ts'
import { distributionOf } from '../../../workers/backtest/distribution.ts'
import { drawdownsOf } from '../../../workers/backtest/drawdowns.ts'
import { tradesWithGaps } from '../../../workers/backtest/gaps.ts'
import { independentBets } from '../../../workers/backtest/independentBets.ts'
import { monthlyTable } from '../../../workers/backtest/monthly.ts'
import { rollingBeta, rollingSharpe } from '../../../workers/backtest/rolling.ts'
import { flat, market } from './tinyMarket.ts'

const day = (text: string) => Date.parse(text) / 86_400_000
const held = (changes: Partial<ReportTrade>): ReportTrade =>
  ({ symbol: 0, direction: 1, shares: 1, signalDay: 0, entryDay: 1, exitDay: 2, ...changes }) as ReportTrade

describe('drawdowns', () => {
  it('run from the peak to the day it is reached again, the deepest first', () => {
    const rows = drawdownsOf([10, 11, 12, 15, 16, 20], Float64Array.of(100, 90, 100, 120, 60, 80))
    expect(rows).toEqual([
      { start: 3, trough: 4, recovered: -1, depth: -0.5, days: 5 },
      { start: 0, trough: 1, recovered: 2, depth: 90 / 100 - 1, days: 2 },
    ])
  })
})

describe('monthly returns', () => {
  it('compound by calendar month, and leave months without a day empty', () => {
    const dates = [day('2020-01-30'), day('2020-01-31'), day('2020-03-02'), day('2021-01-04')]
    const rows = monthlyTable(dates, Float64Array.of(0.1, 0.1, -0.5, 0.2), Float64Array.of(0, 0, 0.1, 0))
    expect(rows.map((row) => row.year)).toEqual([2020, 2021])
    expect(rows[0].months[0]).toBeCloseTo(0.21, 12)
    expect(rows[0].months[1]).toBeNaN()
    expect(rows[0].total).toBeCloseTo(1.21 * 0.5 - 1, 12)
    expect(rows[0].benchmark).toBeCloseTo(0.1, 12)
  })
})

describe('the benchmark', () => {
  it('starts at the capital, repeats its last price on days without one, and counts them', () => {
    const panel = market([flat(50), null, flat(75), flat(100)])
    const { values, missing } = benchmarkValues(panel, 0, { first: 0, last: 3 }, 1000)
    expect([...values]).toEqual([1000, 1000, 1500, 2000])
    expect(missing).toBe(1)
  })
})

describe('distribution', () => {
  it('counts every day once, the wildest in the outermost bins', () => {
    const returns = Float64Array.from({ length: 500 }, (_, i) => Math.sin(i) / 100)
    returns[0] = 3
    const bins = distributionOf(returns, null)
    expect(bins.reduce((sum, bin) => sum + bin.strategy, 0)).toBe(500)
    expect(bins[bins.length - 1].strategy).toBe(1)
  })
})

describe('rolling figures', () => {
  const returns = Float64Array.from({ length: 300 }, (_, i) => Math.sin(i * 1.7) / 100)
  it('are undefined for the first year, then cover the last 252 returns', () => {
    const sharpe = rollingSharpe(returns)
    expect(sharpe.length).toBe(301)
    expect(sharpe[251]).toBeNaN()
    expect(sharpe[252]).not.toBeNaN()
  })
  it('the beta of a series that moves half as much is a half', () => {
    const beta = rollingBeta(
      returns.map((value) => value / 2),
      returns,
    )
    expect(beta[300]).toBeCloseTo(0.5, 12)
  })
})

describe('capacity', () => {
  it('is the equity at which the order is 1 % of the usual dollar volume', () => {
    const bars = Array.from({ length: 30 }, () => flat(10))
    const panel = market(bars)
    // 1,000 shares a day at 10; the trade is 5 % of equity.
    const trade = held({ signalDay: 24, entryDay: 25, shares: 50, entryPrice: 10 })
    const equity = new Float64Array(30).fill(10_000)
    expect([...tradeCapacities(panel, [trade], equity, { first: 0, last: 29 })]).toEqual([
      (0.01 * 10_000) / 0.05,
    ])
    const early = held({ signalDay: 5, entryDay: 6, shares: 50, entryPrice: 10 })
    expect(tradeCapacities(panel, [early], equity, { first: 0, last: 29 }).length).toBe(0)
  })
})

describe('independent bets', () => {
  const wave = (phase: number) =>
    Array.from({ length: 41 }, (_, i) => flat(100 + 10 * Math.sin((i * Math.PI) / 2 + phase)))
  const count = (...phases: number[]) => {
    const panel = market(...phases.map(wave))
    const trades = phases.map((_, symbol) =>
      held({
        symbol,
        entryDay: 0,
        exitDay: 40,
        entryPrice: panel.close[symbol * 41],
        exitPrice: panel.close[symbol * 41 + 40],
      }),
    )
    return independentBets(panel, trades, { first: 0, last: 40 }, 1, 40)
  }
  it('symbols that move as one are one bet, unrelated ones are as many as there are', () => {
    expect(count(0.3, 0.3, 0.3)).toBeCloseTo(1, 9)
    expect(count(0, Math.PI / 2)).toBeCloseTo(2, 6)
  })
})

describe('data gaps', () => {
  it('count inside trades only: a missing bar or more than five calendar days', () => {
    const panel = market([flat(1), flat(1), null, flat(1), flat(1), flat(1)])
    const range = { first: 0, last: 5 }
    expect(tradesWithGaps(panel, [held({ entryDay: 1, exitDay: 3 })], range)).toBe(1)
    expect(tradesWithGaps(panel, [held({ entryDay: 3, exitDay: 5 })], range)).toBe(0)
    const holiday = { ...panel, dates: Int32Array.of(0, 1, 2, 3, 9, 10) }
    expect(tradesWithGaps(holiday, [held({ entryDay: 3, exitDay: 5 })], range)).toBe(1)
    const weekend = { ...panel, dates: Int32Array.of(0, 1, 2, 3, 8, 9) }
    expect(tradesWithGaps(weekend, [held({ entryDay: 3, exitDay: 5 })], range)).toBe(0)
  })
})

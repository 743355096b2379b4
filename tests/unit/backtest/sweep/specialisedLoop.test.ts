import { describe, expect, it } from 'vitest'
import { sma } from '../../../../workers/quant/indicators.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'
import { averagesOnly, singleSymbol } from '../../../bench/pairs.ts'
import { averagesLoop } from '../../../bench/specialisedLoop.ts'

describe('the bare loop that the bench measures the core against', () => {
  it.each([
    [2, 7],
    [5, 20],
    [10, 30],
    [20, 60],
    [50, 101],
  ])('gives what the core gives for averages of %i and %i days', (fast, slow) => {
    const { close, ...panel } = benchPanel(1, 1260, 2)
    const core = singleSymbol(1260)
    core.run({ ...averagesOnly, averageFast: fast, averageSlow: slow })
    const loop = averagesLoop({ ...panel, close }, sma(close, fast), sma(close, slow), {
      stop: averagesOnly.stop as number,
      target: averagesOnly.target as number,
      commission: (averagesOnly.commissionBps as number) / 10_000,
      slippage: (averagesOnly.slippageBps as number) / 10_000,
      capital: averagesOnly.capital as number,
      size: 0.8 * (averagesOnly.sizeAtFullConviction as number),
      minimumTrade: averagesOnly.minimumTrade as number,
    })
    const [sharpe, totalReturn, maxDrawdown, , trades] = core.metrics
    expect(loop.trades).toBe(trades)
    expect(loop.trades).toBeGreaterThan(0)
    expect(loop.totalReturn).toBeCloseTo(totalReturn, 9)
    expect(loop.sharpe).toBeCloseTo(sharpe, 7)
    expect(loop.maxDrawdown).toBeCloseTo(maxDrawdown, 9)
  })
})

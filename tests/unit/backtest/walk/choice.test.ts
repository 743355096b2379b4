import { describe, expect, it } from 'vitest'
import { sweepMetrics } from '../../../../workers/backtest/sweep/contract.ts'
import type { SweepMetric } from '../../../../workers/backtest/sweep/contract.ts'
import { Choice } from '../../../../workers/backtest/walk/choice.ts'
import { promiseOf } from '../../../../workers/backtest/walk/numbers.ts'

/** Combinations with their numbers, as a worker sends them. */
function sent(rows: ({ index: number } & Partial<Record<SweepMetric, number>>)[]) {
  const usual = { sharpe: 1, totalReturn: 0.1, maxDrawdown: -0.1, alpha: 0.02, trades: 30, winRate: 0.5 }
  return {
    index: Int32Array.from(rows, ({ index }) => index),
    metrics: Float32Array.from(rows.flatMap((row) => sweepMetrics.map((id) => row[id] ?? usual[id]))),
  }
}

describe('the choice of a training', () => {
  it('is the highest objective, whatever order the handfuls come in', () => {
    const handfuls = [
      sent([{ index: 0, sharpe: 0.5 }, { index: 1, sharpe: 1.5 }]), // prettier-ignore
      sent([{ index: 16, sharpe: 1.25 }, { index: 17, sharpe: -3 }]), // prettier-ignore
    ]
    for (const order of [handfuls, [...handfuls].reverse()]) {
      const choice = new Choice('sharpe')
      for (const handful of order) choice.take(handful)
      expect(choice.chosen).toMatchObject({ index: 1, metrics: { sharpe: 1.5, trades: 30 } })
      expect(choice.tried).toBe(4)
    }
  })

  it('is the one with the lowest number among equals', () => {
    const choice = new Choice('sharpe')
    choice.take(sent([{ index: 40 }]))
    choice.take(sent([{ index: 3 }, { index: 4 }]))
    choice.take(sent([{ index: 20 }]))
    expect(choice.chosen!.index).toBe(3)
  })

  it('of the drawdown is the smallest one', () => {
    const choice = new Choice('maxDrawdown')
    choice.take(sent([{ index: 0, maxDrawdown: -0.4 }, { index: 1, maxDrawdown: -0.05 }, { index: 2 }])) // prettier-ignore
    expect(choice.chosen!.index).toBe(1)
  })

  it('is never one that did not trade, or whose objective is undefined', () => {
    const choice = new Choice('maxDrawdown')
    choice.take(sent([{ index: 0, maxDrawdown: 0, trades: 0 }, { index: 1, maxDrawdown: NaN }])) // prettier-ignore
    expect(choice.chosen).toBeNull()
    expect(choice.tried).toBe(2)
    choice.take(sent([{ index: 2, maxDrawdown: -0.9 }]))
    expect(choice.chosen!.index).toBe(2)
  })

  it('promises a year what its days come to', () => {
    const choice = new Choice('totalReturn')
    choice.take(sent([{ index: 0, totalReturn: 0.21 }]))
    expect(promiseOf(choice.chosen!.metrics, 504).annualReturn).toBeCloseTo(0.1, 6)
    expect(promiseOf({ ...choice.chosen!.metrics, totalReturn: -1.2 }, 504).annualReturn).toBe(-1)
  })
})

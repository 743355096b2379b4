import { describe, expect, it } from 'vitest'
import { scopeOf } from '../../../../workers/backtest/range.ts'
import { sweepMetrics } from '../../../../workers/backtest/sweep/contract.ts'
import { Evaluator } from '../../../../workers/backtest/sweep/evaluator.ts'
import { performance } from '../../../../workers/quant/statistics.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { systemOf } from '../../../../workers/systems/registry.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'

const panel = benchPanel(6, 400, 12)
const info = systemInfos.find(({ id }) => id === 'options')!
const params = { ...defaultParams(info, 'recommended'), averageFast: 5, averageSlow: 30, cashRate: 0.02 }
const scope = scopeOf(panel, {
  system: 'options',
  params,
  from: null,
  to: null,
  outOfSampleFrom: null,
  benchmark: 'QQQ',
  seed: 1,
})
if (typeof scope === 'string') throw new Error(scope)
const { range, tradable, benchmark } = scope

function evaluated(leftOut?: Uint8Array): Evaluator {
  const evaluator = new Evaluator(systemOf('options'), { panel, tradable }, benchmark)
  evaluator.measure({ range, split: 400, ...(leftOut && { leftOut }) })
  evaluator.run(params)
  return evaluator
}

describe('days that are left out of a training', () => {
  it('count for none of its metrics', () => {
    const leftOut = new Uint8Array(400)
    leftOut.fill(1, 120, 140)
    leftOut.fill(1, 300, 307)
    const evaluator = evaluated(leftOut)
    const counted = (values: Float64Array) => values.filter((_, i) => leftOut[i + 1] === 0)
    const closes = panel.close.subarray(0, 400)
    const market = Float64Array.from({ length: 399 }, (_, i) => closes[i + 1] / closes[i] - 1)
    const wanted = performance(counted(evaluator.returns.slice(0, 399)), {
      riskFree: 0.02,
      benchmark: counted(market),
    })
    const found = (metric: (typeof sweepMetrics)[number]) => evaluator.metrics[sweepMetrics.indexOf(metric)]
    expect(found('sharpe')).toBeCloseTo(wanted.sharpe, 9)
    expect(found('totalReturn')).toBeCloseTo(wanted.totalReturn, 9)
    expect(found('maxDrawdown')).toBeCloseTo(wanted.maxDrawdown, 9)
    expect(found('alpha')).toBeCloseTo(wanted.alpha, 9)
    expect(wanted.sharpe).not.toBeCloseTo(evaluated().metrics[0], 3)
  })

  it('change nothing where there are none, and nothing of what is charged', () => {
    const none = evaluated(new Uint8Array(400))
    const plain = evaluated()
    sweepMetrics.forEach((id, k) => expect(none.metrics[k], id).toBeCloseTo(plain.metrics[k], 9))
    const some = evaluated(new Uint8Array(400).fill(1, 50, 90))
    const charged = [some, plain].map((evaluator) => {
      const excess = new Float64Array(evaluator.observations)
      evaluator.excessInto(excess)
      return excess
    })
    expect(charged[0]).toEqual(charged[1])
    expect(some.sharpe).toBe(plain.sharpe)
  })
})

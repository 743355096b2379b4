import { describe, expect, it } from 'vitest'
import { SweepPlan } from '../../../../workers/backtest/sweep/plan.ts'
import type { Axis, Design } from '../../../../workers/backtest/sweep/contract.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'

const info = systemInfos.find(({ id }) => id === 'options')!
const params = defaultParams(info, 'recommended')
const request = {
  system: 'options' as const,
  params,
  from: null,
  to: null,
  outOfSampleFrom: null,
  benchmark: null,
  seed: 1,
}
const onlyRules = ['stop', 'target']
const planOf = (axes: Axis[], design: Design = { kind: 'grid' }) =>
  new SweepPlan({ request, axes, design }, onlyRules)
const numbers = (from: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, i) => from + step * i)

describe('the combinations of a sweep', () => {
  it('of a grid are all of them, once each', () => {
    const plan = planOf([
      { param: 'stop', values: [0.05, 0.1] },
      { param: 'averageFast', values: [10, 20, 30] },
      { param: 'macdOn', values: [true, false] },
    ])
    const all = Array.from({ length: plan.total }, (_, i) => JSON.stringify(plan.valuesOf(i)))
    expect(plan.total).toBe(12)
    expect(new Set(all).size).toBe(12)
  })

  it('turn what only changes the rules fastest, so that neighbours share their signals', () => {
    const plan = planOf([
      { param: 'stop', values: [0.05, 0.1] },
      { param: 'averageFast', values: [10, 20, 30] },
    ])
    expect([0, 1].map((i) => plan.valuesOf(i).averageFast)).toEqual([10, 10])
    expect([0, 1].map((i) => plan.valuesOf(i).stop)).toEqual([0.05, 0.1])
  })

  it('of a Latin hypercube use every stratum of every axis once', () => {
    const axes = [
      { param: 'averageFast', values: numbers(2, 100) },
      { param: 'rsiDays', values: numbers(2, 50) },
    ]
    const plan = planOf(axes, { kind: 'latin', count: 100, seed: 3 })
    const seen = Array.from({ length: 100 }, (_, i) => plan.valuesOf(i))
    expect(new Set(seen.map((values) => values.averageFast)).size).toBe(100)
    for (const value of axes[1].values) expect(seen.filter((one) => one.rsiDays === value)).toHaveLength(2)
    const again = planOf(axes, { kind: 'latin', count: 100, seed: 3 })
    expect(Array.from({ length: 100 }, (_, i) => again.valuesOf(i))).toEqual(seen)
    const other = planOf(axes, { kind: 'latin', count: 100, seed: 4 })
    expect(Array.from({ length: 100 }, (_, i) => other.valuesOf(i))).not.toEqual(seen)
  })

  it('that break a rule between parameters are impossible', () => {
    const plan = planOf([
      { param: 'averageFast', values: [50, 100] },
      { param: 'averageSlow', values: [50, 100, 200] },
    ])
    const possible = Array.from({ length: plan.total }, (_, i) => plan.paramsOf(i)).filter((one) =>
      plan.isPossible(one),
    )
    expect(possible.map((one) => [one.averageFast, one.averageSlow])).toEqual([
      [50, 100],
      [50, 200],
      [100, 200],
    ])
  })

  it.each([
    ['an unknown parameter', [{ param: 'nonsense', values: [1] }], /no parameter “nonsense”/],
    [
      'a value out of range',
      [{ param: 'averageFast', values: [1] }],
      /“Fast average” cannot be 1: .* from 2 to 200/,
    ],
    [
      'the same parameter twice',
      [
        { param: 'stop', values: [0.1] },
        { param: 'stop', values: [0.1] },
      ],
      /swept twice/,
    ],
    ['nothing to try', [{ param: 'stop', values: [] }], /no values/],
    ['no axis', [], /at least one/],
    [
      'too many',
      [
        { param: 'averageFast', values: numbers(2, 150) },
        { param: 'averageSlow', values: numbers(5, 300) },
        { param: 'rsiDays', values: numbers(2, 40) },
      ],
      /1,800,000 combinations are more than the 1,000,000/,
    ],
  ])('are refused with a sentence: %s', (_, axes, sentence) => {
    expect(() => planOf(axes)).toThrow(sentence)
  })
})

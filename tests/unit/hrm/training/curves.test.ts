import { describe, expect, it } from 'vitest'
import type { Losses, Metrics } from '../../../../workers/hrm/model/index.ts'
import { emptyCurves, withStep } from '../../../../workers/hrm/training/curves.ts'

const step = (number: number, of: number, lm: number, metrics: Partial<Metrics> = {}) => ({
  number,
  of,
  rows: 2,
  learningRate: 0.1 * number,
  losses: { lm } as Losses,
  metrics: { count: 0, accuracy: 0, exactAccuracy: 0, qHaltAccuracy: 0, steps: 0, ...metrics },
})

describe('the curve of a training', () => {
  it('has means over the steps and over the rows that halted since the point before', () => {
    let curves = withStep(emptyCurves, step(1, 800, 4))
    expect(curves.training).toEqual([])
    curves = withStep(curves, step(2, 800, 8, { count: 4, accuracy: 3, exactAccuracy: 1, steps: 10 }))
    expect(curves.training).toEqual([
      { step: 2, loss: 3, accuracy: 0.75, exact: 0.25, depth: 2.5, learningRate: 0.2 },
    ])
    curves = withStep(curves, step(3, 800, 2))
    curves = withStep(curves, step(4, 800, 2, { count: 1, accuracy: 1, exactAccuracy: 1, steps: 8 }))
    expect(curves.training.at(-1)).toMatchObject({ step: 4, loss: 1, accuracy: 1, depth: 8 })
  })

  it('waits for a row to halt before it sets a point', () => {
    let curves = withStep(emptyCurves, step(1, 10, 2))
    curves = withStep(curves, step(2, 10, 6, { count: 1, accuracy: 0.5, steps: 2 }))
    expect(curves.training).toMatchObject([{ step: 2, loss: 2, accuracy: 0.5 }])
  })

  it('of a long training has no more points than can be drawn', () => {
    let curves = emptyCurves
    for (let number = 1; number <= 1000; number++)
      curves = withStep(curves, step(number, 1000, 1, { count: 1 }))
    expect(curves.training.length).toBeLessThanOrEqual(400)
    expect(curves.training.at(-1)?.step).toBe(999)
  })
})

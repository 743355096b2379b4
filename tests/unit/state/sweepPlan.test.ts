import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  axisAround,
  axisProblem,
  axisValues,
  defaultSweepPlan,
  drawnAxes,
  planFor,
  planProblem,
  sizeOf,
  specOf,
  stepsOf,
  systemInfoOf,
  type AxisPlan,
} from '../../../src/state/sweepPlan.ts'
import { breaks, defaultParams, systemInfos, validateParams } from '../../../workers/systems/api.ts'
import type { Params } from '../../../workers/systems/api.ts'

const options = systemInfoOf('options')
const params = defaultParams(options, 'recommended')
const grid = { kind: 'grid' as const }

/** Every combination made and looked at, one by one. */
function impossibleOneByOne(axes: AxisPlan[], base: Params): number {
  let combinations: Params[] = [base]
  for (const axis of axes)
    combinations = combinations.flatMap((one) =>
      axisValues(axis).map((value) => ({ ...one, [axis.param]: value })),
    )
  return combinations.filter((one) => options.orderings.some((ordering) => breaks(options, one, ordering)))
    .length
}

describe('an axis', () => {
  test('has the values that its steps reach, without the dirt of adding them up', () => {
    expect(axisValues({ param: 'stop', from: 0.1, to: 0.4, step: 0.1 })).toEqual([0.1, 0.2, 0.3, 0.4])
    expect(axisValues({ param: 'averageFast', from: 5, to: 23, step: 5 })).toEqual([5, 10, 15, 20])
  })

  test('counts its values without making them', () => {
    const axis = fc.record({
      param: fc.constant('stop'),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      to: fc.double({ min: 0, max: 1, noNaN: true }),
      step: fc.double({ min: 0.001, max: 0.4, noNaN: true }),
    })
    fc.assert(
      fc.property(axis, (one) => {
        const values = axisValues(one) as number[]
        expect(values).toHaveLength(stepsOf(one))
        for (const value of values) expect(value).toBeLessThanOrEqual(one.to + 1e-6)
      }),
    )
  })

  test('of any parameter of any system begins with a range that can be run and holds the present value', () => {
    for (const info of systemInfos) {
      for (const [name, spec] of Object.entries(info.params)) {
        const now = spec.recommended
        const axis = axisAround(name, spec, now)
        expect(axisProblem(info, axis), name).toBeNull()
        expect(stepsOf(axis), name).toBeGreaterThanOrEqual(2)
        expect(stepsOf(axis), name).toBeLessThanOrEqual(24)
        for (const value of axisValues(axis))
          expect(validateParams({ ...info, orderings: [] }, { [name]: value }).problems, name).toEqual([])
        if (spec.kind !== 'number') expect(axisValues(axis)).toContain(now)
        else if (now !== 0 && 'step' in axis) {
          expect(axis.from).toBeLessThanOrEqual(Number(now))
          expect(axis.to).toBeGreaterThanOrEqual(Number(now))
        }
      }
    }
  })

  test('that ends before it begins, or has no value, says so by its label', () => {
    expect(axisProblem(options, { param: 'stop', from: 0.2, to: 0.1, step: 0.01 })).toContain('Stop loss')
    expect(axisProblem(options, { param: 'wholeShares', values: [] })).toContain('Whole shares only')
    expect(axisProblem(options, { param: 'capital', from: 1000, to: 1e9, step: 10 })).toContain('larger step')
  })
})

describe('the number of combinations', () => {
  test('is the product of the axes, and fast averages not below the slow one are impossible', () => {
    const plan = defaultSweepPlan()
    expect(sizeOf(options, params, plan)).toEqual({
      grid: 520,
      total: 520,
      impossible: impossibleOneByOne(plan.axes, params),
      exact: true,
    })
    // At or above a slow average of 50, 60, … 100 days: 11 + 9 + 7 + 5 + 3 + 1 fast ones.
    expect(sizeOf(options, params, plan).impossible).toBe(36)
  })

  test('counts the impossible ones as if each was looked at, whatever is swept together', () => {
    const names = [
      'averageFast', 'averageSlow', 'averagesOn', 'macdFast', 'macdSlow', 'rsiLow', 'rsiHigh', 'trimTo', 'trimAbove', 'stop',
    ] // prettier-ignore
    const axis = (name: string): fc.Arbitrary<AxisPlan> => {
      const spec = options.params[name]
      if (spec.kind !== 'number') return fc.constant({ param: name, values: [false, true] })
      const unit = spec.step
      return fc
        .record({
          at: fc.nat(60),
          count: fc.integer({ min: 1, max: 4 }),
          wide: fc.integer({ min: 1, max: 20 }),
        })
        .map(({ at, count, wide }) => {
          const from = Math.min(spec.max, spec.min + at * unit)
          const to = Math.min(spec.max, from + (count - 1) * wide * unit)
          return { param: name, from, to, step: wide * unit }
        })
    }
    fc.assert(
      fc.property(
        fc
          .shuffledSubarray(names, { minLength: 1, maxLength: 5 })
          .chain((some) => fc.tuple(...some.map(axis))),
        (axes) => {
          expect(sizeOf(options, params, { axes, design: grid }).impossible).toBe(
            impossibleOneByOne(axes, params),
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  test('of a Latin hypercube is the number drawn, of which as large a share is impossible', () => {
    const { axes } = defaultSweepPlan()
    const size = sizeOf(options, params, { axes, design: { kind: 'latin', count: 100, seed: 1 } })
    expect(size).toEqual({ grid: 520, total: 100, impossible: 7, exact: false })
  })
})

describe('a plan', () => {
  const three = ['stop', 'target', 'trailingStop'].map((param) => ({ param, from: 0, to: 0.3, step: 0.003 }))

  test('of more than a million combinations is refused with what to do', () => {
    const plan = { ...defaultSweepPlan(), axes: three }
    expect(planProblem(options, params, plan)).toMatch(
      /1,030,301 combinations.*larger steps.*Latin hypercube/,
    )
    const drawn = { ...plan, design: { kind: 'latin' as const, count: 1_000_000, seed: 1 } }
    expect(planProblem(options, params, drawn)).toBeNull()
  })

  test('that draws more than there are is refused', () => {
    const plan = { ...defaultSweepPlan(), design: { kind: 'latin' as const, count: 600, seed: 1 } }
    expect(planProblem(options, params, plan)).toContain('only 520')
  })

  test('in which nothing is possible is refused', () => {
    const plan = {
      ...defaultSweepPlan(),
      axes: [
        { param: 'averageFast', from: 100, to: 150, step: 10 },
        { param: 'averageSlow', from: 50, to: 90, step: 10 },
      ],
    }
    expect(planProblem(options, params, plan)).toContain('Every combination')
  })

  test('for another system keeps what both have, and has two axes', () => {
    const custom = systemInfoOf('custom')
    const base = defaultParams(custom, 'recommended')
    const plan = planFor({ ...defaultSweepPlan(), x: 'averageFast' }, custom, base)
    expect(plan.axes.map(({ param }) => param)).toEqual(['stop', 'target'])
    expect(planProblem(custom, base, plan)).toBeNull()
    expect(plan.x).toBeNull()
    const kept = { param: 'target', from: 0.1, to: 0.2, step: 0.1 }
    expect(planFor({ ...plan, axes: [kept] }, options, params).axes[0]).toEqual(kept)
  })

  test('for Tickets, which has neither one stop nor one target, begins with what tells the unusual', () => {
    const tickets = systemInfoOf('tickets')
    const plan = planFor(defaultSweepPlan(), tickets, defaultParams(tickets, 'recommended'))
    expect(plan.axes.map(({ param }) => param)).toEqual(['falseDiscoveries', 'window'])
  })

  test('asks the worker for exactly the values it counted', () => {
    const request = {
      system: 'options' as const,
      params,
      from: null,
      to: null,
      outOfSampleFrom: null,
      benchmark: null,
      seed: 1,
    }
    const spec = specOf(defaultSweepPlan(), request)
    expect(spec.axes.map(({ values }) => values.length)).toEqual([20, 26])
    expect(spec.request).toBe(request)
  })
})

describe('the axes that are drawn', () => {
  test('are the first two, or those asked for, and never the same twice', () => {
    expect(drawnAxes(['a', 'b', 'c'], { x: null, y: null })).toEqual({ x: 'a', y: 'b' })
    expect(drawnAxes(['a', 'b', 'c'], { x: 'c', y: null })).toEqual({ x: 'c', y: 'a' })
    expect(drawnAxes(['a', 'b', 'c'], { x: null, y: 'a' })).toEqual({ x: 'b', y: 'a' })
    expect(drawnAxes(['a', 'b', 'c'], { x: 'b', y: 'b' })).toEqual({ x: 'b', y: 'a' })
  })

  test('are those of the sweep on screen where the ones asked for are not among them', () => {
    expect(drawnAxes(['a', 'b'], { x: 'z', y: 'q' })).toEqual({ x: 'a', y: 'b' })
    expect(drawnAxes(['a'], { x: null, y: 'a' })).toEqual({ x: 'a', y: null })
  })
})

import { describe, expect, it } from 'vitest'
import { defaultState, paramsOf } from '../../../src/state/appState.ts'
import { systemInfoOf } from '../../../src/state/sweepPlan.ts'
import { defaultWalkPlan, periodOf, walkPlanProblem, walkSpecOf } from '../../../src/state/walkPlan.ts'
import { sameWalk } from '../../../src/state/walks.svelte.ts'

const info = systemInfoOf('options')
const params = paramsOf(defaultState(), 'options')
const plan = defaultWalkPlan()
const request = {
  system: 'options' as const,
  params,
  from: null,
  to: null,
  outOfSampleFrom: 19_000,
  benchmark: 'QQQ',
  seed: 1,
}

describe('the period of a walk-forward', () => {
  const all = { from: 18_263, to: 20_088, days: 1258 }

  it('has every trading day of the data where nothing is chosen', () => {
    expect(periodOf({ from: null, to: null }, all)).toEqual(all)
  })

  it('has about as many trading days as its share of the calendar', () => {
    const year = periodOf({ from: 18_628, to: 18_992 }, all)
    expect(year.days).toBeGreaterThan(248)
    expect(year.days).toBeLessThan(256)
    expect(periodOf({ from: 0, to: 99_999 }, all)).toEqual(all)
  })
})

describe('a walk-forward as it is set up', () => {
  it('can be run as it comes', () => {
    expect(walkPlanProblem(info, params, plan, 1258)).toBeNull()
  })

  it('that does not fit says what is too long', () => {
    expect(walkPlanProblem(info, params, plan, 500)).toMatch(/do not fit into the 500 trading days/)
  })

  it('counts the combinations of all tests together', () => {
    const large = {
      ...plan,
      test: 5,
      axes: [
        { param: 'averageFast', from: 2, to: 99, step: 1 },
        { param: 'averageSlow', from: 100, to: 399, step: 1 },
      ],
    }
    expect(walkPlanProblem(info, params, large, 1258)).toMatch(
      /^149 trainings are 4,380,600 backtests together, more than the 1,000,000/,
    )
    expect(walkPlanProblem(info, params, { ...large, test: 500 }, 1258)).toBeNull()
  })

  it('asks for no split: every test window is out of sample', () => {
    const spec = walkSpecOf(plan, request)
    expect(spec.request.outOfSampleFrom).toBeNull()
    expect(spec.axes[0].values).toEqual([10, 20, 30, 40, 50])
  })

  it('is the same as another only where nothing that counts differs', () => {
    const spec = walkSpecOf(plan, request)
    expect(sameWalk(spec, walkSpecOf(plan, { ...request, outOfSampleFrom: null }))).toBe(true)
    expect(sameWalk(spec, walkSpecOf({ ...plan, embargo: 5 }, request))).toBe(false)
    expect(sameWalk(spec, walkSpecOf({ ...plan, anchored: true }, request))).toBe(false)
    expect(sameWalk(spec, walkSpecOf(plan, { ...request, benchmark: 'SPY' }))).toBe(false)
  })
})

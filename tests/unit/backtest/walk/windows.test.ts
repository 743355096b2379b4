import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embargoedDays, walkProblem, walkWindows } from '../../../../workers/backtest/walk/windows.ts'

const lengths = { train: 100, test: 40, gap: 5, embargo: 0, anchored: false }

describe('the windows of a walk-forward', () => {
  it('train, leave a gap, test, and move on by a test window', () => {
    expect(walkWindows(185, lengths)).toEqual([
      { train: { first: 0, last: 99 }, test: { first: 105, last: 144 } },
      { train: { first: 40, last: 139 }, test: { first: 145, last: 184 } },
    ])
  })

  it('begin training on the first day where they are anchored', () => {
    const [, second] = walkWindows(185, { ...lengths, anchored: true })
    expect(second).toEqual({ train: { first: 0, last: 139 }, test: { first: 145, last: 184 } })
  })

  it('use what is left at the end from 20 days on', () => {
    expect(walkWindows(185 + 19, lengths)).toHaveLength(2)
    const folds = walkWindows(185 + 20, lengths)
    expect(folds).toHaveLength(3)
    expect(folds[2].test).toEqual({ first: 185, last: 204 })
  })

  it('never overlap in their tests, leave no day between them, and end every training before its gap', () => {
    fc.assert(
      fc.property(
        fc.record({
          days: fc.integer({ min: 30, max: 2000 }),
          train: fc.integer({ min: 20, max: 600 }),
          test: fc.integer({ min: 5, max: 300 }),
          gap: fc.integer({ min: 0, max: 30 }),
          anchored: fc.boolean(),
        }),
        ({ days, ...rest }) => {
          const folds = walkWindows(days, { ...rest, embargo: 0 })
          folds.forEach(({ train, test }, k) => {
            expect(train.last + rest.gap + 1).toBe(test.first)
            expect(train.last - train.first + 1).toBe(rest.train + (rest.anchored ? k * rest.test : 0))
            expect(test.last).toBeLessThan(days)
            if (k > 0) expect(test.first).toBe(folds[k - 1].test.last + 1)
          })
          if (folds.length > 0) expect(days - 1 - folds[folds.length - 1].test.last).toBeLessThan(rest.test)
        },
      ),
    )
  })

  it('that do not fit into the period are refused with a sentence', () => {
    expect(walkProblem(120, lengths)).toMatch(/100 days of training, a gap of 5 .* the 120 trading days/)
    expect(walkProblem(125, lengths)).toBeNull()
    expect(walkProblem(500, { ...lengths, train: 19 })).toMatch(/at least 20/)
    expect(walkProblem(500, { ...lengths, test: 4 })).toMatch(/at least 5/)
    expect(walkProblem(500, { ...lengths, gap: -1 })).toMatch(/whole numbers/)
  })
})

describe('an embargo', () => {
  const folds = walkWindows(400, { ...lengths, train: 120, anchored: true })

  it('leaves out the days right after every earlier test window that lie in the training', () => {
    const leftOut = embargoedDays(folds, 3, 10)!
    const days = Array.from(leftOut.entries())
      .filter(([, out]) => out === 1)
      .map(([day]) => day)
    // Tests end on days 164, 204 and 244; this training ends on day 239.
    const ten = (from: number) => Array.from({ length: 10 }, (_, i) => from + i)
    expect(folds.slice(0, 3).map(({ test }) => test.last)).toEqual([164, 204, 244])
    expect(days).toEqual([...ten(165), ...ten(205)])
  })

  it('counts from the first day of a rolling training', () => {
    const rolling = walkWindows(600, { ...lengths, train: 120 })
    const leftOut = embargoedDays(rolling, 4, 3)!
    const { first } = rolling[4].train
    for (const { test } of rolling.slice(0, 2))
      expect(leftOut[test.last + 1 - first], `after day ${test.last}`).toBe(1)
    expect(leftOut.reduce((sum, out) => sum + out, 0)).toBe(9)
  })

  it('of no days, or before any test has been, leaves out nothing', () => {
    expect(embargoedDays(folds, 3, 0)).toBeNull()
    expect(embargoedDays(folds, 0, 10)).toBeNull()
  })
})

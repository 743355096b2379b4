import { describe, expect, it } from 'vitest'
import { heldOutGroups } from '../../../../workers/hrm/evaluation/heldOutGroups.ts'
import type { Samples } from '../../../../workers/hrm/evaluation/samples.ts'
import { walkForward } from '../../../../workers/hrm/evaluation/walkForward.ts'
import type { Fold, WalkForwardPlan } from '../../../../workers/hrm/evaluation/walkForward.ts'
import { Random } from '../../../../workers/quant/random.ts'

/** Ten companies, a row every week for four years, labels settled after 1 to 60 days; in no order. */
function companyWeeks(seed: number): Samples {
  const random = new Random(seed)
  const weeks = 208
  const order = random.shuffle(Int32Array.from({ length: 10 * weeks }, (_, i) => i))
  const known = Int32Array.from(order, (i) => 7 * Math.floor(i / 10))
  return {
    known,
    resolved: known.map((day) => day + 1 + random.below(60)),
    groups: order.map((i) => i % 10),
  }
}
const plan: WalkForwardPlan = {
  firstTest: 728,
  until: 1456,
  test: 182,
  validation: 91,
  train: Infinity,
  embargo: 0,
  heldOut: new Set(),
}
const day = (samples: Samples, rows: Int32Array) => Array.from(rows, (row) => samples.known[row])

describe('walk-forward folds', () => {
  const samples = companyWeeks(1)
  const folds = walkForward(samples, plan)
  it('test every row of the period once, in windows that follow each other', () => {
    expect(folds.map(({ from, to }) => [from, to])).toEqual([
      [728, 910],
      [910, 1092],
      [1092, 1274],
      [1274, 1456],
    ])
    const tested = folds.flatMap(({ test }) => Array.from(test)).sort((a, b) => a - b)
    const inPeriod = Array.from(samples.known).flatMap((at, row) => (at >= 728 && at < 1456 ? [row] : []))
    expect(tested).toEqual(inPeriod)
  })
  it('train on nothing whose label overlaps validation or test, and validate on none that overlaps the test', () => {
    for (const { train, validation, from } of folds) {
      for (const row of train) expect(samples.resolved[row]).toBeLessThan(from - plan.validation)
      for (const row of validation) {
        expect(samples.known[row]).toBeGreaterThanOrEqual(from - plan.validation)
        expect(samples.resolved[row]).toBeLessThan(from)
      }
    }
  })
  it('leave out no other row than those, and count them', () => {
    for (const { train, validation, purged, embargoed, from } of folds) {
      const before = Array.from(samples.known).filter((at) => at < from).length
      expect(train.length + validation.length + purged.train + purged.validation).toBe(before)
      expect(purged.train).toBeGreaterThan(0)
      expect(purged.validation).toBeGreaterThan(0)
      expect(embargoed).toBe(0)
    }
  })
  it('train on all that came before when anchored, and on a stretch of its length when rolling', () => {
    const rolling = walkForward(samples, { ...plan, train: 364 })
    folds.forEach(({ train }) => expect(Math.min(...day(samples, train))).toBe(0))
    rolling.forEach(({ train, from }) => {
      expect(Math.min(...day(samples, train))).toBe(from - 91 - 364)
      expect(train.length).toBeLessThanOrEqual(52 * 10)
    })
  })
  it('with no validation train up to the test', () => {
    const [fold] = walkForward(samples, { ...plan, validation: 0 })
    expect(fold.validation).toHaveLength(0)
    expect(Math.max(...day(samples, fold.train))).toBeGreaterThan(728 - 14)
  })
  it('see a label that settles on the first day of the test as overlapping it', () => {
    const rows = { known: [0, 0, 10], resolved: [9, 10, 12], groups: [0, 0, 0] }
    const [fold] = walkForward(rows, { ...plan, firstTest: 10, until: 20, test: 10, validation: 0 })
    expect(Array.from(fold.train)).toEqual([0])
    expect(fold.purged.train).toBe(1)
  })
  it('end before what is kept untouched, with a shorter window if need be', () => {
    const kept = walkForward(samples, { ...plan, until: 1000 })
    expect(kept.map(({ to }) => to)).toEqual([910, 1000])
    expect(Math.max(...kept.flatMap(({ test }) => day(samples, test)))).toBeLessThan(1000)
  })
  it('do not train on rows that follow an earlier test too soon', () => {
    const embargoed = walkForward(samples, { ...plan, embargo: 30 })
    expect(embargoed[0].embargoed).toBe(0)
    embargoed.forEach(({ train, validation }, k) => {
      for (const { to } of embargoed.slice(0, k)) {
        for (const at of [...day(samples, train), ...day(samples, validation)])
          expect(at < to || at >= to + 30).toBe(true)
      }
    })
    // Five Mondays from the end of the first window on, ten companies each.
    expect(embargoed[2].embargoed).toBe(50)
  })
})

describe('groups held out', () => {
  const samples = companyWeeks(2)
  const heldOut = heldOutGroups(samples.groups, 0.3, 7)
  const folds = walkForward(samples, { ...plan, heldOut })
  const groupsOf = (rows: Int32Array) => new Set(Array.from(rows, (row) => samples.groups[row]))
  it('are drawn by the seed, in the number asked for', () => {
    expect(heldOut.size).toBe(3)
    expect(heldOutGroups(samples.groups, 0.3, 7)).toEqual(heldOut)
    const drawn = new Set(
      Array.from({ length: 20 }, (_, seed) => [...heldOutGroups([1, 2, 3], 0.34, seed)][0]),
    )
    expect(drawn).toEqual(new Set([1, 2, 3]))
  })
  it('are in no training and no validation, and tested apart in the same windows', () => {
    for (const { train, validation, test, unseen } of folds) {
      for (const rows of [train, validation, test])
        for (const group of groupsOf(rows)) expect(heldOut.has(group)).toBe(false)
      expect(groupsOf(unseen)).toEqual(heldOut)
      expect(test.length + unseen.length).toBe(260)
    }
  })
})

describe('samples and plans that make no sense', () => {
  const rows = { known: [0, 5], resolved: [3, 9], groups: [1, 2] }
  it('are refused with the reason', () => {
    expect(() => walkForward({ ...rows, resolved: [3, 4] }, plan)).toThrow(/Row 1 is known at 5/)
    expect(() => walkForward({ ...rows, resolved: [3, NaN] }, plan)).toThrow(RangeError)
    expect(() => walkForward({ ...rows, groups: [1] }, plan)).toThrow(/group/)
    expect(() => walkForward(rows, { ...plan, test: 0 })).toThrow(RangeError)
  })
  it('give no fold where no row is tested', () => {
    expect(walkForward(rows, plan)).toEqual([] satisfies Fold[])
  })
})

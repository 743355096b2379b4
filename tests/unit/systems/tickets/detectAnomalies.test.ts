import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { negativeBinomial } from '../../../../datasets/demand/counts.ts'
import { createRandom } from '../../../../datasets/random.ts'
import { detectAnomalies } from '../../../../workers/systems/tickets/detectAnomalies.ts'
import { naiveAnomalies } from './naiveAnomalies.ts'

/** Equal to 1e-9, relative where the numbers are large; NaN where the other is NaN. */
function expectEqual(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < expected.length; i++) {
    const same =
      Object.is(actual[i], expected[i]) ||
      Math.abs(actual[i] - expected[i]) <= 1e-9 * Math.max(1, Math.abs(expected[i]))
    if (!same) expect(actual[i], `day ${i}`).toBe(expected[i])
  }
}

/** Counts with a weekly pattern; `missing` of the days are. */
function seeded(mean: number, days: number, missing = 0, weekend = 0.3): number[] {
  const random = createRandom(7, `counts around ${mean} ${days} ${missing}`)
  return Array.from({ length: days }, (_, day) =>
    random.chance(missing) ? NaN : negativeBinomial(mean * (day % 7 > 4 ? weekend : 1), 8, random),
  )
}

const weekdaysOf = (days: number) => Array.from({ length: days }, (_, day) => day % 7)

describe('detectAnomalies', () => {
  test.each([
    [0.3, 60, 0],
    [2, 60, 0.1],
    [20, 60, 0],
    [20, 60, 0.3],
    [300, 60, 0.02],
    [8, 56, 0],
    [8, 7, 0],
    [15, 31, 0.4],
  ])('equals the definition, mean %d, window %d, %d of the days missing', (mean, window, missing) => {
    const counts = seeded(mean, 400, missing)
    for (const weekdays of [undefined, weekdaysOf(400)]) {
      for (const madFloor of [0, 0.1]) {
        const expected = naiveAnomalies(counts, window, madFloor, weekdays)
        const actual = detectAnomalies(counts, { window, multiplier: 4, madFloor, weekdays })
        expectEqual(actual.baseline, expected.baseline)
        expectEqual(actual.mad, expected.mad)
        expectEqual(actual.score, expected.score)
        expect([...actual.flagged]).toEqual(Array.from(actual.score, (score) => Number(score > 4)))
      }
    }
  })

  test('equals the definition on weekends of nothing', () => {
    const counts = seeded(6, 400, 0.05, 0)
    const expected = naiveAnomalies(counts, 60, 0.1, weekdaysOf(400))
    const actual = detectAnomalies(counts, {
      window: 60,
      multiplier: 4,
      madFloor: 0.1,
      weekdays: weekdaysOf(400),
    })
    expectEqual(actual.baseline, expected.baseline)
    expectEqual(actual.score, expected.score)
  })

  test('equals the definition whatever the counts, the gaps and the order of weekdays', () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 900 }), fc.constant(NaN))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(count, fc.integer({ min: 0, max: 6 })), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom(0, 0.1, 2),
        fc.boolean(),
        (days, window, madFloor, adjusted) => {
          const counts = days.map(([value]) => value)
          const weekdays = adjusted ? days.map(([, weekday]) => weekday) : undefined
          const expected = naiveAnomalies(counts, window, madFloor, weekdays)
          const actual = detectAnomalies(counts, { window, multiplier: 3, madFloor, weekdays })
          expectEqual(actual.baseline, expected.baseline)
          expectEqual(actual.mad, expected.mad)
          // A deviation that is 0 but for rounding makes a score of rounding.
          const clear = expected.score.map((score, day) => (expected.mad[day] > 1e-9 ? score : NaN))
          expectEqual(
            actual.score.map((score, day) => (expected.mad[day] > 1e-9 ? score : NaN)),
            clear,
          )
        },
      ),
      { numRuns: 400 },
    )
  })

  test('a score on the threshold is not flagged, one above it is', () => {
    const usual = [8, 9, 10, 11, 12]
    const settings = { window: 5, multiplier: 4, madFloor: 0 }
    expect(detectAnomalies([...usual, 14], settings).score[5]).toBe(4)
    expect(detectAnomalies([...usual, 14], settings).flagged[5]).toBe(0)
    expect(detectAnomalies([...usual, 15], settings).flagged[5]).toBe(1)
  })

  test('where nothing ever differs, the same again is usual and anything more is not', () => {
    const counts = [3, 3, 3, 3, 4]
    const settings = { window: 3, multiplier: 4, madFloor: 0 }
    const { score, flagged } = detectAnomalies(counts, settings)
    expect([...score]).toEqual([NaN, NaN, NaN, 0, Infinity])
    expect([...flagged]).toEqual([0, 0, 0, 0, 1])
    expect(detectAnomalies(counts, { ...settings, madFloor: 0.1 }).score[4]).toBeCloseTo(10, 12)
  })

  test('a missing day is neither zero nor flagged, and is left out of the windows after it', () => {
    const counts = [4, 6, NaN, 5, 5, 9]
    const { baseline, flagged } = detectAnomalies(counts, { window: 4, multiplier: 1, madFloor: 0 })
    expect(baseline[2]).toBeNaN()
    expect(baseline[4]).toBe(5)
    expect(flagged[5]).toBe(1)
  })

  test('what comes after a day changes nothing of it', () => {
    const counts = seeded(9, 300, 0.1)
    const settings = { window: 60, multiplier: 4, madFloor: 0.1 }
    const whole = detectAnomalies(counts, { ...settings, weekdays: weekdaysOf(300) })
    const cut = detectAnomalies(counts.slice(0, 200), { ...settings, weekdays: weekdaysOf(200) })
    expect([...whole.score.subarray(0, 200)]).toEqual([...cut.score])
  })

  test('says what is wrong with settings that make no sense', () => {
    const settings = { window: 3, multiplier: 4, madFloor: 0.1 }
    expect(() => detectAnomalies([1], { ...settings, window: 0 })).toThrow(/at least 1/)
    expect(() => detectAnomalies([1], { ...settings, madFloor: -1 })).toThrow(/0 or more/)
    expect(() => detectAnomalies([1, 2], { ...settings, weekdays: [0] })).toThrow(/each of the 2 days/)
    expect(() => detectAnomalies([1], { ...settings, weekdays: [7] })).toThrow(/from 0 to 6/)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosenByCoverage } from '../../../../workers/systems/jet/coverage.ts'

describe('signals by coverage', () => {
  const rows = fc
    .array(
      fc.record({
        day: fc.integer({ min: 0, max: 2000 }),
        conviction: fc.double({ min: 0.01, max: 1, noNaN: true }),
      }),
      { minLength: 30, maxLength: 300 },
    )
    .map((list) => list.sort((a, b) => a.day - b.day))

  it('follow from nothing that comes later', () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 2000 }),
        (list, perYear, fresh) => {
          const day = Int32Array.from(list, (row) => row.day)
          const conviction = Float64Array.from(list, (row) => row.conviction)
          const all = chosenByCoverage(day, conviction, perYear, fresh)
          const kept = list.length >> 1
          const cut = chosenByCoverage(day.slice(0, kept), conviction.slice(0, kept), perYear, fresh)
          // Rows of the last day kept may have had fellows of the same day cut off, which are no rivals.
          expect(cut).toEqual(all.slice(0, kept))
        },
      ),
    )
  })

  it('come as often as they are asked for', () => {
    // A row every fifth day for ten years, in no order.
    const count = 730
    const day = Int32Array.from({ length: count }, (_, i) => 5 * i)
    const conviction = Float64Array.from({ length: count }, (_, i) => 0.01 + ((i * 7919) % 1009) / 1100)
    const chosen = chosenByCoverage(day, conviction, 12, 0)
    const years = (5 * count - 365) / 365
    const afterFirstYear = chosen.slice(73).reduce((sum, one) => sum + one, 0)
    expect(afterFirstYear / years).toBeGreaterThan(10)
    expect(afterFirstYear / years).toBeLessThan(14)
  })

  it('are not measured against days of training once there are fresh ones enough', () => {
    const day = Int32Array.from({ length: 200 }, (_, i) => 5 * i)
    // Surer of everything it was trained on.
    const conviction = Float64Array.from(day, (at, i) => (at < 500 ? 0.9 : 0.1 + (i % 10) / 100))
    const chosen = chosenByCoverage(day, conviction, 12, 500)
    expect(chosen.slice(124).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(3)
  })

  it('are never those without conviction', () => {
    const day = Int32Array.from({ length: 100 }, (_, i) => 5 * i)
    expect(chosenByCoverage(day, new Float64Array(100).fill(NaN), 12, 0).includes(1)).toBe(false)
    expect(chosenByCoverage(day, new Float64Array(100), 12, 0).includes(1)).toBe(false)
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lastFirstRow, scrollScale } from '../../../../src/components/browse/scrollScale.ts'

const rowHeight = 29
const viewport = 580

it('a table that browsers can scroll is scrolled pixel by pixel', () => {
  const scale = scrollScale(95_489, rowHeight, viewport)
  expect(scale.exact).toBe(true)
  expect(scale.height).toBe(95_489 * rowHeight)
  expect(scale.rowAt(290)).toBe(10)
  expect(scale.positionOf(10)).toBe(290)
})

it('a table of any length stays below the height that browsers can scroll', () => {
  expect(scrollScale(5_000_000, rowHeight, viewport).height).toBeLessThan(10_000_000)
})

it('both ends of a long table are reached, and every row between them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 300_000, max: 2_000_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, share) => {
        const scale = scrollScale(rows, rowHeight, viewport)
        const last = lastFirstRow(rows, rowHeight, viewport)
        expect(scale.rowAt(0)).toBe(0)
        expect(scale.rowAt(scale.height - viewport)).toBeCloseTo(last, 3)
        const row = share * last
        expect(scale.rowAt(scale.positionOf(row))).toBeCloseTo(row, 2)
      },
    ),
  )
})

it('a table shorter than its place does not scroll', () => {
  expect(lastFirstRow(3, rowHeight, viewport)).toBe(0)
})

import { describe, expect, it } from 'vitest'
import { binRows, quantileCuts } from '../../../../../workers/hrm/baselines/trees/binning.ts'
import { rowsFrom, uniformTable } from '../tables.ts'

const column = (...values: number[]) => ({ values: Float64Array.from(values), width: 1 })

describe('the bins of a feature', () => {
  it('are one for each value where there are few, cut halfway', () => {
    const table = column(3, 1, 1, 10, 3, NaN)
    const cuts = quantileCuts(table, rowsFrom(0, 6))
    expect(Array.from(cuts[0])).toEqual([2, 6.5])
    expect(Array.from(binRows(table, rowsFrom(0, 6), cuts).bins)).toEqual([1, 0, 0, 2, 1, 3])
  })
  it('hold about equally many rows where there are many values', () => {
    const table = uniformTable(3000, 1, 1)
    const rows = rowsFrom(0, 3000)
    const { bins } = binRows(table, rows, quantileCuts(table, rows, 20))
    const counts = new Int32Array(20)
    for (const bin of bins) counts[bin]++
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(149)
    expect(Math.max(...counts)).toBeLessThanOrEqual(151)
  })
  it('keep the rest fine where half of the rows share one value', () => {
    const values = Array.from({ length: 2000 }, (_, row) => (row % 2 === 0 ? 0.5 : row / 2000))
    const table = column(...values)
    const rows = rowsFrom(0, 2000)
    const [cuts] = quantileCuts(table, rows, 11)
    expect(cuts).toHaveLength(10)
    const counts = new Int32Array(12)
    for (const bin of binRows(table, rows, [cuts]).bins) counts[bin]++
    expect(counts.toSorted().at(-1)).toBe(1000)
    expect(counts.toSorted().at(-2)).toBeLessThan(130)
  })
  it('never number more than a byte can hold, missing values included', () => {
    const table = uniformTable(5000, 1, 2)
    table.values[7] = NaN
    const rows = rowsFrom(0, 5000)
    const cuts = quantileCuts(table, rows)
    const { bins, offsets } = binRows(table, rows, cuts)
    expect(cuts[0].length).toBeLessThanOrEqual(254)
    expect(bins[7]).toBe(cuts[0].length + 1)
    expect(offsets[1]).toBe(cuts[0].length + 2)
  })
  it('are cut by the rows asked for alone', () => {
    expect(Array.from(quantileCuts(column(1, 2, 50, 60), rowsFrom(0, 2))[0])).toEqual([1.5])
    expect(quantileCuts(column(4, 4, 4, 60), rowsFrom(0, 3))[0]).toHaveLength(0)
    expect(quantileCuts(column(NaN, NaN), rowsFrom(0, 2))[0]).toHaveLength(0)
  })
  it('tell neighbouring numbers and infinities apart', () => {
    const next = 1 + Number.EPSILON
    for (const values of [
      [1, next],
      [-Infinity, 0, 2, Infinity],
      [-Infinity, Infinity],
      [-1e308, 1.7e308],
    ]) {
      const table = column(...values)
      const rows = rowsFrom(0, values.length)
      expect(Array.from(binRows(table, rows, quantileCuts(table, rows)).bins)).toEqual(
        values.map((_, i) => i),
      )
    }
  })
})

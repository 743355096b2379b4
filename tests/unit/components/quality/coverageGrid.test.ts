import { describe, expect, it } from 'vitest'
import type { CoverageHeatmap } from '../../../../workers/data/api.ts'
import { coverageGrid, stepOf, stepText } from '../../../../src/components/quality/coverageGrid.ts'

/** Months from January 2020 on, rows of one subject. */
function coverage(rows: number[], first = '2020-01-01'): CoverageHeatmap {
  const start = new Date(first)
  const months = rows.map((_, m) => Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + m, 1) / 86_400_000)
  return { kind: 'tickets', subjects: ['MSFT'], others: 0, months, rows }
}

describe('the coverage of a table', () => {
  it('is drawn by month while the months fit, under the years they belong to', () => {
    const grid = coverageGrid(coverage([1, 2, 3], '2020-11-01'))
    expect(grid.period).toBe('month')
    expect(grid.labels).toEqual(['Nov 2020', 'Dec 2020', 'Jan 2021'])
    expect(grid.heads).toEqual([
      { text: '2020', columns: 2 },
      { text: '2021', columns: 1 },
    ])
  })

  it('is added up by quarter or year where there are more', () => {
    const tenYears = coverageGrid(coverage(new Array<number>(120).fill(2), '2020-02-01'))
    expect(tenYears.period).toBe('quarter')
    expect(tenYears.labels.slice(0, 2)).toEqual(['Q1 2020', 'Q2 2020'])
    expect(tenYears.rows[0].slice(0, 2)).toEqual([4, 6])
    const fortyYears = coverageGrid(coverage(new Array<number>(480).fill(2)))
    expect(fortyYears.labels.slice(0, 2)).toEqual(['2020', '2021'])
    expect(fortyYears.heads[0]).toEqual({ text: '2020s', columns: 10 })
    expect(fortyYears.rows[0][0]).toBe(24)
  })

  it('has a scale of four equal steps that one outlier does not stretch, and none for nothing', () => {
    const months = [0, ...Array.from({ length: 20 }, (_, i) => 21 + (i % 3)), 5, 9000]
    const grid = coverageGrid(coverage(months))
    expect(grid.steps).toEqual([1, 6, 12, 18])
    expect([0, 1, 5, 6, 21, 9000].map((rows) => stepOf(rows, grid.steps))).toEqual([0, 1, 1, 2, 4, 4])
    expect([1, 2, 4].map((step) => stepText(step, grid))).toEqual(['1–5 rows', '6–11 rows', '18–9,000 rows'])
  })

  it('has one step where all months are alike, and an empty grid for an empty table', () => {
    const grid = coverageGrid(coverage([1, 1, 1]))
    expect(grid.steps).toEqual([1])
    expect(stepText(1, grid)).toBe('1 row')
    expect(coverageGrid({ kind: 'news', subjects: [], others: 0, months: [], rows: [] })).toMatchObject({
      labels: [],
      steps: [],
    })
  })
})

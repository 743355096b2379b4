import { describe, expect, it } from 'vitest'
import { binsOf, drawdownsOf, monthsOf, partsOf, rangeOf } from '../../../src/components/report/parts.ts'
import { monthEnds } from '../../../src/components/report/monthEnds.ts'
import { reportFixture, weekdays } from './reportFixture.ts'

const report = reportFixture()
const compound = (values: number[]): number =>
  values.filter(Number.isFinite).reduce((all, one) => all * (1 + one), 1) - 1

describe('parts of a run', () => {
  it('are the whole without a split and never the whole with one', () => {
    expect(partsOf(reportFixture({ split: false }))).toEqual(['all'])
    expect(partsOf(report)).toEqual(['outOfSample', 'inSample'])
  })

  it('share no month: the one the split cuts is counted on both sides with its own days', () => {
    const inSample = monthsOf(report, 'inSample')
    const outOfSample = monthsOf(report, 'outOfSample')
    const before = report.equity[report.split - 1] / report.capital - 1
    const after = report.equity.at(-1)! / report.equity[report.split - 1] - 1
    expect(compound(inSample.flatMap((row) => row.months))).toBeCloseTo(before, 10)
    expect(compound(outOfSample.flatMap((row) => row.months))).toBeCloseTo(after, 10)
    expect(compound(outOfSample.map((row) => row.total))).toBeCloseTo(after, 10)
    expect(compound(outOfSample.map((row) => row.benchmark))).toBeCloseTo(
      report.benchmark.at(-1)! / report.benchmark[report.split - 1] - 1,
      10,
    )
  })

  it('leaves months of the other part empty', () => {
    const first = monthsOf(report, 'outOfSample')[0]
    expect(first.months.filter(Number.isFinite).length).toBeLessThan(12)
  })

  it('count every day of the distribution once', () => {
    const days = (part: 'inSample' | 'outOfSample') =>
      binsOf(report, part).reduce((sum, bin) => sum + bin.strategy, 0)
    expect(days('inSample')).toBe(report.split - 1)
    expect(days('outOfSample')).toBe(report.dates.length - report.split)
  })

  it('start with a clean peak: no drawdown reaches across the split', () => {
    for (const part of ['inSample', 'outOfSample'] as const) {
      const [from, to] = rangeOf(report, part)
      const rows = drawdownsOf(report, part)
      expect(rows[0].depth).toBe(Math.min(...rows.map((row) => row.depth)))
      for (const row of rows) {
        expect(row.start).toBeGreaterThanOrEqual(Math.max(0, from - 1))
        expect(Math.max(row.trough, row.recovered)).toBeLessThan(to)
        expect(row.depth).toBeCloseTo(report.equity[row.trough] / report.equity[row.start] - 1, 12)
      }
    }
  })

  it('name the drawdown that lasts to the end as not recovered', () => {
    const falling = { ...report, equity: report.equity.map((_, i) => 2e5 - i) }
    const [row, ...others] = drawdownsOf(falling, 'outOfSample')
    expect(others).toEqual([])
    expect(row).toMatchObject({ start: report.split - 1, recovered: -1, trough: report.dates.length - 1 })
    expect(row.days).toBe(report.dates.at(-1)! - report.dates[report.split - 1])
  })
})

it('month ends are the last trading day of each month, the newest first', () => {
  const dates = weekdays(18_263, 60)
  const ends = monthEnds(dates).map((i) => new Date(dates[i] * 86_400_000).toISOString().slice(0, 10))
  expect(ends).toEqual(['2020-03-25', '2020-02-28', '2020-01-31'])
})

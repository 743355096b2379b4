import { describe, expect, it } from 'vitest'
import { smallPicture, smallTable } from '../../../../src/components/overview/smallPicture.ts'

const day = (text: string): number => Date.parse(text) / 86_400_000
const curves = {
  days: Int32Array.of(day('2020-01-02'), day('2020-12-30'), day('2021-07-01'), day('2021-12-30')),
  equity: Float64Array.of(1, 1.5, 0.9, 1.2),
  benchmark: Float64Array.of(1, 1.1, 1.3, 1.4),
  drawdown: Float64Array.of(0, -0.1, -0.4, -0.2),
  splitFrom: day('2021-01-01'),
  benchmarkName: 'QQQ',
}
const heights = (path: string) => Array.from(path.matchAll(/[ML][\d.]+ ([\d.]+)/g), ([, y]) => Number(y))

describe('the small picture of a report', () => {
  it('draws more equity higher, and more drawdown lower', () => {
    const { equity, drawdown, baseline } = smallPicture(curves)!
    const [start, high, low, end] = heights(equity)
    expect(high < end && end < start && start < low).toBe(true)
    const depths = heights(drawdown)
    expect(depths[0]).toBe(baseline)
    expect(Math.max(...depths)).toBe(depths[2])
  })

  it('shades what was out of sample, and nothing where all was in sample', () => {
    expect(smallPicture(curves)!.outOfSample).toBeCloseTo((100 * 365) / 728, 6)
    expect(smallPicture({ ...curves, splitFrom: NaN })!.outOfSample).toBeNull()
  })

  it('keeps the names of lines that end together apart', () => {
    const { strategy, benchmark } = smallPicture({ ...curves, benchmark: curves.equity })!.ends
    expect(Math.abs(strategy - benchmark)).toBeGreaterThanOrEqual(13.9)
  })

  it('says in words what it shows', () => {
    expect(smallPicture(curves)!.label).toBe(
      'Equity from 100 on 2 Jan 2020 to 30 Dec 2021, out of sample from 1 Jan 2021: the strategy ends at 120, QQQ at 140. Its deepest drawdown is −40.0\u2009%.',
    )
  })

  it('stands where a benchmark is missing, and gives way where there is nothing to join', () => {
    const alone = smallPicture({ ...curves, benchmark: new Float64Array(), benchmarkName: null })!
    expect(alone.benchmark).toBe('')
    expect(alone.label).not.toContain('QQQ')
    const one = { ...curves, days: curves.days.slice(0, 1), equity: curves.equity.slice(0, 1) }
    expect(smallPicture(one)).toBeNull()
  })
})

it('the table behind it has where the lines stand at the end of each year', () => {
  expect(smallTable(curves)).toMatchObject({
    head: ['Year', 'Strategy', 'QQQ', 'Deepest drawdown'],
    rows: [
      ['2020', '150.0', '110.0', '−10.0\u2009%'],
      ['2021', '120.0', '140.0', '−40.0\u2009%'],
    ],
  })
})

import { describe, expect, it } from 'vitest'
import { EQUITY, equityScales, spread } from '../../../src/charts/equityGeometry.ts'
import type { EquityData } from '../../../src/charts/equityGeometry.ts'
import { equityOption } from '../../../src/charts/equityOption.ts'
import { equitySvg } from '../../../src/charts/equitySvg.ts'
import { position } from '../../../src/charts/scales.ts'
import { reportFixture } from '../components/reportFixture.ts'
import { frame } from './theme.ts'

const report = reportFixture()
const data: EquityData = { ...report, benchmarkName: 'QQQ' }
const whole = { log: true, zoom: null }

interface Series {
  id: string
  data: Float64Array
  markArea?: { data: [{ xAxis: number }, { xAxis: number }][] }
  endLabel?: { show: boolean; formatter: string }
}
const seriesOf = (option: unknown): Series[] => (option as { series: Series[] }).series

describe('the equity picture', () => {
  it('is rebased so that the capital is 100', () => {
    const equity = seriesOf(equityOption(data, whole, frame())?.option).find(
      (series) => series.id === 'equity',
    )
    expect(equity?.data[1]).toBeCloseTo((100 * report.equity[0]) / report.capital, 10)
    expect(equity?.data.length).toBe(2 * report.dates.length)
  })

  it('shades what is out of sample, from the first day of the split', () => {
    const equity = seriesOf(equityOption(data, whole, frame())?.option).find(
      (series) => series.id === 'equity',
    )
    expect(equity?.markArea?.data[0][0].xAxis).toBe(report.dates[report.split] * 86_400_000)
  })

  it('shades nothing without a split', () => {
    const plain = reportFixture({ split: false })
    for (const series of seriesOf(equityOption({ ...plain, benchmarkName: 'QQQ' }, whole, frame())?.option))
      expect(series.markArea).toBeUndefined()
  })

  it('leaves the benchmark out where there is none', () => {
    const alone = reportFixture({ benchmark: false })
    const picture = equityOption({ ...alone, benchmarkName: null }, whole, frame())
    expect(seriesOf(picture?.option).map((series) => series.id)).toEqual(['equity', 'drawdown'])
    expect(picture?.tip(alone.dates[5] * 86_400_000)?.rows).toHaveLength(1)
  })

  it('draws only the days of the zoom, and fits the axis to them', () => {
    const from = report.dates[300]
    const to = report.dates[400]
    const scales = equityScales(data, { log: true, zoom: [from, to] }, 900)
    expect(scales).toMatchObject({ first: 300, last: 400 })
    const shown = [...report.equity.slice(300, 401)].map((value) => (100 * value) / report.capital)
    expect(scales?.upper.max).toBeGreaterThan(Math.max(...shown))
    const zoomed = seriesOf(equityOption(data, { log: true, zoom: [from, to] }, frame())?.option)
    expect(zoomed[0].data.length).toBe(2 * 101)
  })

  it('survives a zoom to a single point or outside of the data', () => {
    for (const zoom of [
      [report.dates[10], report.dates[10]],
      [0, 5],
      [40_000, 50_000],
    ] as [number, number][]) {
      const scales = equityScales(data, { log: true, zoom }, 900)
      expect(scales && scales.last > scales.first).toBe(true)
    }
  })

  it('falls back to a linear axis where equity was lost entirely', () => {
    const ruined = { ...data, equity: report.equity.map((value, i) => (i > 900 ? 0 : value)) }
    expect(equityScales(ruined, whole, 900)?.log).toBe(false)
    expect(equitySvg(ruined)).not.toContain('NaN')
  })

  it('says nothing for a run of fewer than two days', () => {
    const short = reportFixture({ days: 1, trades: 0, split: false })
    expect(equityOption({ ...short, benchmarkName: null }, whole, frame())).toBeNull()
    expect(equitySvg({ ...short, benchmarkName: null })).toBe('')
  })

  it('tells day, both values and both drawdowns under the pointer', () => {
    const tip = equityOption(data, whole, frame())?.tip(report.dates[1000] * 86_400_000)
    expect(tip?.title).toMatch(/^\d+ \w{3} \d{4}, out of sample$/)
    expect(tip?.rows.map((row) => row.name)).toEqual(['Strategy', 'QQQ'])
    expect(tip?.rows[0].values).toHaveLength(3)
  })

  it('labels lines directly only where there is room', () => {
    const labels = (width: number) =>
      seriesOf(equityOption(data, whole, frame(width))?.option)
        .filter((series) => series.endLabel)
        .map((series) => series.endLabel?.show)
    expect(labels(900)).toEqual([true, true])
    expect(labels(340)).toEqual([false, false])
  })
})

describe('the first picture', () => {
  const svg = equitySvg(data)

  it('stands on the same pixels as the chart that replaces it', () => {
    const scales = equityScales(data, whole, 900)!
    const end = (100 * report.equity.at(-1)!) / report.capital
    const y = EQUITY.top + EQUITY.upper * (1 - position(end, scales.upper, true))
    expect(svg).toContain(`L1000.0 ${y.toFixed(1)}`)
    for (const tick of scales.upperTicks) expect(svg).toContain(`>${tick}</text>`)
  })

  it('uses the colours of the theme, whichever it is', () => {
    expect(svg).toContain('var(--accent)')
    expect(svg).not.toMatch(/#[0-9a-f]{6}|rgb\(/)
  })

  it('carries no script, no style sheet and no reference', () => {
    expect(svg).not.toMatch(/<script|<style|href|url\(|on\w+=/)
  })

  it('escapes names that came from a file', () => {
    const hostile = equitySvg({ ...data, benchmarkName: '<img src=x onerror=alert(1)>' })
    expect(hostile).not.toContain('<img')
    expect(hostile).toContain('&lt;img')
  })

  it('stays small enough to be part of the page', () => {
    expect(svg.length).toBeLessThan(45_000)
  })
})

describe('direct labels', () => {
  it('move apart when they would touch, and keep their order', () => {
    const [a, b] = spread([100, 104], 15)
    expect(b - a).toBeCloseTo(15)
    expect((a + b) / 2).toBeCloseTo(102)
    expect(spread([10, 80], 15)).toEqual([10, 80])
    const many = spread([100, 101, 102, 103, 40], 15)
    const inOrder = [...many].sort((a, b) => a - b)
    for (let k = 1; k < inOrder.length; k++) expect(inOrder[k] - inOrder[k - 1]).toBeGreaterThan(14.5)
    expect(many[0]).toBeLessThan(many[3])
  })
})

import { describe, expect, it } from 'vitest'
import { distributionOption } from '../../../src/charts/distributionOption.ts'
import { listedBars } from '../../../src/charts/listedBars.ts'
import { timeLinesOption } from '../../../src/charts/timeLinesOption.ts'
import { besidePoint } from '../../../src/charts/tip.ts'
import { tradeOption } from '../../../src/charts/tradeOption.ts'
import { whisker } from '../../../src/charts/whisker.ts'
import { yearlyOption } from '../../../src/charts/yearlyOption.ts'
import { reportFixture, tradeChartFixture } from '../components/reportFixture.ts'
import { frame } from './theme.ts'

const report = reportFixture()

describe('the tip', () => {
  it('never covers the point: it stands beside the crosshair, on the side with room', () => {
    for (let x = 0; x <= 900; x += 10) {
      const left = besidePoint(x, 220, 900)
      expect(left > x || left + 220 < x).toBe(true)
      expect(left >= 0 && left + 220 <= 900).toBe(true)
    }
  })
})

describe('yearly bars', () => {
  const rows = [
    { year: 2022, total: -0.12, benchmark: -0.2 },
    { year: 2023, total: 0.3, benchmark: 0.4 },
    { year: 2024, total: NaN, benchmark: NaN },
  ]

  it('are blue for gains and orange for losses, and leave out years without a return', () => {
    const bars = (
      yearlyOption(rows, 'QQQ', frame())?.option as { series: { data: { itemStyle: object }[] }[] }
    ).series[0].data
    expect(bars.map((bar) => bar.itemStyle)).toEqual([{ color: 'loss' }, { color: 'gain' }])
  })

  it('always show the sign', () => {
    expect(
      yearlyOption(rows, 'QQQ', frame())
        ?.tip(0)
        ?.rows.map((row) => row.values[0]),
    ).toEqual(['−12.0\u2009%', '−20.0\u2009%'])
  })

  it('are not drawn without a year', () => {
    expect(yearlyOption([], null, frame())).toBeNull()
  })
})

describe('the distribution', () => {
  it('colours the bins below zero as losses', () => {
    const bars = (
      distributionOption(report.distribution, 'QQQ', frame())?.option as {
        series: { data: { itemStyle: { color: string } }[] }[]
      }
    ).series[0].data
    expect(bars.map((bar) => bar.itemStyle.color)).toEqual(
      report.distribution.map((bin) => (bin.from < -1e-9 ? 'loss' : 'gain')),
    )
  })

  it('is not drawn without days', () => {
    expect(distributionOption([], null, frame())).toBeNull()
    const empty = report.distribution.map((bin) => ({ ...bin, strategy: 0, benchmark: 0 }))
    expect(distributionOption(empty, 'QQQ', frame())).toBeNull()
  })
})

describe('lines over time', () => {
  const lines = (values: Float64Array) => ({
    dates: report.dates,
    split: report.split,
    zoom: null,
    text: String,
    include: [0],
    lines: [{ name: 'Sharpe', values, colour: 'accent' }],
  })

  it('are not drawn where every value is still warming up', () => {
    expect(timeLinesOption(lines(report.equity.map(() => NaN)), frame())).toBeNull()
  })

  it('always show the value of no skill', () => {
    const option = timeLinesOption(lines(report.equity.map(() => 5)), frame())?.option as {
      yAxis: { min: number; max: number }
    }
    expect(option.yAxis.min).toBeLessThan(0)
    expect(option.yAxis.max).toBeGreaterThan(5)
  })
})

describe('the chart of a trade', () => {
  const trade = report.trades.find((one) => one.exitReason === 'stop')!
  const shown = { ...trade, entryDate: report.dates[trade.entryDay], exitDate: report.dates[trade.exitDay] }
  const chart = tradeChartFixture(report, trade)
  interface Candles {
    markLine: { data: [{ coord: [number, number]; label: { formatter?: string } }, object][] }
    markPoint: { data: { coord: [number, number] }[] }
    markArea: { data: [{ xAxis: number }, { xAxis: number }][] }
  }
  const candles = (one = shown): Candles =>
    (tradeOption(chart, one, frame())?.option as { series: Candles[] }).series[0]

  it('marks entry and exit at their days and prices', () => {
    const entry = chart.dates.indexOf(shown.entryDate)
    const exit = chart.dates.indexOf(shown.exitDate)
    expect(candles().markPoint.data.map((mark) => mark.coord)).toEqual([
      [entry, trade.entryPrice],
      [exit, trade.exitPrice],
    ])
    expect(candles().markArea.data[0].map((edge) => edge.xAxis)).toEqual([entry, exit])
  })

  it('draws stop and target with their prices', () => {
    const labels = candles().markLine.data.flatMap(([start]) => start.label.formatter ?? [])
    expect(labels).toEqual([`Target ${trade.target.toFixed(2)}`, `Stop ${trade.stop.toFixed(2)}`])
  })

  it('draws no level that was never set', () => {
    expect(candles({ ...shown, stop: NaN, target: NaN }).markLine.data).toEqual([])
  })

  it('of a structure is the share as listed, with the strikes in place of prices on another scale', () => {
    const split = chart.dates.indexOf(shown.entryDate) - 3
    // Listed at seven times the adjusted price before a split, and 2 % above it until a dividend after the entry.
    const listed = {
      ...chart,
      rawFactor: chart.rawFactor.map((_, i) => (i < split ? 7.14 : i < split + 5 ? 1.02 : 1)),
    }
    const strikes = [
      { name: '350 call', price: trade.entryPrice, sold: false },
      { name: '370 call', price: trade.entryPrice * 1.1, sold: true },
    ]
    const series = (tradeOption(listed, { ...shown, strikes }, frame())?.option as { series: Candles[] })
      .series[0]
    expect(series.markLine.data.flatMap(([start]) => start.label.formatter ?? [])).toEqual([
      '+ 350 call',
      '− 370 call',
    ])
    const entry = chart.dates.indexOf(shown.entryDate)
    expect(series.markPoint.data[0].coord[1]).toBeCloseTo(1.02 * chart.close[entry], 9)
    const bars = listedBars(listed, entry)
    expect(bars.close[0] / chart.close[0]).toBeCloseTo(1.02, 9)
    expect(bars.close.at(-1)! / chart.close.at(-1)!).toBeCloseTo(1, 9)
  })

  it('says entry and exit on their days', () => {
    const picture = tradeOption(chart, shown, frame())
    const names = (at: number) => picture?.tip(at)?.rows.map((row) => row.name)
    expect(names(chart.dates.indexOf(shown.entryDate))?.[0]).toBe('Entry')
    expect(names(0)).toEqual(['Open', 'High', 'Low', 'Close', 'Volume'])
  })
})

describe('the whisker', () => {
  it('keeps the order of its values and stays inside its width', () => {
    const at = whisker({ value: 1.21, low: 0.22, high: 2.04, nothing: 0, benchmark: 0.68 })!
    expect(at.nothing).toBe(6)
    expect(at.high).toBe(94)
    expect([at.nothing, at.low, at.benchmark, at.value, at.high]).toEqual(
      [at.nothing, at.low, at.benchmark, at.value, at.high].sort((a, b) => a! - b!),
    )
  })

  it('has no interval before one is known, and nothing without a value', () => {
    expect(whisker({ value: 1, low: NaN, high: NaN })).toMatchObject({ value: 50, low: null, high: null })
    expect(whisker({ value: NaN, low: 0, high: 1 })).toBeNull()
  })
})

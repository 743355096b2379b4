import { describe, expect, it } from 'vitest'
import type { EventRow } from '../../../workers/backtest/api.ts'
import { carCurveOption } from '../../../src/charts/carCurveOption.ts'
import { carDotsOption } from '../../../src/charts/carDotsOption.ts'
import { eventLanes, eventTimelineOption, type EventMark } from '../../../src/charts/eventTimelineOption.ts'
import { frame } from './theme.ts'

const announced = (symbol: string, day: number, kind: string, dayReturn = 0.2): EventRow => ({
  symbol,
  day,
  kind,
  counterparty: '',
  studied: true,
  why: '',
  dayReturn,
})

describe('announcements over time', () => {
  const kinds = ['target', 'acquirer', 'earnings']
  const rows = [
    announced('AA', 18_000, 'earnings'),
    announced('AA', 18_100, 'earnings'),
    announced('BB', 18_050, 'target', 0.25),
    announced('CC', 18_050, 'acquirer', -0.02),
  ]
  const marks: Record<string, EventMark> = Object.fromEntries(
    kinds.map((kind) => [kind, { symbol: 'circle', size: 6, colour: kind === 'target' ? 'gain' : 'bench' }]),
  )
  const picture = (by: 'kind' | 'company', zoom: [number, number] | null = null) =>
    eventTimelineOption(rows, eventLanes(rows, by, kinds, 9), marks, (lane) => lane, zoom, frame())!

  it('stand on the lane of their kind, or of their company', () => {
    const { yAxis, series } = picture('kind').option as {
      yAxis: { data: string[] }
      series: { name: string; data: number[][] }[]
    }
    expect(yAxis.data).toEqual(kinds)
    expect(series.find(({ name }) => name === 'acquirer')!.data).toEqual([[18_050 * 86_400_000, 1]])
    expect((picture('company').option as { yAxis: { data: string[] } }).yAxis.data).toEqual([
      'AA',
      'BB',
      'CC',
    ])
  })

  it('show the companies with the most, of equals the newest, and say how many are left', () => {
    expect(eventLanes([...rows, announced('DD', 18_060, 'target')], 'company', kinds, 2)).toEqual({
      by: 'company',
      names: ['AA', 'DD'],
      left: 2,
    })
  })

  it('of one day are told together', () => {
    const tip = picture('kind').tip(18_050 * 86_400_000)!
    expect(tip.rows.map(({ name }) => name)).toEqual(['BB, target', 'CC, acquirer'])
    expect(tip.rows.map(({ values }) => values[0])).toEqual(['+25.0\u2009%', '−2.0\u2009%'])
    expect(picture('kind').tip(18_051 * 86_400_000)).toBeNull()
  })

  it('outside of the days on screen are not drawn', () => {
    const { series } = picture('kind', [18_090, 18_110]).option as { series: { name: string }[] }
    expect(series.map(({ name }) => name)).toEqual(['earnings'])
  })

  it('are no picture where there are none', () => {
    expect(eventTimelineOption([], { names: [], by: 'kind' }, marks, String, null, frame())).toBeNull()
  })
})

describe('the mean cumulative abnormal return', () => {
  const over = (from: number, to: number) => {
    const days = Int32Array.from({ length: to - from + 1 }, (_, i) => from + i)
    const values = (of: (day: number) => number) => Float64Array.from(days, of)
    return {
      days,
      events: 9,
      meanAbnormal: values((day) => (day === 0 ? -0.02 : 0)),
      meanCar: values((day) => (day < 0 ? 0 : -0.02)),
      carLow: values((day) => (day < 0 ? -0.01 : -0.03)),
      carHigh: values((day) => (day < 0 ? 0.01 : -0.01)),
    }
  }
  type Series = { name?: string; stack?: string; data: unknown[] }
  const seriesOf = (from: number, to: number) =>
    (carCurveOption(over(from, to), frame())!.option as { series: Series[] }).series

  it('has a whisker at each of a few days, and a band over many', () => {
    expect(seriesOf(-1, 1).filter(({ data }) => data.length === 2)).toHaveLength(3)
    const band = seriesOf(-20, 20).filter(({ stack }) => stack === 'interval')
    expect(band).toHaveLength(2)
    // The upper edge stands on the lower one.
    expect(band[0].data[0]).toEqual([-20, -0.01])
    expect(band[1].data[0]).toEqual([-20, 0.02])
  })

  it('shows nought and tells a day with its interval', () => {
    const { option, tip } = carCurveOption(over(0, 3), frame())!
    expect((option as { yAxis: { max: number } }).yAxis.max).toBeGreaterThanOrEqual(0)
    expect(tip(0)).toMatchObject({
      title: 'Day 0',
      rows: [
        { values: ['−2.00\u2009%'] },
        { values: ['−3.00\u2009% to −1.00\u2009%'] },
        { values: ['−2.00\u2009%'], colour: 'loss' },
      ],
    })
    expect(tip(9)).toBeNull()
  })

  it('has no band where no interval is known, and no picture without events', () => {
    const unknown = over(-20, 20)
    unknown.carLow.fill(NaN)
    const { series } = carCurveOption(unknown, frame())!.option as { series: Series[] }
    expect(series.some(({ stack }) => stack === 'interval')).toBe(false)
    expect(carCurveOption({ ...over(-1, 1), events: 0 }, frame())).toBeNull()
  })
})

describe('each event', () => {
  const each = [
    { symbol: 'AA', day: 18_000, car: 0.2 },
    { symbol: 'BB', day: 18_000, car: -0.1 },
  ]

  it('is a dot on its day, blue or orange by its sign', () => {
    const picture = carDotsOption(each, 0.05, frame())!
    const { series } = picture.option as { series: { data: unknown[] }[] }
    expect(series[0].data).toMatchObject([
      { value: [18_000 * 86_400_000, 0.2], itemStyle: { color: 'gain' } },
      { value: [18_000 * 86_400_000, -0.1], itemStyle: { color: 'loss' } },
    ])
    expect(picture.tip(18_000 * 86_400_000)!.rows.map(({ name }) => name)).toEqual(['AA', 'BB'])
    expect(carDotsOption([], NaN, frame())).toBeNull()
  })
})

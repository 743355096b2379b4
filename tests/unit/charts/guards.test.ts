import { describe, expect, it } from 'vitest'
import { drawdownFanOption } from '../../../src/charts/drawdownFanOption.ts'
import { strip } from '../../../src/charts/strip.ts'
import { frame } from './theme.ts'

describe('a figure beside its reruns', () => {
  const data = { measured: 0.5, reruns: [], marks: [0.95], nothing: NaN, include: [0, 1] }

  it('stands on a line from the smallest to the largest, with room at the ends', () => {
    const at = strip(data)!
    expect(at.measured).toBeCloseTo(50, 12)
    expect(at.marks[0]).toBeCloseTo(4 + 92 * 0.95, 12)
    expect(at.nothing).toBeNull()
  })
  it('shows few reruns one by one and many as a hill of all of them', () => {
    const few = strip({ ...data, reruns: [0.1, 0.2] })!
    expect([few.ticks.length, few.hill.length]).toEqual([2, 0])
    const many = strip({ ...data, reruns: Array.from({ length: 200 }, (_, i) => i / 200) })!
    expect(many.ticks).toHaveLength(0)
    expect(Math.max(...many.hill.map((bin) => bin.height))).toBe(1)
    expect(many.hill[0].from).toBeLessThan(5)
  })
  it('is one point in the middle where everything is the same, and nothing where nothing is known', () => {
    expect(strip({ measured: 0, reruns: [0, 0], marks: [], nothing: 0, include: [0] })!.measured).toBe(50)
    expect(strip({ ...data, measured: NaN })).toBeNull()
    expect(strip({ ...data, measured: Infinity })).toBeNull()
  })
})

describe('the drawdown fan', () => {
  const fan = {
    day: Int32Array.of(0, 10, 20),
    low: Float64Array.of(0, -0.1, -0.2),
    middle: Float64Array.of(0, -0.05, -0.06),
    high: Float64Array.of(0, -0.01, 0),
    actual: Float64Array.of(0, -0.04, -0.3),
  }
  interface Drawn {
    yAxis: { min: number; max: number }
    series: { name: string; data: [number, number][] }[]
  }
  const picture = drawdownFanOption(fan, frame())!

  it('is a band from the 5 % to the 95 % quantile with what was measured in it', () => {
    const { series, yAxis } = picture.option as unknown as Drawn
    const of = (name: string) => series.find((one) => one.name === name)!.data.map(([, value]) => value)
    const top = of('5 %').map((low, i) => low + of('95 %')[i])
    top.forEach((value, i) => expect(value).toBeCloseTo(fan.high[i], 12))
    expect(of('Measured')).toEqual([...fan.actual])
    expect(yAxis.min).toBeLessThan(-0.3)
  })
  it('says of the nearest point what is there', () => {
    expect(picture.tip(12)!.title).toBe('After 10 days')
    expect(picture.tip(17)!.rows.map((row) => row.values[0])).toEqual([
      '−30.0\u2009%',
      '−6.0\u2009%',
      '−20.0\u2009% to 0.0\u2009%',
    ])
  })
  it('is not drawn without days', () => {
    const none = new Float64Array(0)
    const empty = { day: new Int32Array(0), low: none, middle: none, high: none, actual: none }
    expect(drawdownFanOption(empty, frame())).toBeNull()
  })
})

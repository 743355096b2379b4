import { describe, expect, it } from 'vitest'
import { timeLinesOption } from '../../../src/charts/timeLinesOption.ts'
import { walkDriftOption } from '../../../src/charts/walkDriftOption.ts'
import { walkFoldsOption } from '../../../src/charts/walkFoldsOption.ts'
import { frame } from './theme.ts'

describe('promise and result of every test', () => {
  const folds = [
    { label: 'Jan 2022', title: 'Test 1', promised: 1.2, got: -0.4 },
    { label: 'Jul 2022', title: 'Test 2', promised: 0.8, got: 0.9 },
    { label: 'Jan 2023', title: 'Test 3', promised: NaN, got: NaN },
  ]
  const picture = walkFoldsOption(folds, String, frame())!

  it('stand side by side, what came of it blue or orange by its sign', () => {
    const { series } = picture.option as { series: { data: unknown[] }[] }
    expect(series[0].data).toEqual([1.2, 0.8, NaN])
    expect(series[1].data).toMatchObject([
      { value: -0.4, itemStyle: { color: 'loss' } },
      { value: 0.9, itemStyle: { color: 'gain' } },
      { value: NaN },
    ])
    expect(picture.tip(0)?.rows.map(({ values }) => values[0])).toEqual(['1.2', '-0.4'])
    expect(picture.tip(9)).toBeNull()
  })

  it('always show nought', () => {
    const { yAxis } = walkFoldsOption(folds.slice(1, 2), String, frame())!.option as {
      yAxis: { min: number }
    }
    expect(yAxis.min).toBeLessThanOrEqual(0)
  })

  it('are not drawn where no test has a number', () => {
    expect(walkFoldsOption(folds.slice(2), String, frame())).toBeNull()
  })
})

describe('the drift of the settings', () => {
  const drifts = [
    { label: 'Fast average', scale: [5, 10, 15], chosen: [5, NaN, 10], text: String },
    { label: 'Opposite signal', scale: [0, 1], chosen: [1, NaN, 0], text: (at: number) => 'ab'[at] },
  ]
  const folds = { labels: ['a', 'b', 'c'], titles: ['Test 1', 'Test 2', 'Test 3'] }
  const picture = walkDriftOption(drifts, folds, frame())!

  it('is drawn on the whole range that was searched, one picture a parameter', () => {
    const { yAxis, grid } = picture.option as {
      yAxis: { min: number; max: number }[]
      grid: { top: number; height: number }[]
    }
    expect(yAxis[0].min).toBeLessThan(5)
    expect(yAxis[0].max).toBeGreaterThan(15)
    expect(grid[1].top).toBeGreaterThan(grid[0].top + grid[0].height)
  })

  it('is broken where cash was held', () => {
    const { series } = picture.option as { series: { data: unknown[] }[] }
    expect(series[0].data).toEqual([5, null, 10])
    expect(picture.tip(1)?.rows.map(({ values }) => values[0])).toEqual(['cash', 'cash'])
    expect(picture.tip(2)?.rows.map(({ values }) => values[0])).toEqual(['10', 'a'])
  })

  it('is not drawn without a test', () => {
    expect(walkDriftOption(drifts, { labels: [], titles: [] }, frame())).toBeNull()
  })
})

describe('the beginnings of the tests', () => {
  it('are marked where they are on screen', () => {
    const dates = Int32Array.from({ length: 100 }, (_, i) => 19_000 + i)
    const lines = [{ name: 'Got', values: new Float64Array(100).fill(1), colour: 'accent' }]
    const option = timeLinesOption(
      { dates, split: 0, lines, zoom: [19_010, 19_050], text: String, include: [], marks: [19_005, 19_040] },
      frame(),
    )!.option as { series: { markLine: { data: { xAxis: number }[] } }[] }
    expect(option.series[0].markLine.data).toEqual([{ xAxis: 19_040 * 86_400_000 }])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sweepHistogramOption } from '../../../src/charts/sweepHistogramOption.ts'
import {
  cellAfter,
  cellAt,
  cellBox,
  strongestOf,
  sweepMapHeight,
  sweepPicture,
  tintOf,
  type Heatmap,
  type SweepLine,
  type SweepMapData,
} from '../../../src/charts/sweepMap.ts'
import { frame } from './theme.ts'

const names = (count: number, first = 0) => Array.from({ length: count }, (_, i) => String(first + i))

function mapOf(columns: number, rows: number, part: Partial<SweepMapData> = {}): SweepMapData {
  const values = Float32Array.from({ length: columns * rows }, (_, i) => i - columns)
  return {
    columns: names(columns, 5),
    rows: rows === 1 ? [''] : names(rows, 100),
    xTitle: 'Fast average',
    yTitle: 'Slow average',
    values,
    neighbours: values,
    centre: 0,
    text: (value) => value.toFixed(1),
    best: columns * rows - 1,
    robust: 0,
    ...part,
  }
}
const heatmap = (data: SweepMapData, width = 900, height = 400) =>
  sweepPicture(data, frame(width, height)) as Heatmap
const line = (data: SweepMapData) => sweepPicture(data, frame(900, 286)) as SweepLine

describe('the colours of a map', () => {
  it('are orange below the centre, blue above, and nothing where nothing was computed', () => {
    expect([-1, 0, 1, NaN].map((value) => tintOf(value, 0, 2).tone)).toEqual(['loss', 'gain', 'gain', 'none'])
    expect(tintOf(-0.3, -0.2, 0.1).tone).toBe('loss')
    expect(tintOf(-0.1, -0.2, 0.1).tone).toBe('gain')
  })

  it('grow with the distance from the centre and are not bleached by one wild cell', () => {
    const values = [...Array.from({ length: 99 }, (_, i) => (i - 49) / 49), 1_000]
    const strongest = strongestOf(values, 0)
    expect(strongest).toBeLessThan(1.1)
    expect(tintOf(0.5, 0, strongest).strength).toBeGreaterThan(tintOf(0.25, 0, strongest).strength)
    expect(tintOf(1_000, 0, strongest).strength).toBe(1)
  })

  it('are even where every value is the centre', () => {
    expect(strongestOf([3, 3, NaN], 3)).toBe(0)
    expect(tintOf(3, 3, 0)).toEqual({ tone: 'gain', strength: 0 })
  })
})

describe('the cells of a map', () => {
  it('tile the plot: each once, none beyond it, the first row at the bottom', () => {
    const size = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 300, max: 1600 }),
        (columns, rows, width) => {
          const picture = heatmap(mapOf(columns, rows), width, sweepMapHeight(rows))
          const { plot, cells } = picture
          expect(cells).toHaveLength(columns * rows)
          expect(cellBox(picture, 0, 0).top + cellBox(picture, 0, 0).height).toBe(plot.top + plot.height)
          expect(cellBox(picture, 0, rows - 1).top).toBe(plot.top)
          for (let column = 1; column < columns; column++) {
            const before = cellBox(picture, column - 1, 0)
            expect(before.left + before.width).toBe(cellBox(picture, column, 0).left)
          }
          const last = cellBox(picture, columns - 1, 0)
          expect(last.left + last.width).toBeLessThanOrEqual(width)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('are found again under their own middle, and nothing is found beside the plot', () => {
    const picture = heatmap(mapOf(20, 26))
    picture.cells.forEach((cell, i) => {
      expect(cellAt(picture, cell.left + cell.width / 2, cell.top + cell.height / 2)).toBe(i)
    })
    const { plot } = picture
    expect(cellAt(picture, plot.left - 1, plot.top + 10)).toBe(-1)
    expect(cellAt(picture, plot.left + 10, plot.top + plot.height + 1)).toBe(-1)
  })

  it('hold their number where there is room, and only there', () => {
    expect(heatmap(mapOf(5, 5)).cells[7].text).toBe('2.0')
    expect(heatmap(mapOf(60, 50)).cells.every(({ text }) => text === '')).toBe(true)
  })

  it('are marked where the best and the most robust combination lie', () => {
    const picture = heatmap(mapOf(4, 4, { best: 15, robust: 0 }))
    const [best, robust] = picture.marks
    expect([best.kind, robust.kind]).toEqual(['best', 'robust'])
    expect(cellAt(picture, best.x, best.y)).toBe(15)
    expect(cellAt(picture, robust.x, robust.y)).toBe(0)
    expect(heatmap(mapOf(4, 4, { best: -1, robust: -1 })).marks).toEqual([])
  })

  it('are labelled as densely as can be read', () => {
    for (const columns of [3, 30, 300]) {
      const ticks = heatmap(mapOf(columns, 200), 360, 400).xTicks
      for (let i = 1; i < ticks.length; i++)
        expect(ticks[i].at - ticks[i - 1].at).toBeGreaterThan(6 * ticks[i].text.length)
    }
    expect(heatmap(mapOf(3, 3)).xTicks.map(({ text }) => text)).toEqual(['5', '6', '7'])
  })

  it('are not drawn before the first is computed', () => {
    expect(sweepPicture(mapOf(2, 2, { values: [NaN, NaN, NaN, NaN] }), frame())).toBeNull()
  })
})

describe('the arrow keys', () => {
  const size = { columns: 4, rows: 3 }

  it('move one cell, up to higher values, and stop at the edge', () => {
    expect(cellAfter('ArrowRight', 0, size)).toBe(1)
    expect(cellAfter('ArrowUp', 1, size)).toBe(5)
    expect(cellAfter('ArrowDown', 5, size)).toBe(1)
    expect(cellAfter('ArrowLeft', 4, size)).toBe(4)
    expect(cellAfter('ArrowRight', 3, size)).toBe(3)
    expect(cellAfter('End', 4, size)).toBe(7)
    expect(cellAfter('PageUp', 2, size)).toBe(10)
  })

  it('never leave the map', () => {
    const key = fc.constantFrom(
      'ArrowLeft',
      'ArrowRight',
      'ArrowUp',
      'ArrowDown',
      'PageUp',
      'PageDown',
      'Home',
      'End',
    )
    fc.assert(
      fc.property(fc.array(key), fc.nat(11), (keys, start) => {
        let cell = start
        for (const one of keys) cell = cellAfter(one, cell, size) ?? -1
        expect(cell >= 0 && cell < 12).toBe(true)
      }),
    )
  })

  it('are the only ones that are taken', () => {
    expect(cellAfter('Tab', 0, size)).toBeNull()
  })
})

describe('a sweep of one parameter', () => {
  const values = Float32Array.from([1, 2, NaN, 4, 3])

  it('is a line that breaks where nothing was computed, beside the medians of the neighbours', () => {
    const picture = line(mapOf(5, 1, { values, neighbours: [1.5, 1.5, 3, 3.5, 3.5], best: 3, robust: 4 }))
    expect(picture.kind).toBe('line')
    expect(picture.values.map((piece) => piece.length)).toEqual([2, 2])
    expect(picture.neighbours.map((piece) => piece.length)).toEqual([5])
  })

  it('has its higher values higher up, and the marks on the line', () => {
    const picture = line(mapOf(5, 1, { values, best: 3, robust: 4 }))
    const [[one, two], [four, three]] = picture.values
    expect(two[1]).toBeLessThan(one[1])
    expect(four[1]).toBeLessThan(three[1])
    expect(picture.marks).toEqual([
      { kind: 'best', x: four[0], y: four[1] },
      { kind: 'robust', x: three[0], y: three[1] },
    ])
  })

  it('is pointed at anywhere above or below its points', () => {
    const picture = line(mapOf(5, 1, { values }))
    expect(cellAt(picture, picture.values[0][1][0], picture.plot.top + 1)).toBe(1)
  })
})

describe('the histogram of all combinations', () => {
  const data = {
    edges: [-1, 0, 1, 2],
    counts: [3, 5, 1],
    centre: 0,
    text: (value: number) => value.toFixed(1),
    marks: [
      { name: 'best', value: 9 },
      { name: 'most robust', value: 1.2 },
      { name: 'none', value: NaN },
    ],
  }
  interface Drawn {
    series: [
      { data: { value: number; itemStyle: { color: string } }[] },
      { markLine: { data: { xAxis: number; label: { formatter: string } }[] } },
    ]
  }
  const drawn = sweepHistogramOption(data, frame())?.option as unknown as Drawn

  it('is orange below nought and blue above', () => {
    expect(drawn.series[0].data.map(({ itemStyle }) => itemStyle.color)).toEqual(['loss', 'gain', 'gain'])
  })

  it('points out the chosen ones, those beyond the bins at the edge', () => {
    const marks = drawn.series[1].markLine.data
    expect(marks.map(({ xAxis, label }) => [label.formatter, xAxis])).toEqual([
      ['best', 2],
      ['most robust', 1.2],
    ])
  })

  it('says how many combinations a bin holds', () => {
    expect(sweepHistogramOption(data, frame())?.tip(1)).toMatchObject({
      title: '0.0 to 1.0',
      rows: [{ values: ['5 combinations'] }],
    })
  })

  it('is not drawn where every combination gave the same', () => {
    expect(sweepHistogramOption({ ...data, edges: [1, 1, 1, 1] }, frame())).toBeNull()
    expect(sweepHistogramOption({ ...data, counts: [0, 0, 0] }, frame())).toBeNull()
  })
})

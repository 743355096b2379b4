import { dayIndex, dayTitle, interleaved, outOfSampleArea, timeAxis, valueAxis } from './axes.ts'
import { equityMargins, spread } from './equityGeometry.ts'
import { MS_PER_DAY, NARROW } from './frame.ts'
import type { ChartTheme, Picture, Frame, Zoom } from './frame.ts'
import { extent, linearTicks, lowerBound, padded, position, timeTicks } from './scales.ts'
import type { Tip } from './tip.ts'

export interface TimeLine {
  name: string
  /** [days], NaN where there is none. */
  values: Float64Array
  colour: string
  /** Fill between the line and zero. */
  area?: boolean
  /** Tells lines apart where colours are too few. */
  dash?: [on: number, off: number]
}

export interface TimeLines {
  dates: Int32Array
  split: number
  lines: TimeLine[]
  zoom: Zoom
  text: (value: number) => string
  /** Values the axis must show, such as 0 or 1. */
  include: number[]
  /** Epoch days at which a thin line stands. */
  marks?: number[]
}

const TOP = 10
const BOTTOM = 28

const marksAt = (days: number[], from: number, to: number, theme: ChartTheme): object => ({
  silent: true,
  animation: false,
  symbol: 'none',
  label: { show: false },
  lineStyle: { color: theme.lineStrong, width: 1, type: [2, 3] },
  data: days.filter((day) => day > from && day < to).map((day) => ({ xAxis: day * MS_PER_DAY })),
})

/** Lines on the time axis of the equity picture: rolling figures, exposure. Null when there is nothing to draw. */
export function timeLinesOption(data: TimeLines, { width, height, theme }: Frame): Picture | null {
  const { dates, split, lines, zoom, text } = data
  if (dates.length < 2) return null
  const from = zoom ? zoom[0] : dates[0]
  const to = zoom ? zoom[1] : dates[dates.length - 1]
  const first = lowerBound(dates, from)
  const last = Math.max(first, lowerBound(dates, to + 1) - 1)
  const found = extent([...lines.map((line) => line.values), data.include], first, last + 1)
  const any = extent(
    lines.map((line) => line.values),
    first,
    last + 1,
  )
  if (!found || !any) return null
  const included = extent([[found.min, found.max, ...data.include]])!
  const domain = padded(included, 0.06)
  const plot = height - TOP - BOTTOM
  const direct = width > NARROW

  const ends = lines.map((line) => line.values[last] ?? NaN)
  const pixels = ends.map((value) => plot * (1 - position(value, domain)))
  const apart = spread(pixels, 15)

  const option = {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { ...equityMargins(width), top: TOP, height: plot, containLabel: false, outerBoundsMode: 'none' },
    xAxis: timeAxis(theme, from, to, timeTicks(from, to, Math.max(2, Math.floor(width / 90)))),
    yAxis: valueAxis(theme, domain, linearTicks(domain, 4), text),
    series: lines.map((line, i) => ({
      id: line.name,
      name: line.name,
      type: 'line',
      dimensions: ['time', 'value'],
      showSymbol: false,
      symbol: 'circle',
      symbolSize: 6,
      animation: false,
      emphasis: { disabled: true },
      itemStyle: { color: line.colour },
      lineStyle: { color: line.colour, width: i === 0 ? 1.6 : 1.2, type: line.dash ?? 'solid' },
      ...(line.area ? { areaStyle: { color: line.colour, opacity: 0.14, origin: 0 } } : {}),
      endLabel: {
        show: direct && Number.isFinite(ends[i]),
        formatter: `${line.name} ${text(ends[i])}`,
        // The grey of the benchmark is a line's, too light for words.
        color: line.colour === theme.bench ? theme.ink3 : line.colour,
        fontFamily: theme.font,
        fontSize: 11,
        fontWeight: 550,
        distance: 6,
        offset: [0, apart[i] - pixels[i]],
      },
      data: interleaved(dates, line.values, { first, last }),
      ...(i === 0 ? outOfSampleArea(theme, dates, split, { first, last }) : {}),
      ...(i === 0 && data.marks ? { markLine: marksAt(data.marks, from, to, theme) } : {}),
    })),
  }
  const tip = (at: number): Tip | null => {
    const i = dayIndex(dates, at)
    if (i < 0) return null
    return {
      title: dayTitle(dates, split, i),
      rows: lines.map(({ name, values, colour }) => ({ name, colour, values: [text(values[i])] })),
    }
  }
  return { option, tip }
}

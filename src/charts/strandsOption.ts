import { dayIndex, dayTitle, interleaved, outOfSampleArea, timeAxis, valueAxis } from './axes.ts'
import { equityMargins } from './equityGeometry.ts'
import type { Frame, Picture, Zoom } from './frame.ts'
import { extent, linearTicks, lowerBound, padded, timeTicks } from './scales.ts'
import type { Tip } from './tip.ts'

/** A quantity of its own scale. */
export interface Strand {
  name: string
  /** [days], NaN where there is none. */
  values: Float64Array
  text: (value: number) => string
}

export interface Strands {
  dates: Int32Array
  split: number
  zoom: Zoom
  strands: Strand[]
}

const NAME = 18
const BOTTOM = 28

/** Height that so many strands want. */
export const strandsHeight = (n: number): number => n * 84 + BOTTOM

/** Quantities of different scales one below the other, on one time axis and under one crosshair. Null without values. */
export function strandsOption(data: Strands, { width, height, theme }: Frame): Picture | null {
  const { dates, split, zoom, strands } = data
  if (dates.length < 2 || !extent(strands.map(({ values }) => values))) return null
  const from = zoom ? zoom[0] : dates[0]
  const to = zoom ? zoom[1] : dates[dates.length - 1]
  const first = lowerBound(dates, from)
  const last = Math.max(first, lowerBound(dates, to + 1) - 1)
  const each = (height - BOTTOM) / strands.length
  const margins = { ...equityMargins(width), right: 12 }
  const ticks = timeTicks(from, to, Math.max(2, Math.floor(width / 90)))
  const lowest = strands.length - 1
  const domains = strands.map(({ values }) =>
    padded(extent([values, [0]], first, last + 1) ?? { min: 0, max: 1 }, 0.1),
  )
  const option = {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: strands.map((_, i) => ({
      ...margins,
      top: i * each + NAME,
      height: each - NAME - 6,
      containLabel: false,
      outerBoundsMode: 'none',
    })),
    xAxis: strands.map((_, i) => timeAxis(theme, from, to, ticks, { labels: i === lowest, gridIndex: i })),
    yAxis: strands.map(({ name, text }, i) =>
      valueAxis(theme, domains[i], linearTicks(domains[i], 3), text, {
        gridIndex: i,
        name,
        nameLocation: 'end',
        nameGap: 5,
        nameTextStyle: {
          align: 'left',
          color: theme.ink2,
          fontFamily: theme.font,
          fontSize: 11,
          fontWeight: 550,
        },
      }),
    ),
    series: strands.map(({ name, values }, i) => ({
      name,
      type: 'line',
      xAxisIndex: i,
      yAxisIndex: i,
      dimensions: ['time', 'value'],
      step: 'end',
      showSymbol: false,
      symbol: 'circle',
      symbolSize: 5,
      animation: false,
      emphasis: { disabled: true },
      itemStyle: { color: theme.accent },
      lineStyle: { color: theme.accent, width: 1.2 },
      areaStyle: { color: theme.accent, opacity: 0.12, origin: 0 },
      data: interleaved(dates, values, { first, last }),
      ...outOfSampleArea(theme, dates, split, { first, last }),
    })),
  }
  const tip = (at: number): Tip | null => {
    const i = dayIndex(dates, at)
    if (i < 0) return null
    return {
      title: dayTitle(dates, split, i),
      rows: strands.map(({ name, values, text }) => ({ name, values: [text(values[i])] })),
    }
  }
  return { option, tip }
}

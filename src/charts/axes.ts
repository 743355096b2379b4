import { date } from './format.ts'
import type { ChartTheme } from './frame.ts'
import { MS_PER_DAY } from './frame.ts'
import { lowerBound } from './scales.ts'
import type { Domain, TimeTick } from './scales.ts'

export const axisLabel = (theme: ChartTheme): object => ({
  color: theme.ink3,
  fontFamily: theme.font,
  fontSize: 11,
})

/** A value axis with the given domain and exactly the given ticks, lines but no axis of its own. */
export function valueAxis(
  theme: ChartTheme,
  domain: Domain,
  ticks: number[],
  text: (value: number) => string,
  more: object = {},
): object {
  return {
    type: 'value',
    min: domain.min,
    max: domain.max,
    axisLine: { show: false },
    axisTick: { show: false, customValues: ticks },
    axisLabel: { ...axisLabel(theme), margin: 8, customValues: ticks, formatter: text },
    splitLine: { show: true, lineStyle: { color: theme.line, width: 1 } },
    axisPointer: { show: false },
    ...more,
  }
}

/** A time axis between two epoch days with our own short labels. */
export function timeAxis(
  theme: ChartTheme,
  from: number,
  to: number,
  ticks: TimeTick[],
  { labels = true, ...more }: { labels?: boolean; [option: string]: unknown } = {},
): object {
  const values = ticks.map((tick) => tick.day * MS_PER_DAY)
  const texts = new Map(ticks.map((tick) => [tick.day * MS_PER_DAY, tick.text]))
  return {
    type: 'time',
    min: from * MS_PER_DAY,
    max: to * MS_PER_DAY,
    axisLine: { show: labels, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { show: labels, length: 4, lineStyle: { color: theme.lineStrong }, customValues: values },
    axisLabel: {
      ...axisLabel(theme),
      show: labels,
      margin: 9,
      customValues: values,
      hideOverlap: true,
      formatter: (value: number) => texts.get(value) ?? '',
    },
    splitLine: { show: false },
    axisPointer: {
      show: true,
      type: 'line',
      snap: true,
      label: { show: false },
      lineStyle: { color: theme.ink3, width: 1, type: 'solid', opacity: 0.6 },
    },
    ...more,
  }
}

/** Days on screen: inclusive indices into the dates. */
export interface Window {
  first: number
  last: number
}

/** [2 × days on screen] interleaved milliseconds and values, the shape ECharts reads without copying objects. */
export function interleaved(
  dates: Int32Array,
  values: ArrayLike<number>,
  { first, last }: Window,
  scale = 1,
): Float64Array {
  const flat = new Float64Array(2 * (last - first + 1))
  for (let i = first; i <= last; i++) {
    flat[2 * (i - first)] = dates[i] * MS_PER_DAY
    flat[2 * (i - first) + 1] = values[i] * scale
  }
  return flat
}

/** Index of the day at a value of the time axis; −1 outside of the dates. */
export function dayIndex(dates: Int32Array, milliseconds: number): number {
  const index = lowerBound(dates, Math.round(milliseconds / MS_PER_DAY))
  return index < dates.length ? index : -1
}

/** “12 Mar 2024, out of sample”. */
export function dayTitle(dates: Int32Array, split: number, index: number): string {
  return date(dates[index]) + (index >= split ? ', out of sample' : '')
}

/** The out-of-sample part as a shaded area, or nothing where none of it is on screen. */
export function outOfSampleArea(
  theme: ChartTheme,
  dates: Int32Array,
  split: number,
  { first, last }: Window,
  label = false,
): object {
  if (split <= 0 || split > last) return {}
  return {
    markArea: {
      silent: true,
      animation: false,
      // Below the grid lines.
      z: -1,
      itemStyle: { color: theme.shade },
      label: {
        show: label,
        position: 'insideTopLeft',
        distance: 6,
        color: theme.ink3,
        fontFamily: theme.font,
        fontSize: 11,
      },
      data: [
        [
          { name: 'Out of sample', xAxis: dates[Math.max(split, first)] * MS_PER_DAY },
          { xAxis: dates[last] * MS_PER_DAY },
        ],
      ],
    },
  }
}

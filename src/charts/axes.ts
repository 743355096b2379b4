import type { ChartTheme } from './frame.ts'
import { MS_PER_DAY } from './frame.ts'
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

/** [2 × days] interleaved milliseconds and values, the shape ECharts reads without copying objects. */
export function interleaved(dates: Int32Array, values: ArrayLike<number>, scale = 1): Float64Array {
  const flat = new Float64Array(2 * dates.length)
  for (let i = 0; i < dates.length; i++) {
    flat[2 * i] = dates[i] * MS_PER_DAY
    flat[2 * i + 1] = values[i] * scale
  }
  return flat
}

/** The out-of-sample part as a shaded area, or nothing where there is no split. */
export function outOfSampleArea(theme: ChartTheme, dates: Int32Array, split: number, label = false): object {
  if (split <= 0 || split >= dates.length) return {}
  return {
    markArea: {
      silent: true,
      animation: false,
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
          { name: 'Out of sample', xAxis: dates[split] * MS_PER_DAY },
          { xAxis: dates[dates.length - 1] * MS_PER_DAY },
        ],
      ],
    },
  }
}

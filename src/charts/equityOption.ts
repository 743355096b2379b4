import { interleaved, outOfSampleArea, timeAxis, valueAxis } from './axes.ts'
import { EQUITY, equityMargins, equityScales, spread } from './equityGeometry.ts'
import type { EquityData, EquityView } from './equityGeometry.ts'
import { date, number, percent, shortDollars } from './format.ts'
import { MS_PER_DAY, NARROW } from './frame.ts'
import type { ChartOption, Frame } from './frame.ts'
import { lowerBound, position } from './scales.ts'
import { tooltipBox, tooltipTable } from './tooltip.ts'

/** Equity and drawdown beside the benchmark: two plots, one time axis, one crosshair. Null when there is nothing to draw. */
export function equityOption(
  data: EquityData,
  view: EquityView,
  { width, theme }: Frame,
): ChartOption | null {
  const scales = equityScales(data, view, width)
  if (!scales) return null
  const { first, last, upper, lower, log } = scales
  const { dates, split } = data
  const hasBenchmark = data.benchmark.length > 0
  const benchmarkName = data.benchmarkName ?? 'Benchmark'
  const margins = equityMargins(width)
  const direct = width > NARROW
  const from = dates[first]
  const to = dates[last]
  const rebase = 100 / data.capital

  const ends = [data.equity[last] * rebase, hasBenchmark ? data.benchmark[last] * rebase : NaN]
  const pixels = ends.map((value) => EQUITY.upper * (1 - position(value, upper, log)))
  const apart = hasBenchmark ? spread(pixels, 15) : pixels
  const endLabel = (i: number, name: string, color: string): object => ({
    show: direct && Number.isFinite(ends[i]),
    formatter: `${name} ${number(ends[i], { digits: 0 })}`,
    color,
    fontFamily: theme.font,
    fontSize: 11,
    fontWeight: 550,
    distance: 6,
    offset: [0, apart[i] - pixels[i]],
  })
  const line = (id: string, name: string, colour: string, lineWidth: number): object => ({
    id,
    name,
    type: 'line',
    dimensions: ['time', 'value'],
    showSymbol: false,
    symbol: 'circle',
    symbolSize: 6,
    animation: false,
    emphasis: { disabled: true },
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: lineWidth, join: 'round' },
  })
  const grid = (top: number, height: number): object => ({
    left: margins.left,
    right: margins.right,
    top,
    height,
    containLabel: false,
    outerBoundsMode: 'none',
  })
  const marks = [theme.accent, theme.bench]
  const lowerTop = EQUITY.top + EQUITY.upper + EQUITY.gap

  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: [grid(EQUITY.top, EQUITY.upper), grid(lowerTop, EQUITY.lower)],
    xAxis: [
      timeAxis(theme, from, to, scales.time, { labels: false, gridIndex: 0 }),
      timeAxis(theme, from, to, scales.time, { gridIndex: 1 }),
    ],
    yAxis: [
      {
        ...valueAxis(theme, upper, scales.upperTicks, (value) => number(value, { digits: 0 }), {
          gridIndex: 0,
        }),
        type: log ? 'log' : 'value',
      },
      valueAxis(theme, lower, scales.lowerTicks, (value) => percent(value, { digits: 0 }), { gridIndex: 1 }),
    ],
    tooltip: {
      ...tooltipBox({ theme, marks, nameWidth: 70, valueWidth: 118 }),
      formatter: (params: unknown) => {
        const time = hoveredTime(params)
        const i = time === null ? -1 : lowerBound(dates, Math.round(time / MS_PER_DAY))
        if (i < 0 || i >= dates.length) return ''
        const row = (name: string, values: Float64Array, colour: string) => ({
          name,
          colour,
          value: `${number(values[i] * rebase, { digits: 1 })}   ${shortDollars(values[i])}`,
        })
        return tooltipTable(
          date(dates[i]) + (i >= split ? ', out of sample' : ''),
          [
            row('Strategy', data.equity, theme.accent),
            ...(hasBenchmark ? [row(benchmarkName, data.benchmark, theme.bench)] : []),
            { name: 'Drawdown', value: percent(data.drawdown[i]), colour: theme.accent },
            ...(hasBenchmark
              ? [{ name: benchmarkName, value: percent(data.benchmarkDrawdown[i]), colour: theme.bench }]
              : []),
          ],
          marks,
        )
      },
    },
    series: [
      ...(hasBenchmark
        ? [
            {
              ...line('benchmark', benchmarkName, theme.bench, 1.2),
              data: interleaved(dates, data.benchmark, rebase),
              endLabel: endLabel(1, benchmarkName, theme.ink3),
            },
          ]
        : []),
      {
        ...line('equity', 'Strategy', theme.accent, 1.8),
        data: interleaved(dates, data.equity, rebase),
        endLabel: endLabel(0, 'Strategy', theme.accent),
        ...outOfSampleArea(theme, dates, split, direct),
      },
      ...(hasBenchmark
        ? [
            {
              ...line('benchmarkDrawdown', benchmarkName, theme.bench, 1),
              xAxisIndex: 1,
              yAxisIndex: 1,
              data: interleaved(dates, data.benchmarkDrawdown),
            },
          ]
        : []),
      {
        ...line('drawdown', 'Drawdown', theme.loss, 1),
        xAxisIndex: 1,
        yAxisIndex: 1,
        areaStyle: { color: theme.loss, opacity: 0.2, origin: 0 },
        data: interleaved(dates, data.drawdown),
        ...outOfSampleArea(theme, dates, split),
      },
    ],
  }
}

/** The time under the pointer, from what ECharts hands to an axis tooltip. */
export function hoveredTime(params: unknown): number | null {
  const one: unknown = Array.isArray(params) ? params[0] : params
  if (typeof one !== 'object' || one === null || !('axisValue' in one)) return null
  const time = Number(one.axisValue)
  return Number.isFinite(time) ? time : null
}

import { dayIndex, dayTitle, interleaved, outOfSampleArea, timeAxis, valueAxis } from './axes.ts'
import { EQUITY, equityMargins, equityScales, spread } from './equityGeometry.ts'
import type { EquityData, EquityView } from './equityGeometry.ts'
import { number, percent, shortDollars } from './format.ts'
import { NARROW } from './frame.ts'
import type { Picture, Frame } from './frame.ts'
import { position } from './scales.ts'
import type { Tip, TipRow } from './tip.ts'

/** Equity and drawdown beside the benchmark: two plots, one time axis, one crosshair. Null when there is nothing to draw. */
export function equityOption(data: EquityData, view: EquityView, { width, theme }: Frame): Picture | null {
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
    lineStyle: { color: colour, width: lineWidth },
  })
  const grid = (top: number, height: number): object => ({
    left: margins.left,
    right: margins.right,
    top,
    height,
    containLabel: false,
    outerBoundsMode: 'none',
  })
  const lowerTop = EQUITY.top + EQUITY.upper + EQUITY.gap

  const option = {
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
    series: [
      ...(hasBenchmark
        ? [
            {
              ...line('benchmark', benchmarkName, theme.bench, 1.2),
              data: interleaved(dates, data.benchmark, scales, rebase),
              endLabel: endLabel(1, benchmarkName, theme.ink3),
            },
          ]
        : []),
      {
        ...line('equity', 'Strategy', theme.accent, 1.8),
        data: interleaved(dates, data.equity, scales, rebase),
        endLabel: endLabel(0, 'Strategy', theme.accent),
        ...outOfSampleArea(theme, dates, split, scales, direct),
      },
      ...(hasBenchmark
        ? [
            {
              ...line('benchmarkDrawdown', benchmarkName, theme.bench, 1),
              xAxisIndex: 1,
              yAxisIndex: 1,
              data: interleaved(dates, data.benchmarkDrawdown, scales),
            },
          ]
        : []),
      {
        ...line('drawdown', 'Drawdown', theme.loss, 1),
        xAxisIndex: 1,
        yAxisIndex: 1,
        areaStyle: { color: theme.loss, opacity: 0.2, origin: 0 },
        data: interleaved(dates, data.drawdown, scales),
        ...outOfSampleArea(theme, dates, split, scales),
      },
    ],
  }

  const tip = (at: number): Tip | null => {
    const i = dayIndex(dates, at)
    if (i < 0) return null
    const row = (name: string, colour: string, values: Float64Array, depths: Float64Array): TipRow => ({
      name,
      colour,
      values: [number(values[i] * rebase, { digits: 1 }), shortDollars(values[i]), percent(depths[i])],
    })
    return {
      title: dayTitle(dates, split, i),
      rows: [
        row('Strategy', theme.accent, data.equity, data.drawdown),
        ...(hasBenchmark ? [row(benchmarkName, theme.bench, data.benchmark, data.benchmarkDrawdown)] : []),
      ],
    }
  }
  return { option, tip }
}

import { axisLabel, valueAxis } from './axes.ts'
import { number, percent } from './format.ts'
import { NARROW } from './frame.ts'
import type { Picture, Frame } from './frame.ts'
import { extent, linearTicks, padded } from './scales.ts'
import type { Tip, TipRow } from './tip.ts'

export interface YearRow {
  year: number
  /** Fractions; NaN where missing. */
  total: number
  benchmark: number
}

/** Bars per year beside the benchmark; the text above the bar is its return. Null without years. */
export function yearlyOption(
  rows: YearRow[],
  benchmarkName: string | null,
  { width, theme }: Frame,
): Picture | null {
  const shown = rows.filter((row) => Number.isFinite(row.total))
  const found = extent([shown.map((row) => row.total), shown.map((row) => row.benchmark), [0]])
  if (shown.length === 0 || !found) return null
  const domain = padded(found, 0.14)
  const labels = shown.length * 44 < width
  const tone = (value: number): string => (value < 0 ? theme.loss : theme.gain)
  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 48, right: 8, top: 8, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: shown.map((row) => String(row.year)),
      axisLine: { show: true, onZero: true, lineStyle: { color: theme.lineStrong } },
      axisTick: { show: false },
      axisLabel: { ...axisLabel(theme), hideOverlap: true },
      axisPointer: { show: true, type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
    },
    yAxis: valueAxis(theme, domain, linearTicks(domain, 5), (value) => percent(value, { digits: 0 })),
    series: [
      {
        name: 'Strategy',
        type: 'bar',
        barMaxWidth: 30,
        barGap: '12%',
        barCategoryGap: '34%',
        animation: false,
        emphasis: { disabled: true },
        data: shown.map((row) => ({
          value: row.total,
          itemStyle: { color: tone(row.total) },
          label: {
            show: labels,
            position: row.total < 0 ? 'bottom' : 'top',
            distance: 4,
            formatter: number(row.total * 100, { digits: width > NARROW ? 1 : 0, signed: true }),
            color: theme.ink2,
            fontFamily: theme.font,
            fontSize: 11,
          },
        })),
      },
      ...(benchmarkName === null
        ? []
        : [
            {
              name: benchmarkName,
              type: 'bar',
              barMaxWidth: 30,
              animation: false,
              emphasis: { disabled: true },
              itemStyle: { color: theme.bench, opacity: 0.55 },
              data: shown.map((row) => row.benchmark),
            },
          ]),
    ],
  }
  const tip = (at: number): Tip | null => {
    const row = shown[at]
    if (!row) return null
    const line = (name: string, value: number, colour: string): TipRow => ({
      name,
      colour,
      values: [percent(value, { signed: true })],
    })
    return {
      title: String(row.year),
      rows: [
        line('Strategy', row.total, tone(row.total)),
        ...(benchmarkName === null ? [] : [line(benchmarkName, row.benchmark, theme.bench)]),
      ],
    }
  }
  return { option, tip }
}

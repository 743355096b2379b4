import { axisLabel, valueAxis } from './axes.ts'
import { number, percent } from './format.ts'
import { NARROW } from './frame.ts'
import type { ChartOption, Frame } from './frame.ts'
import { extent, linearTicks, padded } from './scales.ts'
import { tooltipBox, tooltipTable } from './tooltip.ts'

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
): ChartOption | null {
  const shown = rows.filter((row) => Number.isFinite(row.total))
  const found = extent([shown.map((row) => row.total), shown.map((row) => row.benchmark), [0]])
  if (shown.length === 0 || !found) return null
  const domain = padded(found, 0.14)
  const labels = shown.length * 44 < width
  const marks = [theme.gain, theme.loss, theme.bench]
  const tone = (value: number): string => (value < 0 ? theme.loss : theme.gain)
  return {
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
    tooltip: {
      ...tooltipBox({ theme, marks }),
      formatter: (params: unknown) => {
        const row = shown[indexOf(params)]
        if (!row) return ''
        return tooltipTable(
          String(row.year),
          [
            { name: 'Strategy', value: percent(row.total, { signed: true }), colour: tone(row.total) },
            ...(benchmarkName !== null && Number.isFinite(row.benchmark)
              ? [
                  {
                    name: benchmarkName,
                    value: percent(row.benchmark, { signed: true }),
                    colour: theme.bench,
                  },
                ]
              : []),
          ],
          marks,
        )
      },
    },
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
}

/** Which category is under the pointer. */
export function indexOf(params: unknown): number {
  const one: unknown = Array.isArray(params) ? params[0] : params
  return typeof one === 'object' && one !== null && 'dataIndex' in one ? Number(one.dataIndex) : -1
}

import { valueAxis } from './axes.ts'
import { count } from './format.ts'
import type { Picture, Frame } from './frame.ts'
import { linearTicks } from './scales.ts'
import type { Tip } from './tip.ts'

export interface SweepHistogram {
  /** [bins + 1] and [bins] */
  edges: ArrayLike<number>
  counts: ArrayLike<number>
  /** Where the colours change from orange to blue. */
  centre: number
  text: (value: number) => string
  /** Combinations that are pointed out; those beyond the bins stand at their edge. */
  marks: { name: string; value: number }[]
}

/** How many combinations gave which value, with some of them pointed out. Null without a spread of values. */
export function sweepHistogramOption(data: SweepHistogram, { width, theme }: Frame): Picture | null {
  const { edges, counts, centre, text } = data
  const from = edges[0]
  const to = edges[edges.length - 1]
  const most = Math.max(0, ...Array.from(counts))
  if (!(to > from) || most === 0) return null
  const range = { min: from, max: to }
  const domain = { min: 0, max: most * 1.12 }
  const ticks = linearTicks(range, Math.max(3, Math.floor(width / 70)))
  const tone = (bin: number): string =>
    edges[bin + 1] <= centre ? theme.loss : edges[bin] >= centre ? theme.gain : theme.bench
  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 48, right: 16, top: 26, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: [
      {
        type: 'category',
        data: Array.from(counts, (_, bin) => String(bin)),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { show: false },
        axisPointer: { show: true, type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
      },
      valueAxis(theme, range, ticks, text, {
        position: 'bottom',
        splitLine: { show: false },
        axisLine: { show: true, onZero: false, lineStyle: { color: theme.lineStrong } },
        axisTick: { show: true, length: 4, lineStyle: { color: theme.lineStrong }, customValues: ticks },
      }),
    ],
    yAxis: valueAxis(theme, domain, linearTicks(domain, 5), (value) => value.toLocaleString('en-US')),
    series: [
      {
        type: 'bar',
        barCategoryGap: '10%',
        animation: false,
        emphasis: { disabled: true },
        data: Array.from(counts, (value, bin) => ({ value, itemStyle: { color: tone(bin), opacity: 0.85 } })),
      },
      {
        type: 'line',
        xAxisIndex: 1,
        data: [],
        markLine: {
          silent: true,
          animation: false,
          symbol: 'none',
          lineStyle: { color: theme.ink, width: 1.2, type: 'solid' },
          data: data.marks
            .filter(({ value }) => Number.isFinite(value))
            .map(({ name, value }, i) => ({
              xAxis: Math.max(from, Math.min(to, value)),
              label: {
                formatter: name,
                // Two marks are often close: their names stand one above the other.
                distance: [0, 2 + 12 * (i % 2)],
                align: value > (from + to) / 2 ? 'right' : 'left',
                color: theme.ink2,
                fontFamily: theme.font,
                fontSize: 11,
              },
            })),
        },
      },
    ],
  }
  const tip = (bin: number): Tip | null =>
    bin < 0 || bin >= counts.length
      ? null
      : {
          title: `${text(edges[bin])} to ${text(edges[bin + 1])}`,
          rows: [{ name: 'Combinations', values: [count(counts[bin], 'combination')], colour: tone(bin) }],
        }
  return { option, tip }
}

import type { Bin } from '../../workers/backtest/api.ts'
import { axisLabel, valueAxis } from './axes.ts'
import { count, percent } from './format.ts'
import type { ChartOption, Frame } from './frame.ts'
import { linearTicks } from './scales.ts'
import { tooltipBox, tooltipTable } from './tooltip.ts'
import { indexOf } from './yearlyOption.ts'

/** Daily returns: bars for the strategy, a stepped line for the benchmark. Null without bins. */
export function distributionOption(
  bins: Bin[],
  benchmarkName: string | null,
  { width, theme }: Frame,
): ChartOption | null {
  const most = Math.max(
    0,
    ...bins.map((bin) => Math.max(bin.strategy, benchmarkName === null ? 0 : bin.benchmark)),
  )
  if (bins.length === 0 || most === 0) return null
  const domain = { min: 0, max: most * 1.06 }
  const every = Math.max(1, Math.ceil((bins.length * 52) / width))
  const zero = bins.findIndex((bin) => bin.to > 1e-12)
  const marks = [theme.gain, theme.loss, theme.bench]
  const tone = (bin: Bin): string => (bin.from + bin.to < 0 ? theme.loss : theme.gain)
  return {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 48, right: 8, top: 8, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: bins.map((bin) => percent(bin.from, { digits: 1, signed: true })),
      axisLine: { show: true, lineStyle: { color: theme.lineStrong } },
      axisTick: { show: false },
      axisLabel: {
        ...axisLabel(theme),
        interval: (i: number) => (i - Math.max(0, zero)) % every === 0,
        formatter: (text: string) => text,
        hideOverlap: true,
      },
      axisPointer: { show: true, type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
    },
    yAxis: valueAxis(theme, domain, linearTicks(domain, 5), (value) => String(value)),
    tooltip: {
      ...tooltipBox({ theme, marks }),
      formatter: (params: unknown) => {
        const bin = bins[indexOf(params)]
        if (!bin) return ''
        return tooltipTable(
          `${percent(bin.from, { signed: true })} to ${percent(bin.to, { signed: true })}`,
          [
            { name: 'Strategy', value: count(bin.strategy, 'day'), colour: tone(bin) },
            ...(benchmarkName === null
              ? []
              : [{ name: benchmarkName, value: count(bin.benchmark, 'day'), colour: theme.bench }]),
          ],
          marks,
        )
      },
    },
    series: [
      {
        name: 'Strategy',
        type: 'bar',
        barCategoryGap: '10%',
        animation: false,
        emphasis: { disabled: true },
        data: bins.map((bin) => ({ value: bin.strategy, itemStyle: { color: tone(bin), opacity: 0.85 } })),
      },
      ...(benchmarkName === null
        ? []
        : [
            {
              name: benchmarkName,
              type: 'line',
              step: 'middle',
              showSymbol: false,
              animation: false,
              emphasis: { disabled: true },
              itemStyle: { color: theme.bench },
              lineStyle: { color: theme.ink3, width: 1.2 },
              data: bins.map((bin) => bin.benchmark),
            },
          ]),
    ],
  }
}

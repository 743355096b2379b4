import type { Bin } from '../../workers/backtest/api.ts'
import { valueAxis } from './axes.ts'
import { count, percent } from './format.ts'
import type { Picture, Frame } from './frame.ts'
import { linearTicks } from './scales.ts'
import type { Tip, TipRow } from './tip.ts'

/** Daily returns: bars for the strategy, a stepped line for the benchmark. Null without bins. */
export function distributionOption(
  bins: Bin[],
  benchmarkName: string | null,
  { width, theme }: Frame,
): Picture | null {
  const most = Math.max(
    0,
    ...bins.map((bin) => Math.max(bin.strategy, benchmarkName === null ? 0 : bin.benchmark)),
  )
  if (bins.length === 0 || most === 0) return null
  const domain = { min: 0, max: most * 1.06 }
  const edges = { min: bins[0].from, max: bins[bins.length - 1].to }
  const edgeText = (value: number): string =>
    percent(value, { digits: value * 100 === Math.round(value * 100) ? 0 : 1, signed: true })
  const ticks = linearTicks(edges, Math.max(3, Math.floor(width / 62)))
  // The bin around zero is neither a gain nor a loss.
  const tone = (bin: Bin): string =>
    bin.to <= 1e-12 ? theme.loss : bin.from >= -1e-12 ? theme.gain : theme.bench
  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 48, right: 16, top: 8, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: [
      {
        type: 'category',
        data: bins.map((bin) => String(bin.from)),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { show: false },
        axisPointer: { show: true, type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
      },
      // Bins are spans, so their edges are labelled, not their middles.
      valueAxis(theme, edges, ticks, edgeText, {
        position: 'bottom',
        splitLine: { show: false },
        axisLine: { show: true, onZero: false, lineStyle: { color: theme.lineStrong } },
        axisTick: { show: true, length: 4, lineStyle: { color: theme.lineStrong }, customValues: ticks },
      }),
    ],
    yAxis: valueAxis(theme, domain, linearTicks(domain, 5), (value) => String(value)),
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
  const tip = (at: number): Tip | null => {
    const bin = bins[at]
    if (!bin) return null
    const line = (name: string, days: number, colour: string): TipRow => ({
      name,
      colour,
      values: [count(days, 'day')],
    })
    return {
      title: `${percent(bin.from, { digits: 2, signed: true })} to ${percent(bin.to, { digits: 2, signed: true })}`,
      rows: [
        line('Strategy', bin.strategy, tone(bin)),
        ...(benchmarkName === null ? [] : [line(benchmarkName, bin.benchmark, theme.ink3)]),
      ],
    }
  }
  return { option, tip }
}

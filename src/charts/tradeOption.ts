import type { ReportTrade, TradeChart } from '../../workers/backtest/api.ts'
import { axisLabel, valueAxis } from './axes.ts'
import { date, number, price } from './format.ts'
import type { Picture, Frame } from './frame.ts'
import { listedBars } from './listedBars.ts'
import { extent, linearTicks, lowerBound, padded, timeTicks } from './scales.ts'
import type { Tip, TipRow } from './tip.ts'

/** The trade on its chart; days as epoch days, because the bars have dates of their own. */
export interface ShownTrade extends Pick<
  ReportTrade,
  'direction' | 'entryPrice' | 'exitPrice' | 'exitReason' | 'stop' | 'target' | 'profit'
> {
  entryDate: number
  exitDate: number
  /** Of a structure of options: what is drawn in place of its own prices, which stand on another scale. */
  strikes?: Strike[]
}

export interface Strike {
  /** “350 call”. */
  name: string
  /** As listed on the day of the entry. */
  price: number
  sold: boolean
}

const LOWER = 56
const GAP = 16
const BOTTOM = 26

/**
 * Candles with volume, the holding period shaded, entry, exit, stop and target drawn. Of a structure of options the
 * strikes are drawn over the share as it was listed. Null without bars.
 */
export function tradeOption(
  adjusted: TradeChart,
  trade: ShownTrade,
  { width, height, theme }: Frame,
): Picture | null {
  const days = adjusted.dates.length
  if (days === 0) return null
  const entry = Math.min(lowerBound(adjusted.dates, trade.entryDate), days - 1)
  const exit = Math.min(lowerBound(adjusted.dates, trade.exitDate), days - 1)
  const { strikes } = trade
  const chart = strikes ? listedBars(adjusted, entry) : adjusted
  const levels = strikes
    ? strikes.map((strike) => strike.price)
    : [trade.entryPrice, trade.exitPrice, trade.stop, trade.target]
  const found = extent([chart.low, chart.high, levels])
  if (!found) return null
  const domain = padded(found, 0.06)
  const busiest = extent([chart.volume])?.max ?? 0
  const upper = height - 10 - GAP - LOWER - BOTTOM
  const ticks = timeTicks(chart.dates[0], chart.dates[days - 1], Math.max(2, Math.floor(width / 90)))
  const tickAt = new Map(
    ticks.map((tick) => [Math.min(lowerBound(chart.dates, tick.day), days - 1), tick.text]),
  )
  const tone = trade.profit < 0 ? theme.loss : theme.gain
  const grid = (top: number, size: number): object => ({
    left: 52,
    right: width > 480 ? 76 : 12,
    top,
    height: size,
    containLabel: false,
    outerBoundsMode: 'none',
  })
  const category = (gridIndex: number, labels: boolean): object => ({
    type: 'category',
    gridIndex,
    data: Array.from(chart.dates, (day) => String(day)),
    axisLine: { show: labels, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: {
      ...axisLabel(theme),
      show: labels,
      interval: (i: number) => tickAt.has(i),
      formatter: (_: string, i: number) => tickAt.get(i) ?? '',
      hideOverlap: true,
    },
    axisPointer: {
      show: true,
      type: 'line',
      label: { show: false },
      lineStyle: { color: theme.ink3, width: 1, type: 'solid', opacity: 0.6 },
    },
  })
  // Levels hold from the entry to the exit; a faint rest leads to their labels at the edge.
  const level = (name: string, value: number, color: string, text = price(value)): object[] => {
    if (!Number.isFinite(value)) return []
    const line = (opacity: number): object => ({ color, type: [4, 3], width: 1.2, opacity })
    const label = {
      show: width > 480,
      opacity: 1,
      position: 'end',
      distance: 6,
      formatter: `${name} ${text}`.trim(),
      color,
      fontFamily: theme.font,
      fontSize: 11,
    }
    return [
      [{ coord: [entry, value], lineStyle: line(1), label: { show: false } }, { coord: [exit, value] }],
      // A line without length would put its label upon itself.
      [
        { coord: [Math.min(exit, days - 2), value], lineStyle: line(0.25), label },
        { coord: [days - 1, value] },
      ],
    ]
  }
  const mark = (at: number, value: number, opens: boolean): object => {
    const buys = opens === (trade.direction === 1)
    return {
      coord: [at, value],
      symbol: 'triangle',
      symbolSize: 11,
      symbolRotate: buys ? 0 : 180,
      symbolOffset: [0, buys ? 9 : -9],
      itemStyle: { color: opens ? theme.ink : tone, borderColor: theme.surface, borderWidth: 1.5 },
      label: { show: false },
    }
  }
  const option = {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: [grid(10, upper), grid(10 + upper + GAP, LOWER)],
    xAxis: [category(0, false), category(1, true)],
    yAxis: [
      valueAxis(theme, domain, linearTicks(domain, 6), price, { gridIndex: 0 }),
      valueAxis(theme, { min: 0, max: busiest * 1.05 || 1 }, [0], () => 'Vol.', {
        gridIndex: 1,
        splitLine: { show: false },
      }),
    ],
    series: [
      {
        type: 'candlestick',
        animation: false,
        barMaxWidth: 9,
        emphasis: { disabled: true },
        itemStyle: {
          color: theme.surface,
          color0: theme.ink3,
          borderColor: theme.ink2,
          borderColor0: theme.ink3,
          borderWidth: 1,
        },
        data: Array.from(chart.dates, (_, i) => [chart.open[i], chart.close[i], chart.low[i], chart.high[i]]),
        markArea: {
          silent: true,
          animation: false,
          itemStyle: { color: tone, opacity: 0.08 },
          data: [[{ xAxis: entry }, { xAxis: exit }]],
        },
        markLine: {
          silent: true,
          animation: false,
          symbol: 'none',
          data: strikes
            ? strikes.flatMap((strike) =>
                level(
                  // Signed, because colour alone says nothing to some.
                  `${strike.sold ? '−' : '+'} ${strike.name}`,
                  strike.price,
                  strike.sold ? theme.loss : theme.gain,
                  '',
                ),
              )
            : [...level('Target', trade.target, theme.gain), ...level('Stop', trade.stop, theme.loss)],
        },
        markPoint: {
          silent: true,
          animation: false,
          data: [
            mark(entry, strikes ? chart.close[entry] : trade.entryPrice, true),
            mark(exit, strikes ? chart.close[exit] : trade.exitPrice, false),
          ],
        },
      },
      {
        type: 'bar',
        xAxisIndex: 1,
        yAxisIndex: 1,
        animation: false,
        barMaxWidth: 9,
        emphasis: { disabled: true },
        itemStyle: { color: theme.bench, opacity: 0.5 },
        data: Array.from(chart.volume),
      },
    ],
  }
  const tip = (at: number): Tip | null => {
    const day = chart.dates[at]
    if (day === undefined) return null
    const row = (name: string, value: string): TipRow => ({ name, values: [value] })
    return {
      title: date(day),
      rows: [
        ...(at === entry ? [row(strikes ? 'Structure in' : 'Entry', price(trade.entryPrice))] : []),
        ...(at === exit ? [row(strikes ? 'Structure out' : 'Exit', price(trade.exitPrice))] : []),
        row('Open', price(chart.open[at])),
        row('High', price(chart.high[at])),
        row('Low', price(chart.low[at])),
        row('Close', price(chart.close[at])),
        row('Volume', number(chart.volume[at], { digits: 0 })),
      ],
    }
  }
  return { option, tip }
}

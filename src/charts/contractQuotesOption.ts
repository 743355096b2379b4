import type { ContractView } from '../../workers/backtest/api.ts'
import { dayIndex, timeAxis, valueAxis } from './axes.ts'
import { date, number, percent } from './format.ts'
import { MS_PER_DAY } from './frame.ts'
import type { ChartTheme, Frame, Picture } from './frame.ts'
import { extent, linearTicks, padded, timeTicks } from './scales.ts'
import type { Tip } from './tip.ts'

const TOP = 14
const GAP = 26
const BOTTOM = 28

/**
 * What a contract was quoted at, and its volatility beside the smile, on one axis of time. Null without a quote.
 *
 * @param day epoch day that is looked at
 */
export function contractQuotesOption(
  view: ContractView,
  day: number,
  { width, height, theme }: Frame,
): Picture | null {
  const { days, bid, ask, mid, vol, fitVol, z } = listed(view)
  const prices = extent([bid, ask, mid])
  if (days.length === 0 || !prices) return null
  const vols = extent([vol, fitVol])
  const [from, to] = days.length > 1 ? [days[0], days[days.length - 1]] : [days[0] - 7, days[0] + 7]
  const plot = (height - TOP - GAP - BOTTOM) / 2
  const ticks = timeTicks(from, to, Math.max(2, Math.floor(width / 90)))
  const priceDomain = {
    ...padded({ min: Math.min(0, prices.min), max: prices.max }, 0.08),
    min: Math.min(0, prices.min),
  }
  const volDomain = vols ? padded(vols, 0.12) : { min: 0, max: 1 }
  const axes = { prices: 0, vols: 1 }
  const pairs = (values: Float64Array): [number, number][] =>
    Array.from(days, (at, i) => [at * MS_PER_DAY, values[i]])
  const line = (
    name: string,
    values: Float64Array,
    colour: string,
    axis: number,
    more: object = {},
  ): object => ({
    name,
    type: 'line',
    xAxisIndex: axis,
    yAxisIndex: axis,
    animation: false,
    emphasis: { disabled: true },
    // One quote alone is no line.
    showSymbol: days.length === 1,
    symbol: 'circle',
    symbolSize: 5,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 1.4 },
    data: pairs(values),
    ...more,
  })
  const grid = (top: number): object => ({
    left: 52,
    right: 16,
    top,
    height: plot,
    containLabel: false,
    outerBoundsMode: 'none',
  })
  const named = (name: string): object => ({
    name,
    nameLocation: 'end',
    nameGap: 5,
    nameTextStyle: {
      color: theme.ink2,
      fontFamily: theme.font,
      fontSize: 11,
      align: 'left',
      padding: [0, 0, -2, -44],
    },
  })
  const option = {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: [grid(TOP), grid(TOP + plot + GAP)],
    xAxis: [
      timeAxis(theme, from, to, ticks, { gridIndex: 0, labels: false }),
      timeAxis(theme, from, to, ticks, { gridIndex: 1 }),
    ],
    yAxis: [
      valueAxis(theme, priceDomain, linearTicks(priceDomain, 4), (value) => number(value), {
        gridIndex: 0,
        ...named('Price'),
      }),
      valueAxis(
        theme,
        volDomain,
        vols ? linearTicks(volDomain, 4) : [],
        (value) => percent(value, { digits: 0 }),
        {
          gridIndex: 1,
          ...named('Volatility'),
        },
      ),
    ],
    series: [
      ...band({ days, bid, ask }, theme),
      line('Mid', mid, theme.ink, axes.prices, { markLine: dayMark(day, theme) }),
      line('Volatility', vol, theme.ink, axes.vols, { markLine: dayMark(day, theme) }),
      line('Smile', fitVol, theme.accent, axes.vols, {
        lineStyle: { color: theme.accent, width: 1.4, type: [5, 4] },
      }),
    ],
  }
  const tip = (at: number): Tip | null => {
    const i = dayIndex(days, at)
    if (i < 0) return null
    return {
      title: date(days[i]),
      rows: [
        { name: 'Bid, ask', values: [`${number(bid[i])} – ${number(ask[i])}`], colour: theme.bench },
        { name: 'Mid', values: [number(mid[i])], colour: theme.ink },
        { name: 'Volatility', values: [percent(vol[i])], colour: theme.ink },
        { name: 'Smile', values: [percent(fitVol[i])], colour: theme.accent },
        { name: 'z', values: [number(z[i], { signed: true })] },
      ],
    }
  }
  return { option, tip }
}

/** From the first to the last day with a quote: the years before it was listed say nothing. */
function listed({
  days,
  bid,
  ask,
  mid,
  vol,
  fitVol,
  z,
}: ContractView): Omit<
  ContractView,
  'symbol' | 'title' | 'spot' | 'volume' | 'openInterest' | 'row' | 'structure'
> {
  const quoted = Array.from(days.keys()).filter((i) => [bid[i], ask[i], mid[i]].some(Number.isFinite))
  const [from, to] = quoted.length > 0 ? [quoted[0], quoted[quoted.length - 1] + 1] : [0, 0]
  const part = (column: Float64Array): Float64Array => column.subarray(from, to)
  return {
    days: days.subarray(from, to),
    bid: part(bid),
    ask: part(ask),
    mid: part(mid),
    vol: part(vol),
    fitVol: part(fitVol),
    z: part(z),
  }
}

const dayMark = (day: number, theme: ChartTheme): object => ({
  silent: true,
  animation: false,
  symbol: 'none',
  label: { show: false },
  lineStyle: { color: theme.lineStrong, width: 1, type: [2, 3] },
  data: [{ xAxis: day * MS_PER_DAY }],
})

/** Bid to ask as a surface: its lower edge, invisible, and the spread stacked on it. */
function band({ days, bid, ask }: Pick<ContractView, 'days' | 'bid' | 'ask'>, theme: ChartTheme): object[] {
  if (days.length < 2) return []
  const edge = (value: (i: number) => number, more: object): object => ({
    type: 'line',
    silent: true,
    animation: false,
    showSymbol: false,
    emphasis: { disabled: true },
    stack: 'spread',
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
    data: Array.from(days, (day, i) => [day * MS_PER_DAY, value(i)]),
    ...more,
  })
  return [
    edge((i) => bid[i], {}),
    edge((i) => ask[i] - bid[i], { areaStyle: { color: theme.bench, opacity: 0.35 } }),
  ]
}

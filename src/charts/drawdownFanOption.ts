import type { Guard } from '../../workers/backtest/api.ts'
import { valueAxis } from './axes.ts'
import { count, percent } from './format.ts'
import type { Frame, Picture } from './frame.ts'
import { extent, linearTicks } from './scales.ts'
import type { Tip } from './tip.ts'

export type Fan = NonNullable<Guard['fan']>

/** Drawdowns of the resampled days as a fan, and the measured one in it. Null when there is nothing to draw. */
export function drawdownFanOption(fan: Fan, { width, theme }: Frame): Picture | null {
  const { day, low, middle, high, actual } = fan
  const found = extent([low, actual])
  if (day.length < 2 || !found) return null
  const days = { min: 0, max: day[day.length - 1] }
  const depths = { min: Math.min(found.min, -0.01) * 1.06, max: 0 }
  const ticks = linearTicks(days, Math.max(2, Math.floor(width / 90)))
  const points = (values: ArrayLike<number>) => Array.from(day, (at, i) => [at, values[i]])
  const line = (name: string, values: ArrayLike<number>, style: object, more: object = {}) => ({
    name,
    type: 'line',
    showSymbol: false,
    animation: false,
    emphasis: { disabled: true },
    silent: true,
    lineStyle: style,
    data: points(values),
    ...more,
  })
  const stack = { stack: 'fan', stackStrategy: 'all' }
  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 52, right: 14, top: 8, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: valueAxis(theme, days, ticks, (value) => String(value), {
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
      axisTick: { show: true, length: 4, lineStyle: { color: theme.lineStrong }, customValues: ticks },
      axisPointer: {
        show: true,
        type: 'line',
        snap: true,
        label: { show: false },
        lineStyle: { color: theme.ink3, width: 1, type: 'solid', opacity: 0.6 },
      },
    }),
    yAxis: valueAxis(theme, depths, linearTicks(depths, 4), (value) => percent(value, { digits: 0 })),
    series: [
      line('5 %', low, { opacity: 0 }, stack),
      line(
        '95 %',
        high.map((value, i) => value - low[i]),
        { opacity: 0 },
        { ...stack, areaStyle: { color: theme.bench, opacity: 0.22 } },
      ),
      line('Median', middle, { color: theme.ink3, width: 1.2, type: 'dashed' }),
      line('Measured', actual, { color: theme.accent, width: 1.6 }),
    ],
  }
  const tip = (at: number): Tip | null => {
    let i = 0
    while (i + 1 < day.length && Math.abs(day[i + 1] - at) <= Math.abs(day[i] - at)) i++
    return {
      title: `After ${count(day[i], 'day')}`,
      rows: [
        { name: 'Measured', colour: theme.accent, values: [percent(actual[i])] },
        { name: 'Median', colour: theme.ink3, values: [percent(middle[i])] },
        {
          name: '90 % of resamples',
          colour: theme.bench,
          values: [`${percent(low[i])} to ${percent(high[i])}`],
        },
      ],
    }
  }
  return { option, tip }
}

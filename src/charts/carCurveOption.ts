import type { EventStudyResult } from '../../workers/backtest/api.ts'
import { valueAxis } from './axes.ts'
import { number, percent } from './format.ts'
import type { ChartTheme, Frame, Picture } from './frame.ts'
import { extent, linearTicks, padded } from './scales.ts'
import type { Tip } from './tip.ts'

export type CarCurve = Pick<
  EventStudyResult,
  'days' | 'meanAbnormal' | 'meanCar' | 'carLow' | 'carHigh' | 'events'
>

/** Up to so many days every point has its own whisker; more are clearer as a band. */
const mostWhiskers = 15

/**
 * The mean cumulative abnormal return from the first day of the window on, with its interval, and the mean
 * abnormal return of each day as a bar. Null without events.
 */
export function carCurveOption(curve: CarCurve, { width, theme }: Frame): Picture | null {
  const { days, meanAbnormal, meanCar, carLow, carHigh } = curve
  const found = extent([meanAbnormal, meanCar, carLow, carHigh, [0]])
  if (curve.events === 0 || days.length === 0 || !found) return null
  const domain = padded(found, 0.08)
  const first = days[0]
  const last = days[days.length - 1]
  const span = { min: first - 0.6, max: last + 0.6 }
  const ticks = dayTicks(span, Math.max(3, Math.floor(width / 64)))
  const text = (value: number): string => percent(value, { digits: digitsOf(domain.max - domain.min) })
  const at = (values: ArrayLike<number>) => Array.from(days, (day, i) => [day, values[i]])

  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 56, right: 20, top: 10, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: valueAxis(theme, span, ticks, dayText, {
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
    yAxis: valueAxis(theme, domain, linearTicks(domain, 6), text),
    series: [
      {
        name: 'Mean of the day',
        type: 'bar',
        barWidth: Math.max(1, Math.min(14, (0.5 * (width - 76)) / days.length)),
        animation: false,
        silent: true,
        emphasis: { disabled: true },
        data: Array.from(days, (day, i) => ({
          value: [day, meanAbnormal[i]],
          itemStyle: { color: meanAbnormal[i] < 0 ? theme.loss : theme.gain, opacity: 0.35 },
        })),
      },
      ...(days.length > mostWhiskers ? band(at(carLow), at(carHigh), theme) : whiskers(curve, theme)),
      {
        name: 'Mean CAR',
        type: 'line',
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: days.length <= mostWhiskers,
        animation: false,
        emphasis: { disabled: true },
        itemStyle: { color: theme.accent },
        lineStyle: { color: theme.accent, width: 1.8 },
        data: at(meanCar),
        markLine: marks(first < 0 && last >= 0, theme),
      },
    ],
  }
  const tip = (value: number): Tip | null => {
    const i = days.indexOf(Math.round(value))
    if (i < 0) return null
    const signed = (each: number): string => percent(each, { digits: 2, signed: true })
    return {
      title: `Day ${dayText(days[i])}`,
      rows: [
        { name: 'Mean CAR', colour: theme.accent, values: [signed(meanCar[i])] },
        { name: '95 % interval', values: [`${signed(carLow[i])} to ${signed(carHigh[i])}`] },
        {
          name: 'Mean of the day',
          colour: meanAbnormal[i] < 0 ? theme.loss : theme.gain,
          values: [signed(meanAbnormal[i])],
        },
      ],
    }
  }
  return { option, tip }
}

/** −5, 0, +5: the sign tells before from after. */
export const dayText = (day: number): string => number(day, { digits: 0, signed: true })

/** Whole days, nought among them where it is in sight. */
function dayTicks(span: { min: number; max: number }, most: number): number[] {
  return linearTicks(span, most).filter(Number.isInteger)
}

const digitsOf = (height: number): number => (height > 0.08 ? 0 : height > 0.008 ? 1 : 2)

/** Nought, and the day of the event. */
function marks(withDay: boolean, theme: ChartTheme): object {
  const line = (more: object, type: string | number[]) => ({
    ...more,
    lineStyle: { color: theme.lineStrong, width: 1, type },
  })
  return {
    silent: true,
    animation: false,
    symbol: 'none',
    label: { show: false },
    data: [line({ yAxis: 0 }, 'solid'), ...(withDay ? [line({ xAxis: 0 }, [2, 3])] : [])],
  }
}

type Points = number[][]

/** The interval as a surface: its lower edge, invisible, and the rest stacked on it. */
function band(low: Points, high: Points, theme: ChartTheme): object[] {
  if (low.some(([, value]) => Number.isNaN(value))) return []
  const edge = (data: Points, more: object) => ({
    type: 'line',
    silent: true,
    animation: false,
    showSymbol: false,
    emphasis: { disabled: true },
    stack: 'interval',
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
    data,
    ...more,
  })
  return [
    edge(low, {}),
    edge(
      high.map(([day, value], i) => [day, value - low[i][1]]),
      { areaStyle: { color: theme.accent, opacity: 0.14 } },
    ),
  ]
}

function whiskers({ days, carLow, carHigh }: CarCurve, theme: ChartTheme): object[] {
  return Array.from(days, (day, i) => ({
    type: 'line',
    silent: true,
    animation: false,
    showSymbol: false,
    emphasis: { disabled: true },
    lineStyle: { color: theme.accent, width: 4, opacity: 0.3, cap: 'round' },
    data: [
      [day, carLow[i]],
      [day, carHigh[i]],
    ],
  }))
}

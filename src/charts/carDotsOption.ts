import type { EventStudyResult } from '../../workers/backtest/api.ts'
import { timeAxis, valueAxis } from './axes.ts'
import { date, percent } from './format.ts'
import { MS_PER_DAY } from './frame.ts'
import type { Frame, Picture } from './frame.ts'
import { extent, linearTicks, padded, timeTicks } from './scales.ts'
import type { Tip } from './tip.ts'

type Each = EventStudyResult['each']

const mostInTip = 8

/** Every event's cumulative abnormal return on its day, and their mean. Null without events. */
export function carDotsOption(each: Each, mean: number, { width, theme }: Frame): Picture | null {
  const found = extent([each.map(({ car }) => car), [0]])
  if (each.length === 0 || !found) return null
  const domain = padded(found, 0.06)
  const days = each.map(({ day }) => day)
  const [earliest, latest] = [Math.min(...days), Math.max(...days)]
  const room = Math.max(2, Math.ceil(0.01 * (latest - earliest)))
  const [from, to] = [earliest - room, latest + room]
  const tone = (value: number): string => (value < 0 ? theme.loss : theme.gain)
  const option = {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 56, right: 20, top: 10, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: timeAxis(theme, from, to, timeTicks(from, to, Math.max(2, Math.floor(width / 90)))),
    yAxis: valueAxis(theme, domain, linearTicks(domain, 6), (value) => percent(value, { digits: 0 })),
    series: [
      {
        name: 'Events',
        type: 'line',
        animation: false,
        emphasis: { disabled: true },
        symbol: 'circle',
        symbolSize: each.length > 300 ? 4 : 6,
        showSymbol: true,
        showAllSymbol: true,
        lineStyle: { width: 0, opacity: 0 },
        data: each.map(({ day, car }) => ({
          value: [day * MS_PER_DAY, car],
          itemStyle: { color: tone(car), opacity: 0.7 },
        })),
        markLine: {
          silent: true,
          animation: false,
          symbol: 'none',
          data: [
            {
              yAxis: mean,
              label: { show: false },
              lineStyle: { color: theme.accent, width: 1.4, type: 'solid' },
            },
            {
              yAxis: 0,
              label: { show: false },
              lineStyle: { color: theme.lineStrong, width: 1, type: 'solid' },
            },
          ],
        },
      },
    ],
  }
  const tip = (at: number): Tip | null => {
    const day = Math.round(at / MS_PER_DAY)
    const found = each.filter((one) => one.day === day)
    if (found.length === 0) return null
    const rows = found.slice(0, mostInTip).map(({ symbol, car }) => ({
      name: symbol,
      colour: tone(car),
      values: [percent(car, { digits: 2, signed: true })],
    }))
    const more = found.length - rows.length
    return {
      title: date(day),
      rows: more > 0 ? [...rows, { name: `and ${more} more`, values: [''] }] : rows,
    }
  }
  return { option, tip }
}

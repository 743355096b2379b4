import { valueAxis } from './axes.ts'
import { date, number, percent, price } from './format.ts'
import type { Frame, Picture } from './frame.ts'
import { extent, linearTicks, padded } from './scales.ts'
import type { Tip } from './tip.ts'

export interface Term {
  expiry: number
  days: number
  forward: number
  atmVol: number
}

/** Volatility at the money by days to expiry. Null without one. */
export function termOption(terms: Term[], { width, theme }: Frame): Picture | null {
  const some = terms.filter(({ atmVol }) => Number.isFinite(atmVol))
  const vols = extent([some.map(({ atmVol }) => atmVol)])
  const days = extent([some.map(({ days }) => days), [0]])
  if (!vols || !days) return null
  const domain = padded(vols, 0.15)
  const span = { min: 0, max: days.max * 1.03 || 1 }
  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 52, right: 16, top: 12, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: valueAxis(
      theme,
      span,
      linearTicks(span, Math.max(2, Math.floor(width / 80))),
      (value) => number(value, { digits: 0 }),
      {
        splitLine: { show: false },
        axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
        axisPointer: {
          show: true,
          type: 'line',
          snap: true,
          label: { show: false },
          lineStyle: { color: theme.ink3, width: 1, type: 'solid', opacity: 0.6 },
        },
      },
    ),
    yAxis: valueAxis(theme, domain, linearTicks(domain, 4), (value) => percent(value, { digits: 0 })),
    series: [
      {
        name: 'At the money',
        type: 'line',
        animation: false,
        emphasis: { disabled: true },
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: true,
        showAllSymbol: true,
        itemStyle: { color: theme.accent },
        lineStyle: { color: theme.accent, width: 1.4 },
        data: some.map(({ days, atmVol }) => [days, atmVol]),
      },
    ],
  }
  const tip = (at: number): Tip | null => {
    const near = some.reduce<Term | null>(
      (best, one) => (best && Math.abs(best.days - at) <= Math.abs(one.days - at) ? best : one),
      null,
    )
    return (
      near && {
        title: `${date(near.expiry)}, ${number(near.days, { digits: 0 })} days`,
        rows: [
          { name: 'At the money', values: [percent(near.atmVol)], colour: theme.accent },
          { name: 'Forward', values: [price(near.forward)] },
        ],
      }
    )
  }
  return { option, tip }
}

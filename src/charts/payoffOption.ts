import { valueAxis } from './axes.ts'
import { dollars, price, shortDollars } from './format.ts'
import type { Frame, Picture } from './frame.ts'
import { extent, linearTicks, lowerBound, padded } from './scales.ts'
import type { Tip } from './tip.ts'

export interface PayoffLine {
  name: string
  /** [points] money of the position */
  profit: Float64Array
  kind: 'expiry' | 'today' | 'later'
}

export interface Payoff {
  /** [points] ascending: prices of the share, or moves of all shares as fractions */
  x: Float64Array
  lines: PayoffLine[]
  /** Thin lines down, such as the price of today and the break-evens. */
  marks: { x: number; name: string; strong?: boolean }[]
  /** What x is in words; absent = a price. */
  text?: (x: number) => string
}

/** Profit of a position by where the share stands. Null where there is nothing to draw. */
export function payoffOption(data: Payoff, { width, theme }: Frame): Picture | null {
  const { x, lines, marks, text = price } = data
  const found = extent([...lines.map(({ profit }) => profit), [0]])
  if (x.length < 2 || !found) return null
  const domain = padded(found, 0.08)
  const span = { min: x[0], max: x[x.length - 1] }
  const colour = { expiry: theme.ink, today: theme.accent, later: theme.warn }
  const dash = { expiry: 'solid', today: 'solid', later: [5, 4] }
  const ticks = linearTicks(span, Math.max(2, Math.floor(width / 90)))
  const series = lines.map(({ name, profit, kind }, i) => ({
    name,
    type: 'line',
    animation: false,
    emphasis: { disabled: true },
    showSymbol: false,
    symbol: 'circle',
    symbolSize: 5,
    itemStyle: { color: colour[kind] },
    lineStyle: { color: colour[kind], width: kind === 'expiry' ? 1.8 : 1.4, type: dash[kind] },
    data: Array.from(x, (at, k) => [at, profit[k]]),
    ...(i > 0
      ? {}
      : {
          markLine: {
            silent: true,
            animation: false,
            symbol: 'none',
            data: [
              {
                yAxis: 0,
                label: { show: false },
                lineStyle: { color: theme.lineStrong, type: 'solid', width: 1 },
              },
              ...marks
                .filter((mark) => mark.x >= span.min && mark.x <= span.max)
                .map((mark) => ({
                  xAxis: mark.x,
                  label: {
                    show: width > 420,
                    formatter: `${mark.name} ${text(mark.x)}`,
                    position: 'insideEndTop',
                    rotate: 0,
                    align: 'left',
                    distance: [4, 2],
                    color: theme.ink2,
                    fontFamily: theme.font,
                    fontSize: 11,
                  },
                  lineStyle: {
                    color: mark.strong ? theme.ink2 : theme.ink3,
                    type: mark.strong ? 'solid' : [3, 3],
                    width: 1,
                  },
                })),
            ],
          },
          // Gains and losses at expiry are told by their side of the line, and by tints.
          markArea: {
            silent: true,
            animation: false,
            z: -1,
            data: [
              [{ yAxis: 0, itemStyle: { color: theme.gain, opacity: 0.05 } }, { yAxis: domain.max }],
              [{ yAxis: domain.min, itemStyle: { color: theme.loss, opacity: 0.05 } }, { yAxis: 0 }],
            ],
          },
        }),
  }))
  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 60, right: 24, top: 14, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: valueAxis(theme, span, ticks, text, {
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
      axisPointer: {
        show: true,
        type: 'line',
        snap: false,
        label: { show: false },
        lineStyle: { color: theme.ink3, width: 1, type: 'solid', opacity: 0.6 },
      },
    }),
    yAxis: valueAxis(theme, domain, linearTicks(domain, 5), shortDollars),
    series,
  }
  const tip = (at: number): Tip | null => {
    if (!(at >= span.min && at <= span.max)) return null
    const above = Math.min(lowerBound(x, at), x.length - 1)
    const k = above > 0 && at - x[above - 1] < x[above] - at ? above - 1 : above
    return {
      title: text(x[k]),
      rows: lines.map(({ name, profit, kind }) => ({
        name,
        colour: colour[kind],
        values: [dollars(profit[k], { signed: true })],
      })),
    }
  }
  return { option, tip }
}

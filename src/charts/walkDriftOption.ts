import { axisLabel, valueAxis } from './axes.ts'
import type { Picture, Frame } from './frame.ts'
import { extent, padded } from './scales.ts'
import type { Tip } from './tip.ts'

/** The value of one parameter over the folds of a walk-forward. */
export interface Drift {
  label: string
  /** [values of the axis] where they stand on it, ascending: the number itself, or its place among choices. */
  scale: number[]
  /** [folds] on that scale; NaN where the fold held cash. */
  chosen: number[]
  text: (value: number) => string
}

export interface DriftFolds {
  /** [folds] under the last picture, and above the tip. */
  labels: string[]
  titles: string[]
}

const TOP = 26
const GAP = 34
const EACH = 74
const BOTTOM = 28

export const driftHeight = (parameters: number): number => parameters * (EACH + GAP) - GAP + TOP + BOTTOM

/** Small pictures one above the other, each on the whole range that was searched. Null without folds. */
export function walkDriftOption(
  drifts: Drift[],
  { labels, titles }: DriftFolds,
  { theme }: Frame,
): Picture | null {
  if (drifts.length === 0 || labels.length === 0) return null
  const last = drifts.length - 1
  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: drifts.map((_, i) => ({
      left: 64,
      right: 16,
      top: TOP + i * (EACH + GAP),
      height: EACH,
      containLabel: false,
      outerBoundsMode: 'none',
    })),
    xAxis: drifts.map((_, i) => ({
      type: 'category',
      gridIndex: i,
      data: labels,
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
      axisTick: { show: false },
      axisLabel: { ...axisLabel(theme), show: i === last, hideOverlap: true },
      axisPointer: { show: true, type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
    })),
    yAxis: drifts.map(({ label, scale, text }, i) => {
      const { min, max } = extent([scale])!
      const ends = max > min ? [min, max] : [min]
      return valueAxis(theme, padded({ min, max }, 0.1), ends, text, {
        gridIndex: i,
        name: label,
        nameLocation: 'end',
        nameGap: 9,
        nameTextStyle: {
          color: theme.ink2,
          fontFamily: theme.font,
          fontSize: 11,
          fontWeight: 550,
          align: 'left',
          padding: [0, 0, 0, -56],
        },
      })
    }),
    series: drifts.map(({ label, chosen }, i) => ({
      name: label,
      type: 'line',
      step: 'middle',
      xAxisIndex: i,
      yAxisIndex: i,
      symbol: 'circle',
      symbolSize: 6,
      showAllSymbol: true,
      connectNulls: false,
      animation: false,
      emphasis: { disabled: true },
      itemStyle: { color: theme.accent },
      lineStyle: { color: theme.accent, width: 1.4 },
      data: chosen.map((value) => (Number.isNaN(value) ? null : value)),
    })),
  }
  const tip = (at: number): Tip | null => {
    if (titles[at] === undefined) return null
    return {
      title: titles[at],
      rows: drifts.map(({ label, chosen, text }) => ({
        name: label,
        colour: theme.accent,
        values: [Number.isNaN(chosen[at]) ? 'cash' : text(chosen[at])],
      })),
    }
  }
  return { option, tip }
}

import { axisLabel, valueAxis } from './axes.ts'
import type { Picture, Frame } from './frame.ts'
import { NARROW } from './frame.ts'
import { extent, linearTicks, padded } from './scales.ts'
import type { Tip } from './tip.ts'

/** One fold of a walk-forward: what its training promised, and what came of it. NaN where there is none. */
export interface FoldBars {
  /** Under the bars, and above the tip. */
  label: string
  title: string
  promised: number
  got: number
}

/** Two bars a fold, the promise in grey beside what came of it. Null where no fold has a number. */
export function walkFoldsOption(
  folds: FoldBars[],
  text: (value: number) => string,
  { width, theme }: Frame,
): Picture | null {
  const values = [folds.map(({ promised }) => promised), folds.map(({ got }) => got)]
  const found = extent(values)
  if (found === null) return null
  const domain = padded(extent([...values, [0]])!, 0.14)
  const tone = (value: number): string => (value < 0 ? theme.loss : theme.gain)
  const bar = { type: 'bar', barMaxWidth: 26, animation: false, emphasis: { disabled: true } }
  const labels = folds.length * 60 < width
  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 48, right: 8, top: 8, bottom: 28, containLabel: false, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: folds.map(({ label }) => label),
      axisLine: { show: true, onZero: true, lineStyle: { color: theme.lineStrong } },
      axisTick: { show: false },
      axisLabel: { ...axisLabel(theme), hideOverlap: true },
      axisPointer: { show: true, type: 'shadow', shadowStyle: { color: theme.ink, opacity: 0.05 } },
    },
    yAxis: valueAxis(theme, domain, linearTicks(domain, 5), text),
    series: [
      {
        ...bar,
        name: 'Promised',
        barGap: '12%',
        barCategoryGap: '34%',
        itemStyle: { color: theme.bench, opacity: 0.55 },
        data: folds.map(({ promised }) => promised),
      },
      {
        ...bar,
        name: 'Got',
        data: folds.map(({ got }) => ({
          value: got,
          itemStyle: { color: tone(got) },
          label: {
            show: labels && Number.isFinite(got) && width > NARROW,
            position: got < 0 ? 'bottom' : 'top',
            distance: 4,
            formatter: text(got),
            color: theme.ink2,
            fontFamily: theme.font,
            fontSize: 11,
          },
        })),
      },
    ],
  }
  const tip = (at: number): Tip | null => {
    const fold = folds[at]
    if (!fold) return null
    return {
      title: fold.title,
      rows: [
        { name: 'Promised', colour: theme.bench, values: [text(fold.promised)] },
        { name: 'Got', colour: tone(fold.got), values: [text(fold.got)] },
      ],
    }
  }
  return { option, tip }
}

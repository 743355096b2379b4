import { valueAxis } from './axes.ts'
import { equityMargins } from './equityGeometry.ts'
import { number } from './format.ts'
import { NARROW } from './frame.ts'
import type { ChartTheme, Frame, Picture } from './frame.ts'
import { extent, linearTicks, padded, position, type Domain } from './scales.ts'
import type { Tip } from './tip.ts'

export type CurveColour = 'accent' | 'loss' | 'ink' | 'bench'
export type CurveDash = 'solid' | 'dashed' | 'dotted'

/** What was measured at some steps of a training. */
export interface StepCurve {
  name: string
  colour: CurveColour
  dash: CurveDash
  /** A lesser curve: thin, and without a name at its end. */
  faint?: boolean
  /** Ascending. */
  steps: number[]
  values: number[]
  /** The interval of every value, drawn as a band. */
  low?: number[]
  high?: number[]
}

export interface StepCurves {
  curves: StepCurve[]
  /** Last step of the axis: where a training under way will end. */
  until: number
  /** Domain of the values; null = what the curves need, with nought. */
  domain: Domain | null
  text: (value: number) => string
}

const TOP = 10
const BOTTOM = 28

/** The value measured nearest to a step; NaN outside of what the curve covers. */
export function valueAt({ steps, values }: Pick<StepCurve, 'steps' | 'values'>, step: number): number {
  if (steps.length === 0 || step < steps[0] || step > steps[steps.length - 1]) return NaN
  let i = 0
  while (i + 1 < steps.length && Math.abs(steps[i + 1] - step) <= Math.abs(steps[i] - step)) i++
  return values[i]
}

/** Curves over the steps of one or more trainings. Null when nothing has been measured yet. */
export function stepCurvesOption(data: StepCurves, { width, height, theme }: Frame): Picture | null {
  const { until, text } = data
  const curves = data.curves.filter(({ steps }) => steps.length > 0)
  const found = extent(curves.map(({ values }) => values))
  if (!found) return null
  const domain = data.domain ?? { ...padded({ min: 0, max: found.max }, 0.06), min: 0 }
  const steps = { min: 0, max: Math.max(1, until) }
  const plot = height - TOP - BOTTOM
  const ticks = linearTicks(steps, Math.max(2, Math.floor(width / 90))).filter(Number.isInteger)

  const ends = curves.map(({ values }) => values[values.length - 1])
  const pixels = ends.map((value) => plot * (1 - position(value, domain)))
  const named = curves.map(({ faint }) => !faint && width > NARROW)
  const labelled = curves.map((_, i) => i).filter((i) => named[i])
  const places = labelPlaces(
    labelled.map((i) => pixels[i]),
    plot,
  )
  const nudge = new Map(labelled.map((i, k) => [i, places[k] - pixels[i]]))

  const option = {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: {
      left: equityMargins(width).left,
      // Names and values at the ends of the curves, or half of the last tick's label.
      right: width > NARROW ? 112 : 22,
      top: TOP,
      height: plot,
      containLabel: false,
      outerBoundsMode: 'none',
    },
    xAxis: valueAxis(theme, steps, ticks, (value) => number(value, { digits: 0 }), {
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
    yAxis: valueAxis(theme, domain, linearTicks(domain, 5), text),
    series: [
      ...curves.flatMap((curve) => band(curve, theme)),
      ...curves.map((curve, i) => ({
        name: curve.name,
        type: 'line',
        animation: false,
        emphasis: { disabled: true },
        symbol: 'circle',
        symbolSize: 5,
        // One point alone is no line.
        showSymbol: curve.steps.length === 1,
        itemStyle: { color: theme[curve.colour] },
        lineStyle: {
          color: theme[curve.colour],
          width: curve.faint ? 1 : 1.8,
          opacity: curve.faint ? 0.55 : 1,
          type: dashes[curve.dash],
        },
        endLabel: {
          show: named[i],
          formatter: `${curve.name} ${text(ends[i])}`,
          // The grey of a line is too light for words.
          color: curve.colour === 'bench' ? theme.ink3 : theme[curve.colour],
          fontFamily: theme.font,
          fontSize: 11,
          fontWeight: 550,
          distance: 6,
          offset: [0, nudge.get(i) ?? 0],
        },
        data: curve.steps.map((step, k) => [step, curve.values[k]]),
      })),
    ],
  }
  const tip = (at: number): Tip | null => {
    const step = Math.round(at)
    const rows = curves
      .map((curve) => ({
        name: curve.name,
        colour: theme[curve.colour],
        values: [text(valueAt(curve, step))],
      }))
      .filter((_, i) => Number.isFinite(valueAt(curves[i], step)))
    return rows.length === 0 ? null : { title: `Step ${number(step, { digits: 0 })}`, rows }
  }
  return { option, tip }
}

const LABEL = 15

/**
 * Where names stand that would cover each other at the ends of their curves: in the order of the ends, a line
 * apart, and above the axis. Pixels from the top.
 */
export function labelPlaces(ends: number[], bottom: number): number[] {
  const order = ends.map((_, i) => i).sort((a, b) => ends[a] - ends[b])
  const places = [...ends]
  let free = -Infinity
  for (const i of order) free = (places[i] = Math.max(places[i], free)) + LABEL
  let below = bottom - LABEL / 3
  for (const i of order.reverse()) below = (places[i] = Math.min(places[i], below)) - LABEL
  return places
}

const dashes: Record<CurveDash, string | number[]> = { solid: 'solid', dashed: [6, 4], dotted: [2, 3] }

/** The interval of a curve as a surface: its lower edge, invisible, and the rest stacked on it. */
function band({ name, colour, steps, low, high }: StepCurve, theme: ChartTheme): object[] {
  if (!low || !high || steps.length < 2) return []
  const edge = (values: number[], more: object) => ({
    type: 'line',
    silent: true,
    animation: false,
    showSymbol: false,
    emphasis: { disabled: true },
    stack: `interval of ${name}`,
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
    data: steps.map((step, k) => [step, values[k]]),
    ...more,
  })
  return [
    edge(low, {}),
    edge(
      high.map((value, k) => value - low[k]),
      { areaStyle: { color: theme[colour], opacity: 0.12 } },
    ),
  ]
}

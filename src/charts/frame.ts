import type { EChartsCoreOption } from 'echarts/core'
import type { Tip } from './tip.ts'

/** What a chart draws, and what it says about the place under the pointer. */
export interface Picture {
  option: EChartsCoreOption
  /** By the value on the horizontal axis: milliseconds, or the index of a category. */
  tip: (at: number) => Tip | null
}

/** Colours and font of the page, resolved, because a canvas knows no CSS variables. */
export interface ChartTheme {
  surface: string
  raised: string
  sunken: string
  shade: string
  line: string
  lineStrong: string
  ink: string
  ink2: string
  ink3: string
  gain: string
  loss: string
  bench: string
  accent: string
  warn: string
  warnBg: string
  font: string
}

/** What a chart is drawn into: size in CSS pixels, and the theme of the moment. */
export interface Frame {
  width: number
  height: number
  theme: ChartTheme
}

/** Inclusive epoch days on screen; null = everything. */
export type Zoom = [from: number, to: number] | null

/** Below this width charts drop direct labels and use a legend. */
export const NARROW = 560

export const MS_PER_DAY = 86_400_000

import type { ChartTheme, Frame } from '../../../src/charts/frame.ts'

export const theme: ChartTheme = {
  surface: 'surface',
  raised: 'raised',
  sunken: 'sunken',
  shade: 'shade',
  line: 'line',
  lineStrong: 'lineStrong',
  ink: 'ink',
  ink2: 'ink2',
  ink3: 'ink3',
  gain: 'gain',
  loss: 'loss',
  bench: 'bench',
  accent: 'accent',
  warn: 'warn',
  warnBg: 'warnBg',
  font: 'Inter',
}

export const frame = (width = 900, height = 300): Frame => ({ width, height, theme })

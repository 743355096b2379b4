import type { ChartTheme } from '../../charts/frame.ts'

/** How the run in each place is drawn, the same in every picture and table: letter, colour and dash. */
export const runStrokes: {
  letter: string
  colour: keyof Omit<ChartTheme, 'font'>
  dash?: [number, number]
}[] = [
  { letter: 'A', colour: 'accent' },
  { letter: 'B', colour: 'loss' },
  { letter: 'C', colour: 'ink' },
  { letter: 'D', colour: 'accent', dash: [6, 3] },
  { letter: 'E', colour: 'loss', dash: [6, 3] },
  { letter: 'F', colour: 'ink', dash: [6, 3] },
]

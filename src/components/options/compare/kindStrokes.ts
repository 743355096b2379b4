import type { StructureKind } from '../../../../workers/backtest/api.ts'
import type { ChartTheme } from '../../../charts/frame.ts'

/** Lines of structures, told apart by colour and dash, with names that fit at their ends. */
export const kindStrokes: Record<
  StructureKind,
  { short: string; colour: keyof Omit<ChartTheme, 'font'>; dash?: [number, number] }
> = {
  shares: { short: 'Shares', colour: 'ink' },
  'long-option': { short: 'Option', colour: 'accent' },
  vertical: { short: 'Vertical', colour: 'accent', dash: [6, 3] },
  'covered-call': { short: 'Covered', colour: 'loss' },
  'protective-put': { short: 'Protected', colour: 'loss', dash: [6, 3] },
  'iron-condor': { short: 'Condor', colour: 'warn' },
  'option-and-shares': { short: 'Both', colour: 'warn', dash: [6, 3] },
}

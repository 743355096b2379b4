import type { ProfitParts } from '../../../../workers/backtest/api.ts'

export type ProfitPart = Exclude<keyof ProfitParts, 'profit'>

/** In the order in which the revaluation takes them. */
export const profitParts: ProfitPart[] = ['spot', 'time', 'volatility', 'rate', 'spread', 'fees', 'rest']

export const partWords: Record<ProfitPart, string> = {
  spot: 'Share price',
  time: 'Time',
  volatility: 'Volatility',
  rate: 'Rate and dividends',
  spread: 'Spread',
  fees: 'Fees',
  rest: 'Unexplained',
}

/** At the end of a line, where there is little room. */
export const partShort: Record<ProfitPart, string> = {
  spot: 'Share',
  time: 'Time',
  volatility: 'Vol.',
  rate: 'Rate',
  spread: 'Spread',
  fees: 'Fees',
  rest: 'Rest',
}

export const partHelp: Record<ProfitPart, string> = {
  spot: 'What the options gain when only the share moves to its next close, the smile moving along; shares count with their whole move.',
  time: 'What they lose when only the day passes.',
  volatility: 'What is left when their volatility goes to that of the next mark.',
  rate: 'What the rate and the yield of the share add.',
  spread: 'Half the distance from bid to ask, paid on the way in and on the way out.',
  fees: 'Per contract and side, and commission on shares.',
  rest: 'The profit less everything above: quotes that no single volatility explains, rounding, splits of time.',
}

/** Whether the parts give the profit, to the cent. */
export function addsUp(parts: ProfitParts): boolean {
  return Math.abs(sumOf(parts) - parts.profit) < 0.005
}

export function sumOf(parts: ProfitParts): number {
  return profitParts.reduce((sum, part) => sum + parts[part], 0)
}

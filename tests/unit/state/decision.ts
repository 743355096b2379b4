import type { Decision } from '../../../workers/backtest/api.ts'

/** A decision to go long at the close of day 100, by the rules of the system. */
export const decision = (symbol: string, part: Partial<Decision> = {}): Decision => ({
  system: 'jet',
  symbol,
  day: 100,
  direction: 1,
  conviction: 0.5,
  confidence: 1,
  horizon: 0,
  stop: NaN,
  target: NaN,
  stopFraction: NaN,
  targetFraction: NaN,
  size: NaN,
  structure: -1,
  reason: 'meeting',
  ...part,
})

import type { RiskRules, Signals } from '../systems/system.ts'
import type { FinishedRun } from './engine.ts'
import { alphaEvidence, excessReturns } from './excess.ts'
import { simulateColumns } from './simulate.ts'
import { returnsOf } from './wealth.ts'

/** Yearly alpha of the part that is judged: mean of the daily excess returns after beta × 252. */
export function alphaOf({ judged }: Pick<FinishedRun, 'judged'>): number {
  const { strategy, benchmark, run } = judged
  return alphaEvidence(excessReturns(strategy.returns, benchmark?.returns ?? null, run.riskFree)).alpha
}

/**
 * The same figure when other signals, or other rules, are traded in place of the run's own: the whole run again,
 * through the one simulation. Reruns are no choice that anybody can pick from, so they are not charged as trials.
 */
export function alphaOfRerun(
  { panel, rules, scope, judged }: Pick<FinishedRun, 'panel' | 'rules' | 'scope' | 'judged'>,
  signals: Signals,
  otherRules: RiskRules = rules,
): number {
  const { equity } = simulateColumns(panel.panel, signals, otherRules, scope.range)
  const { from, to, run } = judged
  const returns = returnsOf(equity).subarray(from - 1, to)
  const benchmark = run.benchmarkReturns?.subarray(from - 1, to) ?? null
  return alphaEvidence(excessReturns(returns, benchmark, otherRules.cashRate ?? 0)).alpha
}

/** Everything is decided so many days later. */
export function delayed(signals: Signals, days: number): Signals {
  return { ...signals, day: signals.day.map((day) => day + days) }
}

/** The symbol is never traded: its decisions become orders to close what is not held. No other column is copied. */
export function without(signals: Signals, symbol: number): Signals {
  const direction = signals.direction.slice()
  for (let row = 0; row < direction.length; row++) if (signals.symbol[row] === symbol) direction[row] = 0
  return { ...signals, direction }
}

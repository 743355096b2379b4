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

/** The signals of all other symbols. Written out, because it runs once a symbol over every signal. */
export function without(signals: Signals, symbol: number): Signals {
  const rows = signals.symbol.length
  const kept = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (signals.symbol[row] !== symbol) kept[count++] = row
  const pick = <T extends Int32Array | Int8Array | Float64Array>(column: T, into: T): T => {
    for (let i = 0; i < count; i++) into[i] = column[kept[i]]
    return into
  }
  const ints = (column: Int32Array) => pick(column, new Int32Array(count))
  const floats = (column: Float64Array) => pick(column, new Float64Array(count))
  const optional = (column: Float64Array | undefined) => (column === undefined ? undefined : floats(column))
  return {
    day: ints(signals.day),
    symbol: ints(signals.symbol),
    direction: pick(signals.direction, new Int8Array(count)),
    conviction: floats(signals.conviction),
    horizon: ints(signals.horizon),
    stop: optional(signals.stop),
    target: optional(signals.target),
    stopFraction: optional(signals.stopFraction),
    targetFraction: optional(signals.targetFraction),
    size: optional(signals.size),
    reason: signals.reason === undefined ? undefined : ints(signals.reason),
  }
}

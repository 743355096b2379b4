import type { Signals } from '../systems/system.ts'
import type { FinishedRun } from './engine.ts'
import { alphaEvidence, excessReturns } from './excess.ts'
import type { Breathe } from './breathe.ts'
import { simulateColumns } from './simulate.ts'
import { returnsOf } from './wealth.ts'

/** What remains of the out-of-sample alpha when the run is disturbed. */
export interface Robustness {
  /** Yearly alpha when everything happens one day later. */
  delayed: number
  /** The symbol without which the alpha is smallest, and that alpha; null when nothing was traded. */
  weakest: { symbol: string; alpha: number } | null
}

/** Where the verdict does not depend on it. */
export const notTested: Robustness = { delayed: Infinity, weakest: null }

/** Reruns with a day's delay and with each traded symbol left out; null when told to stop. */
export async function robustnessOf(run: FinishedRun, breathe: Breathe): Promise<Robustness | null> {
  const { signals, report, panel } = run
  const delayed = alphaOf(run, { ...signals, day: signals.day.map((day) => day + 1) })
  let weakest: Robustness['weakest'] = null
  for (const symbol of new Set(report.trades.map((trade) => trade.symbol))) {
    if (!(await breathe())) return null
    const alpha = alphaOf(run, without(signals, symbol))
    if (weakest === null || alpha < weakest.alpha) weakest = { symbol: panel.panel.symbols[symbol], alpha }
  }
  return { delayed, weakest }
}

function alphaOf({ panel, rules, scope, judged }: FinishedRun, signals: Signals): number {
  const { equity } = simulateColumns(panel.panel, signals, rules, scope.range)
  const { from, to, run } = judged
  const returns = returnsOf(equity).subarray(from - 1, to)
  const benchmark = run.benchmarkReturns?.subarray(from - 1, to) ?? null
  return alphaEvidence(excessReturns(returns, benchmark, run.riskFree)).alpha
}

/** The signals of all other symbols. Written out, because it runs once a symbol over every signal. */
function without(signals: Signals, symbol: number): Signals {
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

import type { FinishedRun } from './engine.ts'
import type { Breathe } from './breathe.ts'
import { alphaOfRerun, delayed, without } from './rerun.ts'

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
  const late = alphaOfRerun(run, delayed(signals, 1))
  let weakest: Robustness['weakest'] = null
  for (const symbol of new Set(report.trades.map((trade) => trade.symbol))) {
    if (!(await breathe())) return null
    const alpha = alphaOfRerun(run, without(signals, symbol))
    if (weakest === null || alpha < weakest.alpha) weakest = { symbol: panel.panel.symbols[symbol], alpha }
  }
  return { delayed: late, weakest }
}

import { systemOf } from '../../systems/registry.ts'
import type { RunRequest } from '../api.ts'
import type { FinishedRun, LoadedPanel } from '../engine.ts'
import { inputsOf, runOf } from '../finishRun.ts'
import { firstAtOrAfter } from '../range.ts'
import { signalsOf } from './decisions.ts'
import type { Decision } from './contract.ts'

/**
 * What decisions came to from a day on, by the newest close of the panel: the simulation of the backtest, with what
 * is held marked and not sold. Where the panel ends before or on that day, it starts one bar before its end.
 *
 * @param from epoch day
 * @param panel cut to what is known; a provisional last day is left out
 */
export function paperRun(
  panel: LoadedPanel,
  request: RunRequest,
  from: number,
  decisions: readonly Decision[],
): FinishedRun | string {
  const { dates, symbols, provisional } = panel.panel
  const last = dates.length - (provisional ? 2 : 1)
  if (last < 1) return 'A paper portfolio needs prices of at least two days. Load a price file first.'
  const first = Math.max(0, Math.min(firstAtOrAfter(dates, from), last - 1))
  const system = systemOf(request.system)
  const benchmark = request.benchmark === null ? -1 : symbols.indexOf(request.benchmark)
  const tradable = new Uint8Array(symbols.length).fill(1)
  if (benchmark >= 0) tradable[benchmark] = 0
  const days = last - first + 1
  const scope = { range: { first, last, open: true }, split: days, benchmark, tradable }
  const signals = signalsOf(panel.panel, system.reasons, decisions)
  return runOf(panel, request, scope, inputsOf(panel, scope), signals, 0)
}

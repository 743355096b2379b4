import { systemOf } from '../../systems/registry.ts'
import type { RunRequest } from '../api.ts'
import type { LoadedPanel } from '../engine.ts'
import { inputsOf } from '../finishRun.ts'
import { withoutFuture } from '../withoutFuture.ts'
import { decisionsOf } from './decisions.ts'
import type { Decision, LiveSignals } from './contract.ts'

/**
 * What a system decides at the close of a day, knowing no later price and no row that became known after that day:
 * what it would have said then.
 *
 * @param day index into the panel
 */
export function decideAt(panel: LoadedPanel, request: RunRequest, day: number): Decision[] {
  const system = systemOf(request.system)
  const { symbols, dates } = panel.panel
  const tradable = Uint8Array.from(symbols, (symbol) => Number(symbol !== request.benchmark))
  const known = withoutFuture(inputsOf(panel, { tradable }), day, dates[day])
  return decisionsOf(known.panel, system.signals(known, request.params), system, day)
}

/** Systems that hear of a day before it closes, because they go by more than its prices. */
const hearsOfToday = ['jet', 'tickets']

/** What is decided on the newest days of the panel. */
export function liveSignalsOf(panel: LoadedPanel, request: RunRequest): LiveSignals | string {
  const started = performance.now()
  const { dates, provisional } = panel.panel
  const last = dates.length - (provisional ? 2 : 1)
  if (last < 0) return 'There are no prices yet. Load a price file first.'
  const today = dates.length - 1
  return {
    system: request.system,
    day: dates[last],
    decided: decideAt(panel, request, last),
    provisional:
      provisional && hearsOfToday.includes(request.system)
        ? { day: dates[today], decisions: decideAt(panel, request, today) }
        : null,
    simulated: panel.simulated,
    milliseconds: performance.now() - started,
  }
}

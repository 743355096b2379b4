import type { SystemId } from '../../workers/systems/api.ts'
import { defaultState, paramsOf, type AppState } from './appState.ts'
import { encodeLink } from './link.ts'

/** The state of a run alone: what its result depends on, and nothing of what else is looked at or planned. */
export function runState(state: AppState, system: SystemId, result: string): AppState {
  const { seed, from, to, split, benchmark, datasets, repairsOff, checkpoint, ticketWords, ticketWeights } =
    state
  const base = defaultState()
  return {
    ...base,
    view: system,
    params: { ...base.params, [system]: paramsOf(state, system) },
    ...{ seed, from, to, split, benchmark, datasets, repairsOff },
    ...((system === 'jet' || system === 'options') && { checkpoint }),
    ...((system === 'tickets' || system === 'options') && { ticketWords, ticketWeights }),
    result,
  }
}

/** The fragment that reproduces a run, the same for the same settings and result. */
export function runLink(state: AppState, system: SystemId, result: string): string {
  return encodeLink(runState(state, system, result))
}

import type { Report } from '../../workers/backtest/api.ts'
import { routeOf } from '../routes.ts'
import { defaultState, paramsOf, type AppState } from './appState.ts'
import { seenFigures, type SeenFigures } from './seenFigures.ts'

/** Whether the numbers on screen were computed in this tab and are what the link or the build said. */
export type Confirmation =
  | { kind: 'none' }
  | { kind: 'pending'; by: Source }
  | { kind: 'reproduced'; by: Source }
  | {
      kind: 'differs'
      by: Source
      expected: string
      found: string
      there: SeenFigures | null
      here: SeenFigures
    }

type Source = 'build' | 'link'

/** What the build or a link says the result of certain settings is. */
export interface Expectation {
  by: Source
  hash: string
  settings: string
  /** Its headline; null where the link is from before there was one. */
  seen: SeenFigures | null
}

export function expect(
  by: Source,
  hash: string,
  state: AppState,
  seen: SeenFigures | null = null,
): Expectation {
  return { by, hash, settings: settingsOf(state), seen }
}

/** Only the very settings that the link or the build was made with can be compared with it. */
export function confirm(expected: Expectation | null, state: AppState, report: Report): Confirmation {
  if (!expected || expected.settings !== settingsOf(state)) return { kind: 'none' }
  const { by, hash, seen } = expected
  if (report.hash === hash) return { kind: 'reproduced', by }
  return { kind: 'differs', by, expected: hash, found: report.hash, there: seen, here: seenFigures(report) }
}

/** Whether the report in view depends on nothing that was changed: the build has computed it too. */
export function isAsItComes(state: AppState): boolean {
  return settingsOf(state) === settingsOf({ ...defaultState(), view: state.view })
}

/** What a result depends on, as text to compare. */
function settingsOf(state: AppState): string {
  const system = routeOf(state.view).system ?? 'options'
  const { seed, from, to, split, benchmark, datasets, repairsOff, checkpoint, ticketWords, ticketWeights } =
    state
  const params = paramsOf(state, system)
  const all = { system, params, seed, from, to, split, benchmark, datasets, repairsOff }
  const model = system === 'jet' || system === 'options' ? checkpoint : null
  const demand = system === 'tickets' || system === 'options' ? [ticketWords, ticketWeights] : null
  return JSON.stringify({ ...all, model, demand })
}

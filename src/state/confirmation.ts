import { routeOf } from '../routes.ts'
import { defaultState, paramsOf, type AppState } from './appState.ts'

/** Whether the numbers on screen were computed in this tab and are what the link or the build said. */
export type Confirmation =
  | { kind: 'none' }
  | { kind: 'pending'; by: Source }
  | { kind: 'reproduced'; by: Source }
  | { kind: 'differs'; by: Source; expected: string; found: string }

type Source = 'build' | 'link'

/** What the build or a link says the result of certain settings is. */
export interface Expectation {
  by: Source
  hash: string
  settings: string
}

export function expect(by: Source, hash: string, state: AppState): Expectation {
  return { by, hash, settings: settingsOf(state) }
}

/** Only the very settings that the link or the build was made with can be compared with it. */
export function confirm(expected: Expectation | null, state: AppState, found: string): Confirmation {
  if (!expected || expected.settings !== settingsOf(state)) return { kind: 'none' }
  const { by, hash } = expected
  return found === hash ? { kind: 'reproduced', by } : { kind: 'differs', by, expected: hash, found }
}

/** Whether the report in view depends on nothing that was changed: the build has computed it too. */
export function isAsItComes(state: AppState): boolean {
  return settingsOf(state) === settingsOf({ ...defaultState(), view: state.view })
}

/** What a result depends on, as text to compare. */
function settingsOf(state: AppState): string {
  const system = routeOf(state.view).system ?? 'options'
  const { seed, from, to, split, benchmark, datasets, repairsOff } = state
  const params = paramsOf(state, system)
  return JSON.stringify({ system, params, seed, from, to, split, benchmark, datasets, repairsOff })
}

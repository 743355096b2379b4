import type { SystemInfo } from '../../../workers/systems/api.ts'
import { defaultParams } from '../../../workers/systems/api.ts'
import { routeOf } from '../../routes.ts'
import { paramsOf, type AppState } from '../../state/appState.ts'
import { decodeLink } from '../../state/link.ts'
import { systemInfoOf } from '../../state/sweepPlan.ts'
import { settingText } from '../sweep/sweepWords.ts'

const mostSettings = 3

/** The state of a run from its fragment, and the system that it is of. */
export function runOf(link: string): { state: AppState; info: SystemInfo } {
  const { state } = decodeLink(link)
  return { state, info: systemInfoOf(routeOf(state.view).system ?? 'options') }
}

/** What is set otherwise than recommended, for a run without a name: “Stop 6.0 %, Fast average 40”. */
export function settingWords(link: string): string {
  const { state, info } = runOf(link)
  const params = paramsOf(state, info.id)
  const recommended = defaultParams(info, 'recommended')
  const changed = Object.keys(info.params).filter((name) => params[name] !== recommended[name])
  if (changed.length === 0) return 'As recommended'
  const words = changed.slice(0, mostSettings).map((name) => settingText(info, name, params[name]))
  const more = changed.length - mostSettings
  return words.join(', ') + (more > 0 ? `, ${more} more` : '')
}

/** “27 Nov 2026, 14:05”, in the time of the person. */
export function finishedAt(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

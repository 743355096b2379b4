import type { SystemId } from '../../workers/systems/api.ts'
import { routes } from '../routes.ts'
import type { AppState } from './appState.ts'

/** Systems that have something to say, in the order of the navigation: Custom only where signals are in use. */
export function liveSystems({ datasets }: Pick<AppState, 'datasets'>): SystemId[] {
  const systems = routes.map(({ system }) => system).filter((system) => system !== null)
  return systems.filter((system) => system !== 'custom' || datasets.some(({ kind }) => kind === 'signals'))
}

import type { DatasetSummary, TableName } from '../../workers/data/api.ts'
import type { SystemId } from '../../workers/systems/api.ts'
import { routeOf } from '../routes.ts'
import type { AppState, DatasetRef } from './appState.ts'
import { chainNeeds } from './chainNeeds.ts'
import { mostDatasets } from './link.ts'

/** Tables that a run reads besides prices; of the simulated market they are fetched when they are first needed. */
export const furtherTables = {
  jet: ['flights', 'aircraft', 'airports', 'companies', 'events'],
  tickets: ['tickets', 'adoption', 'incidents', 'news', 'companies'],
  options: ['options'],
} satisfies Partial<Record<SystemId, TableName[]>>

/** The system that a state is about: that of the view, or that of the plan in view. */
export function systemOf({ view, sweep, walk }: AppState): SystemId | null {
  if (view === 'sweep') return sweep.system
  if (view === 'walk') return walk.system
  return routeOf(view).system
}

/** Own files that the system reads because they are there, without anybody having chosen them. */
export function readUnasked(state: AppState, datasets: DatasetSummary[]): DatasetSummary[] {
  const system = systemOf(state)
  const others = system === 'options' && chainNeeds(state).others
  const kinds: TableName[] = [
    ...(system === 'jet' || others ? furtherTables.jet : []),
    ...(system === 'tickets' || others ? furtherTables.tickets : []),
  ]
  return datasets.filter(
    ({ kind, simulated, sha256 }) =>
      !simulated && kinds.includes(kind) && !state.datasets.some((ref) => ref.sha256 === sha256),
  )
}

/** Every file that the result depends on. What live sources collect grows by the minute and has no name to keep. */
export function filesToName(state: AppState, datasets: DatasetSummary[]): DatasetRef[] {
  const more = readUnasked(state, datasets).filter(({ collected }) => !collected)
  const named = more.filter(
    (one, at) => more.findIndex(({ sha256, kind }) => sha256 === one.sha256 && kind === one.kind) === at,
  )
  return [...state.datasets, ...named.map(refOf)].slice(0, Math.max(mostDatasets, state.datasets.length))
}

export function refOf({ name, kind, rows, schemaHash, sha256 }: DatasetSummary): DatasetRef {
  return { name: name.slice(0, 200), kind, rows, schemaHash, sha256 }
}

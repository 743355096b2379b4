import type { SystemId } from '../workers/systems/api.ts'

export type ViewId =
  | 'overview'
  | 'jet'
  | 'tickets'
  | 'options'
  | 'custom'
  | 'live'
  | 'sweep'
  | 'walk'
  | 'compare'
  | 'notebook'
  | 'data'
  | 'tables'
  | 'sql'
  | 'owners'
  | 'playground'
  | 'guide'
  | 'about'

export interface Route {
  id: ViewId
  label: string
  section: '' | 'Systems' | 'Workbench' | 'Help'
  /** The system whose report the view shows. */
  system: SystemId | null
  /** Shows nothing that is computed, so the engine need not run for it. */
  still?: true
}

export const routes: Route[] = [
  { id: 'overview', label: 'Overview', section: '', system: null, still: true },
  { id: 'jet', label: 'Jet', section: 'Systems', system: 'jet' },
  { id: 'tickets', label: 'Tickets', section: 'Systems', system: 'tickets' },
  { id: 'options', label: 'Options', section: 'Systems', system: 'options' },
  { id: 'custom', label: 'Custom', section: 'Systems', system: 'custom' },
  { id: 'live', label: 'Live', section: 'Workbench', system: null },
  { id: 'sweep', label: 'Sweep', section: 'Workbench', system: null },
  { id: 'walk', label: 'Walk-forward', section: 'Workbench', system: null },
  { id: 'compare', label: 'Compare', section: 'Workbench', system: null },
  { id: 'notebook', label: 'Notebook', section: 'Workbench', system: null },
  { id: 'data', label: 'Data', section: 'Workbench', system: null },
  { id: 'tables', label: 'Tables', section: 'Workbench', system: null },
  { id: 'sql', label: 'SQL', section: 'Workbench', system: null },
  { id: 'owners', label: 'Owners', section: 'Workbench', system: null },
  { id: 'playground', label: 'Playground', section: 'Workbench', system: null },
  { id: 'guide', label: 'Guide', section: 'Help', system: null, still: true },
  { id: 'about', label: 'About', section: 'Help', system: null, still: true },
]

export function routeOf(view: ViewId): Route {
  return routes.find((route) => route.id === view) ?? routes[0]
}

import type { SystemId } from '../workers/systems/api.ts'

export type ViewId =
  | 'jet'
  | 'tickets'
  | 'options'
  | 'custom'
  | 'live'
  | 'sweep'
  | 'walk'
  | 'data'
  | 'tables'
  | 'sql'
  | 'owners'
  | 'playground'
  | 'guide'

export interface Route {
  id: ViewId
  label: string
  section: 'Systems' | 'Workbench' | 'Help'
  /** The system whose report the view shows. */
  system: SystemId | null
}

export const routes: Route[] = [
  { id: 'jet', label: 'Jet', section: 'Systems', system: 'jet' },
  { id: 'tickets', label: 'Tickets', section: 'Systems', system: 'tickets' },
  { id: 'options', label: 'Options', section: 'Systems', system: 'options' },
  { id: 'custom', label: 'Custom', section: 'Systems', system: 'custom' },
  { id: 'live', label: 'Live', section: 'Workbench', system: null },
  { id: 'sweep', label: 'Sweep', section: 'Workbench', system: null },
  { id: 'walk', label: 'Walk-forward', section: 'Workbench', system: null },
  { id: 'data', label: 'Data', section: 'Workbench', system: null },
  { id: 'tables', label: 'Tables', section: 'Workbench', system: null },
  { id: 'sql', label: 'SQL', section: 'Workbench', system: null },
  { id: 'owners', label: 'Owners', section: 'Workbench', system: null },
  { id: 'playground', label: 'Playground', section: 'Workbench', system: null },
  { id: 'guide', label: 'Guide', section: 'Help', system: null },
]

export function routeOf(view: ViewId): Route {
  return routes.find((route) => route.id === view) ?? routes[0]
}

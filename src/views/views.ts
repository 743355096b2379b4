import type { Component } from 'svelte'
import type { ViewId } from '../routes.ts'
import type { Workspace } from '../state/workspace.svelte.ts'

type View = Component<{ workspace: Workspace }>

/** Every view but the landing page is loaded when it is opened. */
export const views: Record<Exclude<ViewId, 'overview'>, () => Promise<{ default: View }>> = {
  jet: () => import('./JetView.svelte'),
  tickets: () => import('./TicketsView.svelte'),
  options: () => import('./OptionsView.svelte'),
  custom: () => import('./SystemView.svelte'),
  live: () => import('./LiveView.svelte'),
  sweep: () => import('./SweepView.svelte'),
  walk: () => import('./WalkView.svelte'),
  compare: () => import('./CompareView.svelte'),
  notebook: () => import('./NotebookView.svelte'),
  data: () => import('./DataView.svelte'),
  tables: () => import('./TablesView.svelte'),
  sql: () => import('./SqlView.svelte'),
  owners: () => import('./OwnersView.svelte'),
  playground: () => import('./PlaygroundView.svelte'),
  about: () => import('./AboutView.svelte'),
  guide: () => import('./GuideView.svelte'),
}

import type { Component } from 'svelte'
import type { ViewId } from '../routes.ts'
import type { Workspace } from '../state/workspace.svelte.ts'

type View = Component<{ workspace: Workspace }>

/** Every view but the landing page is loaded when it is opened. */
const views: Record<Exclude<ViewId, 'overview'>, () => Promise<{ default: View }>> = {
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

/** A view once it is loaded. The click that asked for it is on screen first: asking for many files takes a while. */
export async function openView(id: keyof typeof views): Promise<{ default: View }> {
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
  return views[id]()
}

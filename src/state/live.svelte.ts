import type { CollectedTable, LiveStatus } from '../../workers/live/api.ts'
import type { Workspace } from './workspace.svelte.ts'

/** Called after rows of these tables were taken into the data worker. */
export type HearCollected = (tables: CollectedTable[]) => void

/** The sources of a tab: what they do, and what they gave. */
export class Live {
  /** Null until somebody looks at Live, or sources were left on in an earlier visit. */
  status = $state.raw<LiveStatus | null>(null)

  readonly #workspace: Workspace
  readonly #listeners: HearCollected[] = []

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  onCollected(callback: HearCollected): void {
    this.#listeners.push(callback)
  }
}

import type { DatasetSummary } from '../../../workers/data/api.ts'
import type { DatasetRef } from '../../state/appState.ts'
import type { Workspace } from '../../state/workspace.svelte.ts'
import { datasetsInUse } from './inUse.ts'

/** How long a removal can be undone. */
const graceMilliseconds = 20_000

export interface Removal {
  dataset: DatasetSummary
  /** What was in use before; null where the dataset was not. */
  before: DatasetRef[] | null
}

/** Datasets taken out of sight at once and removed a while later, so that it can be undone without any loss. */
export class Removals {
  pending = $state.raw<Removal[]>([])
  /** Why one could not be removed; '' = nothing to say. */
  error = $state.raw('')

  readonly #workspace: Workspace
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  hides({ id }: DatasetSummary): boolean {
    return this.pending.some(({ dataset }) => dataset.id === id)
  }

  remove(dataset: DatasetSummary): void {
    const workspace = this.#workspace
    const chosen = workspace.state.datasets
    const inUse = datasetsInUse(workspace.datasets, chosen)
    const used = inUse.some(({ id }) => id === dataset.id)
    this.error = ''
    this.pending = [...this.pending, { dataset, before: used ? chosen : null }]
    this.#timers.set(
      dataset.id,
      setTimeout(() => void this.#carryOut(dataset), graceMilliseconds),
    )
    if (used) workspace.useDatasets(inUse.filter(({ id }) => id !== dataset.id))
  }

  undo({ dataset, before }: Removal): void {
    this.#forgetTimer(dataset)
    if (before) {
      const named = new Set(before.map(({ sha256 }) => sha256))
      this.#workspace.useDatasets(this.#workspace.datasets.filter(({ sha256 }) => named.has(sha256)))
    }
  }

  /** Nothing is left to remove or to undo. */
  clear(): void {
    for (const { dataset } of this.pending) this.#forgetTimer(dataset)
    this.error = ''
  }

  async #carryOut(dataset: DatasetSummary): Promise<void> {
    const { engine } = this.#workspace
    try {
      const there = this.#workspace.datasets.some(({ id }) => id === dataset.id)
      const outcome = there ? await engine?.data.remove(dataset.id) : undefined
      if (outcome && !outcome.ok) this.error = outcome.message
    } catch {
      this.error = `“${dataset.name}” could not be removed, because the engine stopped. Reload the page.`
    }
    await this.#workspace.reloadDatasets()
    await this.#workspace.kept.look()
    this.#forgetTimer(dataset)
  }

  #forgetTimer({ id }: DatasetSummary): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    this.pending = this.pending.filter(({ dataset }) => dataset.id !== id)
  }
}

const removals = new WeakMap<Workspace, Removals>()

/** One per tab, so that leaving the view loses nothing. */
export function removalsOf(workspace: Workspace): Removals {
  const own = removals.get(workspace) ?? new Removals(workspace)
  removals.set(workspace, own)
  return own
}

import type { DatasetSummary, KeepState, OpenedProject, Outcome, Progress } from '../../workers/data/api.ts'
import type { Workspace } from './workspace.svelte.ts'

/** Changes in another tab come in bursts. */
const restMilliseconds = 500

/** What outlives the visit: read back when the engine is up, shown, saved as a project, forgotten. */
export class Kept {
  state = $state.raw<KeepState | null>(null)
  /** Until earlier files have been looked for, nothing is said to be missing. */
  looking = $state.raw(true)
  /** Files being read back; null when none are. */
  reading = $state.raw<{ done: number; total: number } | null>(null)
  /** What this visit found from earlier ones. */
  restored = $state.raw<DatasetSummary[]>([])
  /** Why the last thing asked for was not done; '' = it was. */
  error = $state.raw('')
  busy = $state.raw<'' | 'saving' | 'forgetting'>('')

  readonly #workspace: Workspace
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Reads back what earlier visits kept, once the first report is on screen: it never waits for this. */
  async begin(): Promise<void> {
    const { engine } = this.#workspace
    if (!engine || this.#workspace.phase !== 'ready') {
      this.looking = false
      return
    }
    this.looking = true
    this.restored = []
    if (this.#workspace.missing.length === 0) await this.#workspace.computed
    engine.onKeptChange(() => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.#readBack(), restMilliseconds)
    })
    await this.#readBack()
  }

  /** Told of every step of the worker. */
  watch(step: Parameters<Progress>[0]): void {
    if (this.reading && step.unit === 'files') this.reading = { done: step.done, total: step.total }
  }

  async #readBack(): Promise<void> {
    const workspace = this.#workspace
    this.reading = { done: 0, total: 0 }
    await this.look()
    const outcome = await this.#ask(() => workspace.engine?.data.restore())
    this.reading = null
    workspace.activity = null
    if (outcome) {
      this.restored = [...this.restored, ...outcome]
      const missing = workspace.missing.length
      await workspace.reloadDatasets()
      // A link that names kept files runs as soon as they are there.
      if (missing > workspace.missing.length) workspace.refresh()
    }
    this.looking = false
    await this.look()
  }

  /** Once more, where the first look was stopped or another visit has kept something since. */
  async lookAgain(): Promise<void> {
    if (this.reading || this.#workspace.phase !== 'ready') return
    await this.#readBack()
  }

  /** How much is kept, and whether it will stay. */
  async look(): Promise<void> {
    const outcome = await this.#workspace.engine?.data.keepState().catch(() => undefined)
    if (outcome?.ok) this.state = outcome.value
  }

  /** Asks the browser not to clear the files away on its own; false where it does not promise. */
  async askToStay(): Promise<boolean> {
    const granted = await navigator.storage.persist().catch(() => false)
    await this.look()
    return granted
  }

  /** Everything kept, as one file. */
  async project(): Promise<Blob | undefined> {
    this.busy = 'saving'
    const { projectOfPage } = await import('./projectParts.ts')
    const page = await projectOfPage(this.#workspace)
    const blob = await this.#ask(() => this.#workspace.engine?.data.exportProject(page))
    this.busy = ''
    this.#workspace.activity = null
    return blob
  }

  /** What came in a project besides files, a sentence; '' = nothing. */
  async takeFromProject(opened: OpenedProject): Promise<string> {
    const { takeFromProject } = await import('./projectParts.ts')
    return takeFromProject(this.#workspace, opened)
  }

  /** No file, mapping or match of any visit is left afterwards, in this tab or in the browser. */
  async forget(): Promise<boolean> {
    const workspace = this.#workspace
    this.busy = 'forgetting'
    const outcome = await this.#ask(() => workspace.engine?.data.forgetEverything())
    await workspace.engine?.backtest.forgetFamily().catch(() => undefined)
    await workspace.live.forgetWhatIsKept()
    await workspace.paper.forget()
    workspace.notebook.forget()
    void import('./projectParts.ts').then(({ forgetOwnFamilies }) => forgetOwnFamilies())
    this.busy = ''
    if (outcome === undefined) return false
    this.restored = []
    await workspace.reloadDatasets()
    if (workspace.state.datasets.length > 0) workspace.useDatasets([])
    await this.look()
    return true
  }

  /** The value, or undefined when it failed, whereupon `error` says why. */
  async #ask<T>(call: () => Promise<Outcome<T>> | undefined): Promise<T | undefined> {
    this.error = ''
    try {
      const outcome = await call()
      if (outcome?.ok) return outcome.value
      this.error = outcome?.message ?? 'The engine is not running. Start it again.'
    } catch {
      this.error = 'The engine did not answer. Reload the page; what is kept stays.'
    }
    return undefined
  }
}

import type { Evidence, Report } from '../../workers/backtest/api.ts'
import type { NotebookList, NotebookRun, Outcome, RunLabels } from '../../workers/data/api.ts'
import type { AppState } from './appState.ts'
import type { ComparePlan } from './compareField.ts'
import { encodeLink, maxEncoded } from './link.ts'
import { runLink } from './runLink.ts'
import { filesToName } from './tablesRead.ts'
import type { Engine } from './workers.ts'
import type { Workspace } from './workspace.svelte.ts'

/** The runs that were finished here, and what a person does with them. */
export class Notebook {
  /** Null until it is looked at. */
  list = $state.raw<NotebookList | null>(null)
  loading = $state.raw(false)
  /** Why the last thing asked for was not done; '' = it was. */
  problem = $state.raw('')
  /** Why the newest run is not in the notebook; '' = it is. */
  notKept = $state.raw('')
  /** Distinct trials ever made, as every verdict is charged for them; null = not known yet. */
  trials = $state.raw<number | null>(null)
  /** Runs that were deleted on this visit and can be put back, newest last. */
  deleted = $state.raw<NotebookRun[][]>([])

  readonly #workspace: Workspace
  #follows: Engine | null = null

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Keeps a run with its evidence; a run that is there already is not there twice. */
  async keep(report: Report, evidence: Evidence, state: AppState): Promise<void> {
    const { engine } = this.#workspace
    if (!engine) return
    try {
      const { runCurve, runFacts } = await import('./runFacts.ts')
      const facts = runFacts(report, evidence, state, this.linkOf(state, report))
      const outcome = await engine.data.keepRun(facts, runCurve(report))
      this.notKept = outcome.ok ? '' : outcome.message
    } catch {
      this.notKept = 'This run could not be kept in the notebook: the engine did not answer.'
    }
    if (this.list) await this.load()
  }

  /** The fragment that reproduces a report, whatever else is looked at: it names every file and the model that was read. */
  linkOf(state: AppState, { request, hash }: Pick<Report, 'request' | 'hash'>): string {
    const datasets = filesToName(state, this.#workspace.datasets)
    const checkpoint = state.checkpoint ?? this.#workspace.jet.decidedBy(state)
    return runLink({ ...state, datasets, checkpoint }, request.system, hash)
  }

  /** Reads the notebook, and follows what other tabs do to it. */
  async load(): Promise<void> {
    const { engine } = this.#workspace
    if (!engine) return
    if (this.#follows !== engine) {
      this.#follows = engine
      engine.onNotebookChange(() => void this.load())
    }
    this.loading = true
    const [list, trials] = await Promise.all([
      this.#ask(() => engine.data.notebook()),
      engine.backtest.familySize().catch(() => null),
    ])
    this.loading = false
    this.trials = trials
    if (list) this.list = list
  }

  async label(run: NotebookRun, labels: Partial<RunLabels>): Promise<void> {
    const { name, tags, note } = { ...run, ...labels }
    const labelled = await this.#ask(() =>
      this.#workspace.engine?.data.labelRun(run.id, { name, tags: [...tags], note }),
    )
    if (!labelled || !this.list) return
    this.list = {
      ...this.list,
      runs: this.list.runs.map((one) => (one.id === labelled.id ? labelled : one)),
    }
  }

  async delete(runs: NotebookRun[]): Promise<void> {
    const ids = runs.map(({ id }) => id)
    const done = await this.#ask(() => this.#workspace.engine?.data.deleteRuns(ids))
    if (done === undefined) return
    this.deleted = [...this.deleted, runs]
    await this.load()
  }

  async putBack(runs: NotebookRun[]): Promise<void> {
    const ids = runs.map(({ id }) => id)
    const done = await this.#ask(() => this.#workspace.engine?.data.putBackRuns(ids))
    if (done === undefined) return
    this.deleted = this.deleted.filter((group) => group !== runs)
    await this.load()
  }

  export(runs: NotebookRun[], format: 'csv' | 'json'): Promise<Blob | undefined> {
    const ids = runs.map(({ id }) => id)
    return this.#ask(() => this.#workspace.engine?.data.exportRuns(ids, format))
  }

  /** Everything of it was forgotten. */
  forget(): void {
    this.deleted = []
    this.notKept = ''
    if (this.list) void this.load()
  }

  /** Puts these runs side by side from now on; a sentence where a link cannot hold them, else ''. */
  compare(compare: ComparePlan, more: Partial<AppState> = {}): string {
    const workspace = this.#workspace
    if (encodeLink({ ...workspace.state, ...more, compare }).length > maxEncoded) return tooLong
    workspace.change({ ...more, compare })
    return ''
  }

  /** The value, or undefined when it failed, whereupon `problem` says why. */
  async #ask<T>(call: () => Promise<Outcome<T>> | undefined): Promise<T | undefined> {
    this.problem = ''
    try {
      const outcome = await call()
      if (outcome?.ok) return outcome.value
      this.problem = outcome?.message ?? 'The engine is not running. Start it again.'
    } catch {
      this.problem = 'The engine did not answer. Reload the page; what is kept stays.'
    }
    return undefined
  }
}

const tooLong =
  'These runs name more files than a link can hold together, so they are not compared. Choose fewer of them.'

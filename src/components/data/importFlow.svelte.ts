import type {
  DatasetSummary,
  TableName,
  ImportPlan,
  ImportReport,
  RowCount,
} from '../../../workers/data/api.ts'
import { count } from '../../charts/format.ts'
import { mostDatasets } from '../../state/link.ts'
import type { Workspace } from '../../state/workspace.svelte.ts'
import { looksLikeSignals, withKind } from './columnRoles.ts'
import { datasetsInUse } from './inUse.ts'
import { isReady } from './openQuestions.ts'
import { withDayOrder } from './planDates.ts'
import { signalWarnings } from './signalWarnings.ts'
import { isForRuns } from './tableTitles.ts'
import { useAfterImport } from './useAfterImport.ts'

/** Files looked at between two signs of life. */
const portion = 8
/** Typing is re-read when the hand rests. */
const restMilliseconds = 250

/** What became of an import, besides its report. */
export type Use =
  /** The new datasets are what the next report is computed from. */
  | 'in use'
  /** They are the files a link names, and all of them are there now. */
  | 'completes the link'
  | 'link still incomplete'
  /** A link names other files: these are loaded, and not put in their place unasked. */
  | 'not what the link names'
  /** Something must be read first, so the person decides. */
  | 'held'
  /** Tables that no run computes from yet: they are there to be looked at. */
  | 'there'
  /** They came in a project, with settings that may be taken over. */
  | 'project'
  | 'nothing imported'

export interface Finished {
  report: ImportReport
  use: Use
  /** What the files ask for and the data in use cannot give. */
  warnings: string[]
  /** State of the page that a project was saved with; '' where there is none. */
  link: string
  /** What came in a project besides files, a sentence; '' = nothing. */
  also?: string
}

/** From files to datasets: look, confirm, import. Lives as long as the tab, so leaving the view loses nothing. */
export class ImportFlow {
  step = $state.raw<'idle' | 'inspecting' | 'importing'>('idle')
  plans = $state.raw<ImportPlan[]>([])
  /** How many files of those given have been looked at; null when none are. */
  looked = $state.raw<{ done: number; total: number } | null>(null)
  /** Dropped before the engine was ready. */
  waiting = $state.raw<File[]>([])
  /** Why something dropped or asked for was not done, a sentence each. */
  notes = $state.raw<string[]>([])
  rereading = $state.raw<string[]>([])
  /** What an import of a file would take in and refuse, by file; absent until it is counted. */
  counts = $state.raw<Record<string, RowCount>>({})
  counting = $state.raw(false)
  cancelling = $state.raw(false)
  finished = $state.raw<Finished | null>(null)

  readonly workspace: Workspace
  /** Null = any table is guessed. */
  readonly kind: TableName | null
  /** Edits so far, by file. */
  #revision: Record<string, number> = {}
  #pending: Promise<void>[] = []
  /** Counted or found uncountable, at which revision. */
  #counted: Record<string, number> = {}

  constructor(workspace: Workspace, kind: TableName | null) {
    this.workspace = workspace
    this.kind = kind
  }

  get ready(): ImportPlan[] {
    return this.plans.filter(isReady)
  }

  /** Looks at files; those dropped while the engine starts are looked at as soon as it runs. */
  async add(files: File[], refused: string[] = []): Promise<void> {
    this.notes = refused
    if (files.length === 0) return
    this.finished = null
    const engine = this.workspace.engine
    if (!engine || this.workspace.phase !== 'ready') {
      this.waiting = [...this.waiting, ...files]
      return
    }
    const project = files.find(isProject)
    if (project) await this.openProject(project)
    await this.#look(files.filter((file) => !isProject(file)))
  }

  async #look(files: File[]): Promise<void> {
    const engine = this.workspace.engine
    if (!engine || files.length === 0) return
    this.step = 'inspecting'
    try {
      for (let at = 0; at < files.length && this.step === 'inspecting'; at += portion) {
        this.looked = { done: at, total: files.length }
        const outcome = await engine.data.inspect(files.slice(at, at + portion), this.kind)
        if (!outcome.ok) {
          this.notes = [...this.notes, outcome.message]
          continue
        }
        this.plans = [...this.plans, ...outcome.value]
        for (const plan of outcome.value.filter(looksLikeSignals)) this.edit(plan.fileId, withKind('signals'))
      }
      await this.#settled()
    } catch (cause) {
      this.notes = [...this.notes, sentenceOf(cause)]
    } finally {
      this.looked = null
      this.step = 'idle'
      void this.#countRows()
    }
  }

  /** Counts the rows of one file after the other, so that a person knows them before confirming. */
  async #countRows(): Promise<void> {
    if (this.counting) return
    this.counting = true
    try {
      for (let plan = this.#uncounted(); plan; plan = this.#uncounted()) {
        const { fileId } = plan
        const revision = this.#revision[fileId] ?? 0
        const outcome = await this.workspace.engine?.data.countRows(plan)
        if (!outcome || this.step === 'importing') return
        this.#counted[fileId] = revision
        if (outcome.ok && outcome.value && revision === (this.#revision[fileId] ?? 0))
          this.counts = { ...this.counts, [fileId]: outcome.value }
      }
    } catch {
      // The import itself will say what is wrong.
    } finally {
      this.counting = false
    }
  }

  #uncounted(): ImportPlan | undefined {
    if (this.step !== 'idle') return undefined
    return this.ready.find(
      ({ fileId }) =>
        !this.rereading.includes(fileId) && this.#counted[fileId] !== (this.#revision[fileId] ?? 0),
    )
  }

  /** Files not looked at yet are left out. */
  stopLooking(): void {
    if (this.step === 'inspecting') this.step = 'idle'
  }

  async addWaiting(): Promise<void> {
    const files = this.waiting
    if (files.length === 0) return
    this.waiting = []
    await this.add(files, this.notes)
  }

  /** Shows the edit at once and reads the file again with it; only the answer to the newest edit counts. */
  edit(fileId: string, change: Partial<ImportPlan>, { typing = false } = {}): void {
    this.#replace(fileId, (plan) => ({ ...plan, ...change }))
    this.counts = Object.fromEntries(Object.entries(this.counts).filter(([id]) => id !== fileId))
    const revision = this.#revise(fileId)
    const rereading = this.#reread(fileId, revision, typing ? restMilliseconds : 0)
    this.#pending.push(rereading)
    void rereading.then(() => {
      this.#pending = this.#pending.filter((other) => other !== rereading)
      void this.#countRows()
    })
  }

  #revise(fileId: string): number {
    const revision = (this.#revision[fileId] ?? 0) + 1
    this.#revision[fileId] = revision
    return revision
  }

  /** Every edit has been read again. */
  async #settled(): Promise<void> {
    while (this.#pending.length > 0) await Promise.all(this.#pending)
  }

  async #reread(fileId: string, revision: number, rest: number): Promise<void> {
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
    const newest = () => this.#revision[fileId] === revision
    const plan = this.plans.find((other) => other.fileId === fileId)
    const engine = this.workspace.engine
    if (!plan || !engine || !newest()) return
    this.rereading = [...this.rereading, fileId]
    try {
      const outcome = await engine.data.replan(plan)
      if (!newest()) return
      if (outcome.ok) this.#replace(fileId, () => outcome.value)
      else this.#replace(fileId, (old) => ({ ...old, problems: [outcome.message] }))
    } catch (cause) {
      if (newest()) this.#replace(fileId, (old) => ({ ...old, problems: [sentenceOf(cause)] }))
    } finally {
      if (newest()) this.rereading = this.rereading.filter((id) => id !== fileId)
    }
  }

  #replace(fileId: string, change: (plan: ImportPlan) => ImportPlan): void {
    this.plans = this.plans.map((plan) => (plan.fileId === fileId ? change(plan) : plan))
  }

  /** The chosen order of day and month, for this file and every other that is undecided. */
  chooseDates(fileIds: string[], dateFormat: 'day-first' | 'month-first'): void {
    for (const plan of this.plans)
      if (fileIds.includes(plan.fileId)) this.edit(plan.fileId, withDayOrder(plan, dateFormat))
  }

  leaveOut(fileId: string): void {
    this.#revise(fileId)
    this.plans = this.plans.filter((plan) => plan.fileId !== fileId)
  }

  discard(): void {
    for (const plan of this.plans) this.leaveOut(plan.fileId)
    this.notes = []
  }

  /** Imports every plan that is ready; the others stay on the screen. */
  async importReady(): Promise<void> {
    await this.#settled()
    const engine = this.workspace.engine
    const plans = this.ready
    if (!engine || plans.length === 0 || this.step !== 'idle') return
    this.step = 'importing'
    this.finished = null
    this.notes = []
    this.workspace.activity = {
      label: 'Importing',
      done: 0,
      total: plans.reduce((sum, plan) => sum + plan.bytes, 0),
      unit: 'bytes',
    }
    try {
      const outcome = await engine.data.importFiles(plans)
      if (!outcome.ok) {
        this.notes = [outcome.message]
        return
      }
      const failed = outcome.value.failed.map((failure) => failure.fileName)
      const done = plans.filter((plan) => !failed.includes(plan.fileName)).map((plan) => plan.fileId)
      this.plans = this.plans.filter((plan) => !done.includes(plan.fileId))
      await this.#finish(outcome.value)
    } catch (cause) {
      this.notes = [sentenceOf(cause)]
    } finally {
      this.workspace.activity = null
      this.cancelling = false
      this.step = 'idle'
      void this.#countRows()
    }
  }

  /** Adds what a project holds to what is here. */
  async openProject(file: File): Promise<void> {
    const { engine } = this.workspace
    if (!engine || this.step !== 'idle') return
    this.step = 'importing'
    this.finished = null
    this.notes = []
    try {
      const outcome = await engine.data.importProject(file)
      if (!outcome.ok) {
        this.notes = [outcome.message]
        return
      }
      const waited = this.workspace.missing.length
      await this.workspace.reloadDatasets()
      if (waited > this.workspace.missing.length) this.workspace.refresh()
      const { report, link } = outcome.value
      const also = await this.workspace.kept.takeFromProject(outcome.value)
      this.finished = { report, link, use: 'project', warnings: [], also }
      await this.workspace.kept.look()
    } catch (cause) {
      this.notes = [sentenceOf(cause)]
    } finally {
      this.workspace.activity = null
      this.cancelling = false
      this.step = 'idle'
    }
  }

  async cancel(): Promise<void> {
    if (this.step !== 'importing') return
    this.cancelling = true
    await this.workspace.engine?.data.cancel().catch(() => undefined)
  }

  async #finish(report: ImportReport): Promise<void> {
    const { workspace } = this
    const imported = report.datasets
    const chosen = workspace.state.datasets
    const named = imported.filter((dataset) => chosen.some((ref) => ref.sha256 === dataset.sha256))
    const waitedFor = workspace.missing.length > 0
    await this.#removeOlder(imported)
    const before = datasetsInUse(workspace.datasets, chosen).filter(
      (dataset) => !imported.some((newer) => isSameFile(newer, dataset)),
    )
    await workspace.reloadDatasets()

    const after = useAfterImport(before, imported)
    const prices = after.some((dataset) => dataset.kind === 'prices') ? after : before
    const warnings = imported
      .filter((dataset) => dataset.kind === 'signals')
      .flatMap((dataset) =>
        signalWarnings(
          dataset,
          prices.filter((other) => other.kind === 'prices'),
        ),
      )
    const left = imported.filter(({ kind, sha256 }) => {
      return kind === 'options' && !after.some((dataset) => dataset.sha256 === sha256)
    }).length
    if (left > 0) {
      warnings.push(
        `${mostDatasets} files can be in use at a time: ${count(left, 'file')} of chains ` +
          `${left === 1 ? 'is' : 'are'} loaded, but not in use. Put the days of a chain into one file.`,
      )
    }
    const use = this.#use(imported, named, waitedFor, warnings, report)
    if (use === 'in use') workspace.useDatasets(after)
    if (use === 'completes the link') workspace.refresh()
    if (report.applied.length > 0) workspace.invalidatePanel()
    this.finished = { report, use, warnings, link: '' }
    await workspace.kept.look()
  }

  /** The same bytes read once more take the place of the earlier reading. */
  async #removeOlder(imported: DatasetSummary[]): Promise<void> {
    for (const newer of imported)
      for (const older of this.workspace.datasets)
        if (isSameFile(newer, older)) await this.workspace.engine?.data.remove(older.id)
  }

  #use(
    imported: DatasetSummary[],
    named: DatasetSummary[],
    waitedFor: boolean,
    warnings: string[],
    report: ImportReport,
  ): Use {
    if (imported.length === 0) return 'nothing imported'
    if (waitedFor && named.length > 0)
      return this.workspace.missing.length === 0 ? 'completes the link' : 'link still incomplete'
    if (!imported.some(({ kind }) => isForRuns(kind))) return 'there'
    if (waitedFor) return 'not what the link names'
    const toRead =
      warnings.length > 0 || report.failed.length > 0 || imported.some((dataset) => dataset.refused > 0)
    return this.kind === 'signals' && toRead ? 'held' : 'in use'
  }

  /** Puts what was imported to use after all. */
  useImported(): void {
    const { finished, workspace } = this
    if (!finished) return
    const own = datasetsInUse(workspace.datasets, workspace.state.datasets)
    this.finished = { ...finished, use: 'in use' }
    workspace.useDatasets(useAfterImport(own, finished.report.datasets))
  }
}

const isProject = ({ name }: File) => name.toLowerCase().endsWith('.contrail')

function isSameFile(one: DatasetSummary, other: DatasetSummary): boolean {
  return one.id !== other.id && one.kind === other.kind && one.sha256 === other.sha256 && !other.simulated
}

function sentenceOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause)
  return `The engine did not answer: ${message} Reload the page and try again.`
}

const flows = new WeakMap<Workspace, Map<TableName | null, ImportFlow>>()

/** One flow per tab and kind; with `null` every table is welcome. */
export function importFlowOf(workspace: Workspace, kind: TableName | null): ImportFlow {
  const own = flows.get(workspace) ?? new Map<TableName | null, ImportFlow>()
  flows.set(workspace, own)
  const flow = own.get(kind) ?? new ImportFlow(workspace, kind)
  own.set(kind, flow)
  return flow
}

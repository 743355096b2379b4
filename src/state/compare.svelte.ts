import type { ComparedRun, Comparison } from '../../workers/backtest/api.ts'
import type { NotebookRun, Outcome, RunCurve, RunFacts } from '../../workers/data/api.ts'
import type { SystemId } from '../../workers/systems/api.ts'
import { routeOf } from '../routes.ts'
import { defaultState, paramsOf, type AppState, type DatasetRef } from './appState.ts'
import type { ComparePlan } from './compareField.ts'
import { decodeLink } from './link.ts'
import { runRequest } from './runRequest.ts'
import type { Workspace } from './workspace.svelte.ts'

/**
 * Where a run that is compared comes from: `waiting` for its turn, `kept` in the notebook with that very result,
 * `computing`, computed here and `reproduced` (or `differs`, or `computed` where the link names no result), `missing`
 * files, `stopped` by the person, or `failed`.
 */
export type ComparedStatus =
  'waiting' | 'kept' | 'computing' | 'reproduced' | 'differs' | 'computed' | 'missing' | 'stopped' | 'failed'

/** One of the runs that are compared. */
export interface ComparedEntry {
  /** The fragment in the plan. */
  link: string
  state: AppState
  /** Null where the fragment is not that of a report. */
  system: SystemId | null
  status: ComparedStatus
  /** Why it failed, or how it differs. */
  message: string
  missing: DatasetRef[]
  facts: (RunFacts & Partial<Pick<NotebookRun, 'name'>>) | null
  curve: RunCurve | null
}

/** Reads, recomputes where need be, and compares the runs of a plan. One instance a view. */
export class Comparing {
  entries = $state.raw<ComparedEntry[]>([])
  /** Of those entries that have a curve, in their order. */
  comparison = $state.raw<Comparison | null>(null)
  busy = $state.raw(false)
  problem = $state.raw('')

  readonly #workspace: Workspace
  #turn = 0

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Entries that are compared, in the order of `comparison`. */
  get compared(): ComparedEntry[] {
    return this.entries.filter(({ curve }) => curve !== null)
  }

  /** Brings what is on screen to the plan; runs that are there already are not computed again. */
  async follow(plan: ComparePlan): Promise<void> {
    const turn = ++this.#turn
    const newest = () => turn === this.#turn
    this.busy = true
    this.problem = ''
    const known = new Map(this.entries.map((entry) => [entry.link, entry]))
    this.entries = plan.runs.map((link) => {
      const entry = known.get(link)
      return entry?.curve ? entry : readEntry(link)
    })
    for (const link of plan.runs) {
      if (this.entries.find((entry) => entry.link === link)?.curve) continue
      await this.#load(link, newest)
      if (!newest()) return
    }
    await this.#compare(plan, newest)
    if (newest()) this.busy = false
  }

  /** Stops what is computed; what is there stays. */
  async stop(): Promise<void> {
    this.#turn++
    this.busy = false
    this.entries = this.entries.map((entry) =>
      entry.status === 'computing' || entry.status === 'waiting' ? { ...entry, status: 'stopped' } : entry,
    )
    await this.#workspace.cancelRun()
  }

  /** The view is left: nothing more is begun. */
  leave(): void {
    this.#turn++
  }

  #set(link: string, part: Partial<ComparedEntry>): void {
    this.entries = this.entries.map((entry) => (entry.link === link ? { ...entry, ...part } : entry))
  }

  async #load(link: string, newest: () => boolean): Promise<void> {
    const workspace = this.#workspace
    const { engine } = workspace
    const entry = this.entries.find((one) => one.link === link)
    if (!entry || !engine) return
    const { state, system } = entry
    if (system === null) return this.#set(link, { status: 'failed', message: notOfAReport })
    try {
      const list = await engine.data.notebook()
      const kept = list.ok
        ? list.value.runs.find((run) => run.system === system && run.result === state.result)
        : undefined
      const curve = kept && (await engine.data.runCurve(kept.id))
      if (!newest()) return
      if (kept && curve?.ok) return this.#set(link, { status: 'kept', facts: kept, curve: curve.value })
      const missing = state.datasets.filter(
        ({ sha256 }) => !workspace.datasets.some((dataset) => dataset.sha256 === sha256),
      )
      if (missing.length > 0) return this.#set(link, { status: 'missing', missing })
      this.#set(link, { status: 'computing' })
      const computed = await this.#compute(state, system)
      if (!newest()) return
      if (computed.ok) return this.#set(link, computed.value)
      if (computed.code === 'superseded') this.#set(link, { status: 'stopped' })
      else this.#set(link, { status: 'failed', message: computed.message })
    } catch (cause) {
      if (!newest()) return
      this.#set(link, { status: 'failed', message: cause instanceof Error ? cause.message : String(cause) })
    }
  }

  /** Runs it as its own view would, which counts as a trial and is kept in the notebook. */
  async #compute(state: AppState, system: SystemId): Promise<Outcome<Partial<ComparedEntry>>> {
    const workspace = this.#workspace
    const panel = await workspace.runnable(system, state)
    if (!panel.ok) return panel
    const { engine } = workspace
    if (!engine) return { ok: false, code: 'not-ready', message: 'The engine stopped. Start it again.' }
    const request = runRequest(state, system, panel.value)
    const run = await engine.backtest.run(request)
    if (!run.ok) return run
    const evidence = await engine.backtest.evidence(request)
    if (!evidence.ok) return evidence
    const report = run.value
    await workspace.notebook.keep(report, evidence.value, state)
    const { runCurve, runFacts } = await import('./runFacts.ts')
    const expected = state.result
    const same = report.hash === expected
    return {
      ok: true,
      value: {
        status: expected === null ? 'computed' : same ? 'reproduced' : 'differs',
        message: same || expected === null ? '' : differs(expected, report.hash),
        facts: runFacts(report, evidence.value, state, workspace.notebook.linkOf(state, report)),
        curve: runCurve(report),
      },
    }
  }

  async #compare(plan: ComparePlan, newest: () => boolean): Promise<void> {
    const { engine } = this.#workspace
    const runs = this.compared.map(asCompared)
    if (runs.length < 2 || !engine) {
      this.comparison = null
      return
    }
    const base = Math.max(
      0,
      this.compared.findIndex(({ link }) => link === plan.runs[plan.base]),
    )
    try {
      const outcome = await engine.backtest.compareRuns(runs, base)
      if (!newest()) return
      this.comparison = outcome.ok ? outcome.value : null
      if (!outcome.ok && outcome.code !== 'superseded') this.problem = outcome.message
    } catch {
      if (newest()) this.problem = 'The engine did not answer. Reload the page to compare again.'
    }
  }
}

/** A run inside the fragment of a run is dropped: what is compared is one level deep. */
function readEntry(link: string): ComparedEntry {
  const decoded = decodeLink(link).state
  const state = { ...decoded, compare: defaultState().compare, family: null }
  return {
    link,
    state,
    system: routeOf(state.view).system,
    status: 'waiting',
    message: '',
    missing: [],
    facts: null,
    curve: null,
  }
}

function asCompared({ state, facts, curve }: ComparedEntry): ComparedRun {
  const { cashRate } = paramsOf(state, facts?.system as SystemId)
  return {
    dates: curve?.dates ?? new Int32Array(),
    equity: curve?.equity ?? new Float64Array(),
    splitFrom: facts?.splitFrom ?? null,
    cashRate: typeof cashRate === 'number' ? cashRate : 0,
  }
}

const notOfAReport = 'This is not the link of a report, so there is nothing to compare.'

function differs(expected: string, found: string): string {
  return `The link has the result ${expected.slice(0, 8)}, here it is ${found.slice(0, 8)}. What is compared is what was computed here.`
}

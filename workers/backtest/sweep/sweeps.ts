import { systemOf } from '../../systems/registry.ts'
import type { Outcome, Part } from '../api.ts'
import type { Calendar } from '../calendarDraws.ts'
import type { LoadedPanel } from '../engine.ts'
import type { FamilyKeep } from '../keep/familyKeep.ts'
import type { TrialStore } from '../keep/trialStore.ts'
import { failed } from '../outcome.ts'
import { scopeOf } from '../range.ts'
import type {
  StoredSweep,
  SweepCell,
  SweepMap,
  SweepMapQuery,
  SweepMetric,
  SweepSpec,
  SweepStatus,
  SweepSummary,
} from './contract.ts'
import { sweepMap } from './map.ts'
import { canShare, taskMarket } from './market.ts'
import { overfittingApart } from './overfitting.ts'
import { SweepPlan } from './plan.ts'
import type { PoolWorker } from './pool.ts'
import { sweepCell, sweepSummary } from './summary.ts'
import { SweepRun } from './sweepRun.ts'

/** Finished and interrupted sweeps that are kept; beyond it the oldest goes. */
const mostKept = 5
/** Fewer strategies than this say nothing about overfitting. */
const fewestStrategies = 10

export interface SweepsGiven {
  workers: number
  create: () => PoolWorker
  keep: FamilyKeep
  store: TrialStore
  tell: (status: SweepStatus) => void
  /** The panel in use; null before there is one. */
  loaded: () => { panel: LoadedPanel; calendar: Calendar } | null
}

/** The sweeps of a tab: one at a time is computed and looked at, the last few are kept. */
export class Sweeps {
  private run: SweepRun | null = null
  private overfitting: { of: string; pbo: number; strategies: number } | null = null

  constructor(private readonly given: SweepsGiven) {}

  async start(spec: SweepSpec): Promise<Outcome<SweepStatus>> {
    const made = this.make(crypto.randomUUID(), spec)
    if (typeof made === 'string') return failed('cannot-sweep', made)
    await this.run?.close('paused')
    this.run = made
    made.start()
    void this.dropOld()
    return { ok: true, value: made.status() }
  }

  pause(): void {
    this.run?.pause()
  }

  goOn(): void {
    this.run?.start()
  }

  async cancel(): Promise<void> {
    const { run } = this
    if (run === null) return
    await run.close('cancelled')
    await this.given.store.removeSweep(run.id).catch(() => undefined)
  }

  status(): SweepStatus | null {
    return this.run?.status() ?? null
  }

  map(query: SweepMapQuery): Outcome<SweepMap> {
    if (this.run === null) return noSweep
    return { ok: true, value: sweepMap(this.run.results, query) }
  }

  async summary(metric: SweepMetric, part: Part): Promise<Outcome<SweepSummary>> {
    const { run } = this
    if (run === null) return noSweep
    const rest = sweepSummary(run.results, metric, part)
    const { pbo, strategies } = await this.overfittingOf(run)
    return { ok: true, value: { ...rest, pbo, pboStrategies: strategies } }
  }

  cell(index: number, metric: SweepMetric, part: Part): Outcome<SweepCell> {
    const cell = this.run === null ? null : sweepCell(this.run.results, index, metric, part)
    return cell === null ? noSweep : { ok: true, value: cell }
  }

  async stored(): Promise<Outcome<StoredSweep[]>> {
    const contents = this.given.loaded()?.panel.contents
    const kept = await this.given.store.sweeps()
    return {
      ok: true,
      value: kept
        .filter(({ id }) => id !== this.run?.id)
        .sort((a, b) => b.savedAt - a.savedAt)
        .map(({ contents: made, ...rest }) => ({ ...rest, samePrices: made === contents })),
    }
  }

  async resume(id: string): Promise<Outcome<SweepStatus>> {
    const kept = (await this.given.store.sweeps()).find((one) => one.id === id)
    if (kept === undefined) return failed('no-sweep', 'This sweep is no longer kept. Start it anew.')
    if (kept.contents !== this.given.loaded()?.panel.contents) {
      return failed(
        'other-prices',
        'This sweep was made of other prices or signals. Choose those again to go on with it.',
      )
    }
    const made = this.make(id, kept.spec)
    if (typeof made === 'string') return failed('cannot-sweep', made)
    made.restore(await this.given.store.sweepParts(id))
    await this.run?.close('paused')
    this.run = made
    made.start()
    return { ok: true, value: made.status() }
  }

  async forget(id: string): Promise<Outcome<null>> {
    await this.given.store.removeSweep(id)
    return { ok: true, value: null }
  }

  /** Returns of combinations on these data and days, where there are some. */
  strategies(contents: string, firstDay: number): ReturnType<SweepRun['strategies']> | null {
    const { run } = this
    if (run === null || run.contents !== contents || run.firstDay !== firstDay) return null
    return run.strategies()
  }

  private make(id: string, spec: SweepSpec): SweepRun | string {
    const loaded = this.given.loaded()
    if (loaded === null) return 'There are no prices yet. Load a price file first.'
    const scope = scopeOf(loaded.panel.panel, spec.request)
    if (typeof scope === 'string') return scope
    const shared = canShare()
    try {
      const plan = new SweepPlan(spec, systemOf(spec.request.system).onlyRules)
      const days = scope.range.last - scope.range.first + 1
      return new SweepRun({
        id,
        spec,
        plan,
        parts: scope.split < days ? ['inSample', 'outOfSample'] : ['all'],
        contents: loaded.panel.contents,
        setup: {
          market: taskMarket(loaded.panel, loaded.calendar, scope, shared),
          spec,
          windows: [{ range: scope.range, split: scope.split }],
        },
        shared,
        workers: this.given.workers,
        create: this.given.create,
        keep: this.given.keep,
        store: this.given.store,
        tell: this.given.tell,
      })
    } catch (cause) {
      if (cause instanceof RangeError) return cause.message
      throw cause
    }
  }

  /** Computed once nothing more comes in, by a worker of its own. */
  private async overfittingOf(run: SweepRun): Promise<{ pbo: number; strategies: number }> {
    const { state } = run
    const key = `${run.id} ${run.results.done}`
    if (this.overfitting?.of === key) return this.overfitting
    if (state === 'running') return { pbo: NaN, strategies: 0 }
    const { matrix, days, count } = run.strategies()
    const pbo =
      count >= fewestStrategies ? await overfittingApart(this.given.create, matrix, days, count) : NaN
    this.overfitting = { of: key, pbo, strategies: count }
    return this.overfitting
  }

  private async dropOld(): Promise<void> {
    const kept = await this.given.store.sweeps()
    const old = kept.sort((a, b) => b.savedAt - a.savedAt).slice(mostKept)
    for (const { id } of old) await this.given.store.removeSweep(id)
  }
}

const noSweep = failed('no-sweep', 'There is no sweep to show. Start one.')

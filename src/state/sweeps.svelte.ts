import type {
  Outcome,
  Part,
  StoredSweep,
  SweepCell,
  SweepMap,
  SweepMapQuery,
  SweepSpec,
  SweepStatus,
  SweepSummary,
} from '../../workers/backtest/api.ts'
import type { PanelSummary } from '../../workers/data/api.ts'
import type { ParamValue, SystemId } from '../../workers/systems/api.ts'
import type { AppState } from './appState.ts'
import { newestWins } from './newest.ts'
import { benchmarkOf, runRequest, splitDay, type Market } from './runRequest.ts'
import { drawnAxes, modelsOf, specOf, type SweepPlan } from './sweepPlan.ts'
import type { Engine } from './workers.ts'

/** What a sweep needs of the workspace. */
interface Host {
  readonly state: AppState
  readonly engine: Engine | null
  change(part: Partial<AppState>): void
  panelFor(system: SystemId): Promise<Outcome<PanelSummary>>
  /** The panel and all that runs need besides. */
  runnable(system: SystemId, state?: AppState, models?: ParamValue[]): Promise<Outcome<PanelSummary>>
}

/** Milliseconds between two looks at the map, and at the summary, while a sweep goes on. */
const mapEvery = 250
const summaryEvery = 2_000

/** The sweep of a tab: what is under way in the worker, and what is shown of it. */
export class Sweeps {
  status = $state.raw<SweepStatus | null>(null)
  map = $state.raw<SweepMap | null>(null)
  summary = $state.raw<SweepSummary | null>(null)
  /** Sweeps that a reload interrupted. */
  stored = $state.raw<StoredSweep[]>([])
  /** Of the metric on screen; null = the first part there is, so that out of sample is only shown when asked for. */
  part = $state.raw<Part | null>(null)
  /** A sweep is being started, or gone on with. */
  busy = $state.raw(false)
  problem = $state.raw('')
  /** Combinations a second, of the newest sweep that ran in this tab; 0 = none did. */
  speed = $state.raw(0)

  readonly #host: Host
  #summaryAt = -Infinity
  #wait: (ms: number) => Promise<void>

  constructor(host: Host, wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))) {
    this.#host = host
    this.#wait = wait
  }

  get plan(): SweepPlan {
    return this.#host.state.sweep
  }

  /** The sweep is being computed, or could be at once. */
  get alive(): boolean {
    return this.status?.state === 'running' || this.status?.state === 'paused'
  }

  /** Parts of the sweep on screen: with a split in and out of sample, never both in one number. */
  get parts(): Part[] {
    return this.status?.spec.request.outOfSampleFrom == null ? ['all'] : ['inSample', 'outOfSample']
  }

  get shownPart(): Part {
    const { part, parts } = this
    return part !== null && parts.includes(part) ? part : parts[0]
  }

  /** The map that the settings ask for. */
  get query(): SweepMapQuery | null {
    const { status, plan } = this
    if (!status) return null
    const axes = drawnAxes(
      status.spec.axes.map(({ param }) => param),
      plan,
    )
    return { ...axes, metric: plan.metric, part: this.shownPart, show: plan.show }
  }

  /** Listens to a new engine: what an earlier one held is gone. */
  begin(engine: Engine): void {
    this.#forgetShown()
    engine.onSweep((status) => {
      if (status) this.hear(status)
      else {
        const lost = this.alive
        this.#forgetShown()
        if (lost) this.problem = 'The worker was restarted, which stopped the sweep.'
        void this.look()
      }
    })
  }

  #forgetShown(): void {
    this.status = null
    this.map = null
    this.summary = null
  }

  hear(status: SweepStatus): void {
    const before = this.status
    if (status.id !== before?.id) {
      this.map = null
      this.summary = null
      this.part = null
    }
    this.status = status
    if (status.perSecond > 0) this.speed = status.perSecond
    const moved = status.id !== before?.id || status.done !== before.done || status.state !== before.state
    if (moved) void this.refresh()
  }

  /** Draws again; while the sweep runs no more than four times a second. */
  refresh(): Promise<void> {
    return this.#pull(null)
  }

  #pull = newestWins<null>(async (_input, newest) => {
    const engine = this.#host.engine
    const { query, status } = this
    if (!engine || !query || !status || status.done === 0) return
    const began = performance.now()
    try {
      const map = await engine.backtest.sweepMap(query)
      if (map.ok && this.status?.id === status.id) this.map = map.value
      else if (!map.ok) this.problem = map.message
      const running = this.status?.state === 'running'
      const same = this.summary?.metric === query.metric && this.summary.part === query.part
      if (newest() && (!running || !same || performance.now() - this.#summaryAt > summaryEvery)) {
        const summary = await engine.backtest.sweepSummary(query.metric, query.part)
        this.#summaryAt = performance.now()
        if (summary.ok && this.status?.id === status.id) this.summary = summary.value
      }
    } catch {
      // The worker was replaced meanwhile, which is told where that happens.
      return
    }
    const left = mapEvery - (performance.now() - began)
    if (this.status?.state === 'running' && left > 0) await this.#wait(left)
  })

  /** Looks for a sweep under way in the worker, and for those that a reload interrupted. */
  async look(): Promise<void> {
    const engine = this.#host.engine
    if (!engine) return
    try {
      const status = await engine.backtest.sweepStatus()
      if (status) this.hear(status)
      this.stored = await this.#storedOnTheirPanels(engine)
    } catch (cause) {
      this.#say(cause)
    }
  }

  /** Whether its prices are those in use can only be said of a sweep while the panel of its system is loaded. */
  async #storedOnTheirPanels(engine: Engine): Promise<StoredSweep[]> {
    const all = await engine.backtest.storedSweeps()
    if (!all.ok) return []
    const found = new Map(all.value.map((sweep) => [sweep.id, sweep]))
    for (const system of new Set(all.value.map((sweep) => sweep.spec.request.system))) {
      if (!(await this.#host.panelFor(system)).ok) continue
      const again = await engine.backtest.storedSweeps()
      if (!again.ok) continue
      for (const sweep of again.value) if (sweep.spec.request.system === system) found.set(sweep.id, sweep)
    }
    return [...found.values()].filter(({ id }) => id !== this.status?.id)
  }

  /** Runs the sweep that the settings say, in place of the one on screen. */
  async start(): Promise<void> {
    const { plan } = this
    const { state } = this.#host
    await this.#through(plan.system, modelsOf(plan), (engine, panel) =>
      engine.backtest.startSweep(specOf(plan, runRequest(state, plan.system, panel))),
    )
  }

  /** Goes on with a stored sweep, in place of the one on screen. */
  async goOn(sweep: StoredSweep): Promise<void> {
    const { request, axes } = sweep.spec
    const models = axes.find(({ param }) => param === 'model')?.values ?? [request.params.model]
    await this.#through(request.system, models, (engine) => engine.backtest.resumeSweep(sweep.id))
    this.stored = this.stored.filter(({ id }) => id !== this.status?.id)
  }

  async #through(
    system: SystemId,
    models: ParamValue[] | undefined,
    ask: (engine: Engine, panel: PanelSummary) => Promise<Outcome<SweepStatus>>,
  ): Promise<void> {
    this.problem = ''
    this.busy = true
    try {
      const panel = await this.#host.runnable(system, this.#host.state, models)
      const { engine } = this.#host
      const outcome = panel.ok && engine ? await ask(engine, panel.value) : panel
      if (!outcome.ok) {
        if (outcome.code !== 'superseded') this.problem = outcome.message
      } else if ('spec' in outcome.value) this.hear(outcome.value)
    } catch (cause) {
      this.#say(cause)
    } finally {
      this.busy = false
    }
  }

  async pause(): Promise<void> {
    await this.#host.engine?.backtest.pauseSweep().catch((cause: unknown) => this.#say(cause))
  }

  async continue(): Promise<void> {
    await this.#host.engine?.backtest.continueSweep().catch((cause: unknown) => this.#say(cause))
  }

  async cancel(): Promise<void> {
    await this.#host.engine?.backtest.cancelSweep().catch((cause: unknown) => this.#say(cause))
  }

  async forget(id: string): Promise<void> {
    const outcome = await this.#host.engine?.backtest.forgetSweep(id)
    if (outcome?.ok) this.stored = this.stored.filter((sweep) => sweep.id !== id)
    else if (outcome) this.problem = outcome.message
  }

  /** One combination with its surroundings; null where it has not been computed. */
  async cell(index: number): Promise<SweepCell | null> {
    const { engine } = this.#host
    if (!engine || index < 0) return null
    try {
      const outcome = await engine.backtest.sweepCell(index, this.plan.metric, this.shownPart)
      return outcome.ok ? outcome.value : null
    } catch {
      return null
    }
  }

  /** Opens the full report of a combination of the sweep on screen; “back” returns to the sweep. */
  async open(params: Record<string, ParamValue>): Promise<void> {
    const { status } = this
    if (!status) return
    const panel = await this.#host.panelFor(status.spec.request.system)
    if (!panel.ok) this.problem = panel.message
    else this.#host.change(stateOf(this.#host.state, status.spec, params, panel.value))
  }

  #say(cause: unknown): void {
    this.problem = cause instanceof Error ? cause.message : String(cause)
  }
}

/** What has to change for the report to be that of a combination: “auto” stays where it means the same. */
export function stateOf(
  state: AppState,
  { request }: SweepSpec,
  params: Record<string, ParamValue>,
  market: Market,
): Partial<AppState> {
  const { system, from, to, seed } = request
  const span = { ...state, from, to }
  const sameSplit = splitDay(span, market) === request.outOfSampleFrom
  const sameBenchmark = benchmarkOf(state, market) === request.benchmark
  return {
    view: system,
    params: { ...state.params, [system]: { ...request.params, ...params } },
    from,
    to,
    seed,
    split: sameSplit ? state.split : request.outOfSampleFrom,
    benchmark: sameBenchmark ? state.benchmark : request.benchmark,
  }
}

/** Whether “Run” would compute what is on screen again. */
export function sameSpec(a: SweepSpec, b: SweepSpec): boolean {
  const text = ({ request, axes, design }: SweepSpec) =>
    JSON.stringify([
      request.system,
      Object.entries(request.params).sort(([first], [second]) => (first < second ? -1 : 1)),
      [request.from, request.to, request.outOfSampleFrom, request.benchmark, request.seed],
      axes.map(({ param, values }) => [param, values]),
      design,
    ])
  return text(a) === text(b)
}

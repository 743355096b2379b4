import type {
  Evidence,
  LookAheadCheck,
  Outcome,
  Report,
  RunRequest,
  TradeChart,
} from '../../workers/backtest/api.ts'
import type {
  BrowseTarget,
  DatasetSummary,
  PanelSummary,
  Progress,
  TableName,
} from '../../workers/data/api.ts'
import type { Params, ParamValue, SystemId } from '../../workers/systems/api.ts'
import { routeOf, type ViewId } from '../routes.ts'
import { landingState, paramsOf, type AppState, type DatasetRef } from './appState.ts'
import { Guards } from './guards.svelte.ts'
import { isRule, Jet } from './jet.svelte.ts'
import { Kept } from './kept.svelte.ts'
import { chainNeeds } from './chainNeeds.ts'
import { chainsInUse } from './chainsInUse.ts'
import { confirm, expect, isAsItComes, type Confirmation, type Expectation } from './confirmation.ts'
import { decodeLink, encodeLink, maxEncoded } from './link.ts'
import { Options } from './options.svelte.ts'
import { pricesAreSimulated } from './exampleFiles.ts'
import { followCollected } from './followCollected.ts'
import { findingIdOf, repairKey } from './repairKeys.ts'
import { Live } from './live.svelte.ts'
import { newestWins } from './newest.ts'
import { Notebook } from './notebook.svelte.ts'
import { Paper } from './paper.svelte.ts'
import { seenFigures } from './seenFigures.ts'
import { runRequest, type Market } from './runRequest.ts'
import { fetchSample, isSampleSystem, type SampleFiles, type SampleSummary } from './samples.ts'
import { filesToName, furtherTables, refOf } from './tablesRead.ts'
import { Tickets } from './tickets.svelte.ts'
import { Sweeps } from './sweeps.svelte.ts'
import { Walks } from './walks.svelte.ts'
import type { Engine } from './workers.ts'

/** `stopped`: a person did not want to wait for it. */
export type EnginePhase = 'idle' | 'starting' | 'ready' | 'stopped' | 'failed'

/** What is under way, for the progress line; null when nothing is. */
export interface Activity {
  label: string
  done: number
  total: number
  unit: 'bytes' | 'rows' | 'files'
  /** Rows read so far, while a file is imported. */
  rows?: number
}

/** What only turns a page of what is looked at. */
const pages: (keyof AppState)[] = [
  'jetTab',
  'ticketsTab',
  'ticketProduct',
  'optionsTab',
  'optionsChain',
  'optionsContract',
  'strikemapSettings',
  'liveTab',
  'compare',
  'guide',
]

/** What a panel was made of; null = not handed over. */
interface PanelKey {
  prices: string
  flights: string | null
  demand: string | null
  chains: string | null
  /** The day that has begun, where the panel was to end on it. */
  today: number | null
}

/** Days of the check against look-ahead between two looks at whether it shall go on. */
const daysAtATime = 5

/** Everything the page shows, and what a person can do to it. One instance per tab. */
export class Workspace {
  state = $state.raw<AppState>(landingState())
  /** The state that the address bar holds: during a drag that of a moment ago. */
  address = $state.raw<AppState>(this.state)
  phase = $state.raw<EnginePhase>('idle')
  phaseMessage = $state.raw('')
  /** For a bug report: what the worker said of its failure. */
  phaseDetail = $state.raw('')
  activity = $state.raw<Activity | null>(null)
  datasets = $state.raw<DatasetSummary[]>([])
  panel = $state.raw<PanelSummary | null>(null)
  report = $state.raw<Report | null>(null)
  /** Of the report shown, or of the one before it until the next has been computed: compare the hashes. */
  evidence = $state.raw<Evidence | null>(null)
  /** The report shown is older than the settings. */
  stale = $state.raw(false)
  error = $state.raw('')
  /** A run is under way. */
  running = $state.raw(false)
  /** The person stopped the run of the present settings. */
  cancelled = $state.raw(false)
  linkProblems = $state.raw<string[]>([])
  confirmation = $state.raw<Confirmation>({ kind: 'none' })

  /** The table that was asked for on the way to the view of tables. */
  toBrowse = $state.raw<BrowseTarget | null>(null)

  readonly kept = new Kept(this)
  readonly notebook = new Notebook(this)
  readonly guards = new Guards((request, id) =>
    this.engine ? this.engine.backtest.guard(request, id) : Promise.reject(new Error('No engine.')),
  )
  readonly sweeps = new Sweeps(this)
  readonly walks = new Walks(this)
  readonly jet = new Jet(this)
  readonly tickets = new Tickets(this)
  readonly options = new Options(this)
  readonly live = new Live(this)
  readonly paper = new Paper(this)
  engine: Engine | null = null
  /** Resolves when the runs asked for so far are over. */
  computed: Promise<void> = Promise.resolve()
  #expected: Expectation | null = null
  /** Trials of a link that the worker has not taken in yet. */
  #carried: string | null = null
  /** Datasets that stand in for those of a link, as JSON; null = none do. */
  #insteadOfLink = $state.raw<string | null>(null)
  #panelOf: PanelKey | null = null
  #preparing: Promise<unknown> = Promise.resolve()
  #gesture = false
  #addressTimer: ReturnType<typeof setTimeout> | undefined
  /** Ids of the findings whose repairs the worker has switched off. */
  #repairsOff = new Set<string>()
  #evidencePanel = ''
  #evidenceTimer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param overview what the landing page shows of the reports that come with the page; none in development
   * @param sampleFiles where those are; null = nothing was computed ahead
   */
  constructor(
    readonly overview: readonly SampleSummary[],
    private readonly sampleFiles: SampleFiles | null = null,
  ) {}

  get system(): SystemId | null {
    return routeOf(this.state.view).system
  }
  get params(): Params {
    return paramsOf(this.state, this.system ?? 'options')
  }
  /** The report of the system in view; another system's report is never shown under its name. */
  get shown(): Report | null {
    return this.report?.request.system === this.system ? this.report : null
  }
  /** Whether a report is looked at, and not a part of a system that needs none. */
  get showsReport(): boolean {
    const { jetTab, ticketsTab, optionsTab } = this.state
    if (this.system === 'jet') return jetTab === 'report'
    if (this.system === 'options') return optionsTab === 'report'
    return this.system === 'tickets' ? ticketsTab === 'report' : this.system !== null
  }
  /** What the data in use are to a system; null until they are loaded. */
  marketFor(system: SystemId | null): Market | null {
    return this.panel && { ...this.panel, untouchedFrom: this.#untouchedFrom(system) }
  }
  /** The custom system has nothing to run until a file of signals is there. */
  get needsSignals(): boolean {
    return this.system === 'custom' && !this.state.datasets.some((ref) => ref.kind === 'signals')
  }
  /** Whether the prices in use are of the simulated market, be it as an example file. */
  get simulated(): boolean {
    return pricesAreSimulated(this.state.datasets)
  }
  get hasOwnPrices(): boolean {
    return this.state.datasets.some((ref) => ref.kind === 'prices')
  }
  /** Datasets that the state names and this tab does not have. */
  get missing(): DatasetRef[] {
    return this.state.datasets.filter(
      (ref) => !this.datasets.some((dataset) => dataset.sha256 === ref.sha256),
    )
  }

  // ── Link ────────────────────────────────────────────────────────────────

  readLink(fragment: string): void {
    const { state: read, problems } = decodeLink(fragment)
    const state = { ...read, family: null }
    this.linkProblems = problems
    this.#carried = read.family
    void this.#takeFamily()
    this.#gesture = false
    clearTimeout(this.#addressTimer)
    const fresh = JSON.stringify(state) !== JSON.stringify(this.state)
    this.state = state
    this.address = state
    if (state.result !== null) {
      this.#insteadOfLink = null
      this.#expected = expect('link', state.result, state, state.seen)
      this.confirmation = { kind: 'pending', by: 'link' }
    }
    if (fresh) this.refresh()
    void this.#showSample()
  }

  /** The fragment that reproduces what is on screen. */
  link(): string {
    return encodeLink(this.#linked)
  }

  /**
   * The same with everything that was tried, so that the receiver is charged for it too. Where that is too long
   * for a link the trials stay behind, and `whole` says so.
   */
  async linkWithFamily(): Promise<{ fragment: string; whole: boolean }> {
    const { engine } = this
    const family = await engine?.backtest.familyText(this.shown?.request ?? null).catch(() => null)
    const fragment = encodeLink({ ...this.#linked, family: family ?? null })
    if (fragment.length <= maxEncoded) return { fragment, whole: typeof family === 'string' }
    return { fragment: this.link(), whole: false }
  }

  get #linked(): AppState {
    const { state, datasets } = this
    const report = this.stale ? null : this.shown
    return {
      ...state,
      datasets: filesToName(state, datasets),
      checkpoint: state.checkpoint ?? this.jet.decidedBy(state),
      result: report?.hash ?? null,
      seen: report && seenFigures(report),
    }
  }

  /** What the sender of a link tried counts here before anything of it is judged. */
  async #takeFamily(): Promise<void> {
    const text = this.#carried
    if (text === null || !this.engine) return
    this.#carried = null
    const taken = await this.engine.backtest.addFamily(text).catch(() => false)
    if (!taken)
      this.linkProblems = [
        ...this.linkProblems,
        'What the sender tried could not be read from this link, so the verdict here is not charged for it.',
      ]
  }

  /**
   * Changes the state and the address, one history entry a gesture: the first `live` change (while dragging)
   * adds it, those that follow and the change that ends the gesture replace it, so that “back” undoes it whole.
   */
  change(part: Partial<AppState>, { live = false } = {}): void {
    this.state = { ...this.state, ...part, result: null, seen: null }
    clearTimeout(this.#addressTimer)
    // Browsers refuse many addresses a second, so a drag writes its own when the hand rests.
    if (this.#gesture && live) this.#addressTimer = setTimeout(() => this.#writeAddress('replaceState'), 250)
    else this.#writeAddress(this.#gesture ? 'replaceState' : 'pushState')
    this.#gesture = live
    const turnedPage = Object.keys(part).every((field) => (pages as string[]).includes(field))
    if (!turnedPage || this.stale || !this.shown) this.refresh()
    void this.#showSample()
  }

  /** Until the engine has computed the report of untouched settings, the one that came with the page stands there. */
  async #showSample(): Promise<void> {
    const { system, state } = this
    const file = isSampleSystem(system) ? this.sampleFiles?.[system] : undefined
    if (file === undefined || this.shown || !isAsItComes(state)) return
    const sample = await fetchSample(file)
    if (!sample || this.system !== system || !isAsItComes(this.state)) return
    const { report, evidence } = sample
    const computed = this.shown
    if (!computed) {
      this.report = report
      this.evidence = evidence
    }
    if (this.#expected?.by === 'link' && this.state.result !== null) return
    this.#expected = expect('build', report.hash, this.state, seenFigures(report))
    if (!computed) this.confirmation = { kind: 'pending', by: 'build' }
    else if (!this.stale) this.confirmation = confirm(this.#expected, this.state, computed)
  }

  #writeAddress(how: 'pushState' | 'replaceState'): void {
    this.address = this.state
    history[how](null, '', encodeLink(this.state) || location.pathname + location.search)
  }

  setParams(params: Params, options: { live?: boolean } = {}): void {
    const system = this.system
    if (system) this.change({ params: { ...this.state.params, [system]: params } }, options)
  }

  show(view: ViewId): void {
    this.change({ view })
  }

  /** @param entry a section of the guide or an entry of its glossary; one that it does not have opens its first page */
  openGuide(entry: string): void {
    this.change({ view: 'guide', guide: entry })
  }

  // ── Engine ──────────────────────────────────────────────────────────────

  async start(createEngine: () => Engine, progress: (callback: Progress) => Progress): Promise<void> {
    this.phase = 'starting'
    this.#forgetPanel()
    this.#repairsOff = new Set()
    this.phaseMessage = 'Starting DuckDB'
    const engine = createEngine()
    this.engine = engine
    void this.#takeFamily()
    void engine.died.then((message) => this.#fail(`The engine stopped: ${message}`))
    try {
      const started = await engine.data.start(
        new URL('.', document.baseURI).href,
        progress((step) => {
          this.activity = step
          this.kept.watch(step)
        }),
      )
      if (!started.ok) return this.#fail(started.message, started.detail)
      this.phaseMessage = 'Loading the simulated market'
      const simulated = await engine.data.loadSimulated()
      if (!simulated.ok) return this.#fail(simulated.message, simulated.detail)
      await this.reloadDatasets()
      this.activity = null
      this.phase = 'ready'
      this.phaseMessage = ''
      this.refresh()
    } catch (cause) {
      this.#fail(cause instanceof Error ? cause.message : String(cause))
    }
  }

  /** Gives up a start that takes too long; it can be asked for again. */
  stopStarting(): void {
    if (this.phase !== 'starting') return
    this.phase = 'stopped'
    this.phaseMessage = ''
    this.activity = null
    this.engine?.stop()
    this.engine = null
  }

  #fail(message: string, detail = ''): void {
    if (this.phase === 'stopped') return
    this.phaseDetail = detail
    this.phase = 'failed'
    this.phaseMessage = message
    this.activity = null
    this.guards.stop()
    this.engine?.stop()
    this.engine = null
  }

  async reloadDatasets(): Promise<void> {
    const list = await this.engine?.data.datasets()
    if (!list?.ok) return
    this.datasets = list.value
    const datasets = followCollected(this.state.datasets, list.value)
    if (datasets === this.state.datasets) return
    this.state = { ...this.state, datasets }
    this.#writeAddress('replaceState')
  }

  /** Uses these datasets from now on; none = the simulated market. */
  useDatasets(used: DatasetSummary[]): void {
    const refs = used.filter((dataset) => !dataset.simulated).map(refOf)
    this.#insteadOfLink = this.missing.length > 0 ? JSON.stringify(refs) : null
    this.change({ datasets: refs, from: null, to: null, split: 'auto', benchmark: 'auto' })
  }

  /** Runs what a link asks on other data than it names, all else as it says. */
  runOnOther(used: DatasetSummary[]): void {
    const refs = used.filter((dataset) => !dataset.simulated).map(refOf)
    this.#insteadOfLink = JSON.stringify(refs)
    this.change({ datasets: refs })
  }

  /** A link was opened that names other data than those in use. */
  get otherThanLink(): boolean {
    return this.#insteadOfLink === JSON.stringify(this.state.datasets)
  }

  // ── Runs ────────────────────────────────────────────────────────────────

  refresh(): void {
    if (this.phase !== 'ready' || !this.system || this.missing.length > 0 || this.needsSignals) return
    this.stale = this.report !== null
    this.guards.stop()
    // Whoever looks at the flights or tickets does not wait for a report; it is computed when it is looked at.
    if (!this.showsReport) return
    this.computed = this.#recompute(this.state)
  }

  /** Switches a repair of the data off or on; the link carries which are off. */
  setRepair(findingId: string, active: boolean): void {
    const key = repairKey(findingId, this.datasets)
    if (key === null) return
    const others = this.state.repairsOff.filter((off) => off !== key)
    this.change({ repairsOff: active ? others : [...others, key] })
  }

  /** Brings the worker's switches to what the state says. */
  async applyRepairs(state: AppState = this.state): Promise<void> {
    const wanted = new Set(
      state.repairsOff.map((key) => findingIdOf(key, this.datasets)).filter((id) => id !== null),
    )
    for (const id of [...wanted, ...this.#repairsOff]) {
      if (wanted.has(id) !== this.#repairsOff.has(id)) await this.engine?.data.setRepair(id, !wanted.has(id))
    }
    this.#repairsOff = wanted
  }

  /** The next panel differs though the datasets are the same: other files have changed their prices. */
  invalidatePanel(): void {
    this.#forgetPanel()
    this.refresh()
  }

  #recompute = newestWins<AppState>(async (state, newest) => {
    const system = routeOf(state.view).system
    const engine = this.engine
    if (!engine || !system) return
    this.running = true
    this.cancelled = false
    try {
      const prepared = await this.runnable(system, state)
      if (!newest() || this.cancelled) return
      if (!prepared.ok) {
        if (prepared.code !== 'not-ready' && prepared.code !== 'superseded') this.error = prepared.message
        return
      }
      const panel = prepared.value
      const request = runRequest(state, system, panel)
      const outcome = await engine.backtest.run(request)
      if (!newest() || this.cancelled) return
      if (!outcome.ok) {
        if (outcome.code !== 'superseded') this.error = outcome.message
        return
      }
      this.error = ''
      this.#keepEvidenceFor(outcome.value, panel.panelId)
      this.report = outcome.value
      this.stale = false
      this.confirmation = confirm(this.#expected, state, outcome.value)
      this.#scheduleEvidence(request, state)
    } catch (cause) {
      if (!this.cancelled) this.error = cause instanceof Error ? cause.message : String(cause)
    } finally {
      if (newest()) this.running = false
    }
  })

  async cancelRun(): Promise<void> {
    this.cancelled = true
    this.guards.stop()
    if ((await this.engine?.cancelRun()) === 'replaced') this.#forgetPanel()
    this.running = false
  }

  /**
   * The panel that a system runs on, in the worker when this resolves; one is built at a time.
   *
   * @param today epoch day that has begun, where it is to be the last of the panel
   */
  panelFor(
    system: SystemId,
    state: AppState = this.state,
    today: number | null = null,
  ): Promise<Outcome<PanelSummary & { untouchedFrom: number | null }>> {
    const panel = this.#preparing.then(async () => {
      const built = await this.#ensurePanel(state, system, today)
      if (!built.ok) {
        this.jet.doing = ''
        this.tickets.doing = ''
        this.options.doing = ''
        return built
      }
      if (system === 'jet') {
        const status = await this.jet.statusOf(built.value.panelId)
        if (!status.ok) return status
      }
      this.options.doing = ''
      return { ok: true as const, value: { ...built.value, untouchedFrom: this.#untouchedFrom(system) } }
    })
    this.#preparing = panel.catch(() => undefined)
    return panel
  }

  /**
   * The same with all that a run of the system needs besides: where models decide, their scores.
   *
   * @param models who decides in Jet, as its parameter names them
   */
  async runnable(
    system: SystemId,
    state: AppState = this.state,
    models: ParamValue[] = [paramsOf(state, system).model],
    today: number | null = null,
  ): ReturnType<Workspace['panelFor']> {
    const panel = await this.panelFor(system, state, today)
    if (!panel.ok) return panel
    if (system === 'options' && chainNeeds(state).others) {
      // Without a model for these flights Jet says nothing, and Tickets is heard alone.
      const scored = await this.jet.score('hrm')
      return scored.ok || scored.code !== 'superseded' ? panel : scored
    }
    if (system !== 'jet') return panel
    for (const model of models) {
      if (typeof model !== 'string' || isRule(model)) continue
      const scored = await this.jet.score(model)
      if (!scored.ok) return scored
    }
    return panel
  }

  async #ensurePanel(
    state: AppState,
    system: SystemId,
    today: number | null,
  ): Promise<Outcome<PanelSummary>> {
    const engine = this.engine
    if (!engine)
      return { ok: false, code: 'not-ready', message: 'The engine is still starting; try again in a moment.' }
    const used = (kind: 'prices' | 'signals') =>
      this.datasets.filter(
        (dataset) => dataset.kind === kind && state.datasets.some((ref) => ref.sha256 === dataset.sha256),
      )
    const prices = used('prices')
    const simulated = prices.length === 0
    // What is collected carries the prices in use on.
    const carriedOn = this.datasets.filter((d) => d.collected && d.kind === 'prices' && !prices.includes(d))
    const ids = (
      simulated ? this.datasets.filter((d) => d.simulated && d.kind === 'prices') : [...prices, ...carriedOn]
    ).map((dataset) => dataset.id)
    const signals = system === 'custom' ? (used('signals').at(-1)?.id ?? null) : null
    const needs = chainNeeds(state)
    const wants = {
      jet: system === 'jet' || (system === 'options' && needs.others),
      tickets: system === 'tickets' || (system === 'options' && needs.others),
      options: system === 'options' && needs.chains,
    }
    const ownChains = state.datasets.some(({ kind }) => kind === 'options')
    if (simulated) {
      const loaded = await this.#loadFurtherTables(engine, [
        ...(wants.jet ? furtherTables.jet : []),
        ...(wants.tickets ? furtherTables.tickets : []),
        ...(wants.options && !ownChains ? furtherTables.options : []),
      ])
      if (!loaded.ok) return loaded
    }
    const idsOf = (tables: TableName[]) =>
      this.datasets.filter((dataset) => tables.includes(dataset.kind)).map(({ id }) => id)
    const chains = chainsInUse(this.datasets, state.datasets).map(({ id }) => id)
    const demand = { words: state.ticketWords, weights: state.ticketWeights }
    const wanted: PanelKey = {
      prices: JSON.stringify([ids, signals, state.repairsOff]),
      flights: wants.jet ? JSON.stringify(idsOf(furtherTables.jet)) : null,
      demand: wants.tickets ? JSON.stringify([idsOf(furtherTables.tickets), demand]) : null,
      chains: wants.options ? JSON.stringify(chains) : null,
      today,
    }
    if (this.panel && this.#panelOf && holds(this.#panelOf, wanted)) return { ok: true, value: this.panel }
    if (system !== 'custom' && wants[system]) this[system].doing = this[system].reading
    await this.applyRepairs(state)
    const built = await engine.data.buildPanel({
      datasets: ids,
      signals,
      flights: wanted.flights !== null,
      demand: wanted.demand === null ? null : demand,
      chains: wants.options ? chains : [],
      today,
      whatIsThere: system === 'options',
    })
    if (!built.ok) return built
    const ready = await engine.backtest.ready(built.value.panelId)
    if (!ready.ok) return ready
    this.#panelOf = wanted
    this.panel = built.value
    return built
  }

  async #loadFurtherTables(engine: Engine, tables: TableName[]): Promise<Outcome<unknown>> {
    const absent = [...new Set(tables)].filter(
      (kind) => !this.datasets.some((dataset) => dataset.simulated && dataset.kind === kind),
    )
    if (absent.length === 0) return { ok: true, value: null }
    const loaded = await engine.data.loadSimulatedParts(absent)
    this.activity = null
    await this.reloadDatasets()
    return loaded
  }

  #untouchedFrom(system: SystemId | null): number | null {
    return (system === 'jet' && this.jet.status?.split.testFrom) || null
  }

  #forgetPanel(): void {
    this.#panelOf = null
    this.jet.forget()
    this.tickets.forget()
    this.options.forget()
  }

  /** What was said of other prices or of another system says nothing of these. */
  #keepEvidenceFor(next: Report, panelId: string): void {
    const alike = next.request.system === this.report?.request.system && panelId === this.#evidencePanel
    if (!alike && this.evidence?.hash !== next.hash) this.evidence = null
    if (!alike) this.guards.clear()
    this.#evidencePanel = panelId
  }

  /** Resampling waits until the hand has come to rest; then the run is one for the notebook. */
  #scheduleEvidence(request: RunRequest, state: AppState): void {
    clearTimeout(this.#evidenceTimer)
    this.#evidenceTimer = setTimeout(() => {
      void this.engine?.backtest.evidence(request).then(
        (outcome: Outcome<Evidence>) => {
          if (!outcome.ok || outcome.value.hash !== this.report?.hash) return
          this.evidence = outcome.value
          void this.notebook.keep(this.report, outcome.value, state)
          void this.guards.start(request, outcome.value.hash)
        },
        () => undefined,
      )
    }, 120)
  }

  async tradeChart(symbol: string, entryDay: number, exitDay: number): Promise<TradeChart | null> {
    const outcome = await this.engine?.backtest.tradeChart(symbol, entryDay, exitDay)
    return outcome?.ok ? outcome.value : null
  }

  /** @param goesOn hears of every few days tested; false = stop */
  async checkLookAhead(days: number, goesOn: (done: number) => boolean): Promise<Outcome<LookAheadCheck>> {
    if (!this.engine || !this.report)
      return { ok: false, code: 'not-ready', message: 'The engine is still starting; try again in a moment.' }
    const { backtest } = this.engine
    const { request } = this.report
    const all: LookAheadCheck = { days: 0, failures: [] }
    for (let from = 0; from < days; from += daysAtATime) {
      if (!goesOn(from)) {
        if (all.failures.length > 0) break
        return {
          ok: false,
          code: 'stopped',
          message: `Stopped after ${from} of ${days} days, of which none failed.`,
        }
      }
      const outcome = await backtest.checkLookAhead(request, days, from, Math.min(days, from + daysAtATime))
      if (!outcome.ok) return outcome
      all.days += outcome.value.days
      all.failures.push(...outcome.value.failures)
    }
    return { ok: true, value: all }
  }
}

/** Whether one panel has all that is wanted of another. */
function holds(held: PanelKey, wanted: PanelKey): boolean {
  return (
    held.prices === wanted.prices &&
    held.today === wanted.today &&
    (wanted.flights ?? held.flights) === held.flights &&
    (wanted.demand ?? held.demand) === held.demand &&
    (wanted.chains ?? held.chains) === held.chains
  )
}

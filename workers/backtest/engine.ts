import type { RowScorer } from '../quant/rows.ts'
import type { JetInputs } from '../systems/jet/candidates.ts'
import type { Inputs, Params, RiskRules, Signals, System } from '../systems/system.ts'
import type {
  BacktestApi,
  Evidence,
  Guard,
  GuardId,
  LookAheadCheck,
  Outcome,
  PanelMessage,
  Report,
  RowSource,
  RunRequest,
  TradeChart,
  Watcher,
} from './api.ts'
import { CalendarDraws } from './calendarDraws.ts'
import type { Calendar } from './calendarDraws.ts'
import { calendarOf, evidenceOf, trialOf } from './evidence.ts'
import { compareRuns } from './compare/compareRuns.ts'
import type { ComparedRun, Comparison } from './compare/contract.ts'
import { contentsOf, contentsWithScores } from './contents.ts'
import type { Breathe } from './breathe.ts'
import { finishRun, runKeyOf } from './finishRun.ts'
import { familyViewOf } from './guards/familyView.ts'
import type { FamilyView } from './guards/familyView.ts'
import { guardOf } from './guards/guardOf.ts'
import { JetMarket } from './jet/jetMarket.ts'
import { JetService } from './jet/jetService.ts'
import type { SignalDay } from './study/placedEvents.ts'
import { FamilyKeep } from './keep/familyKeep.ts'
import { familyText, readFamilyText } from './keep/familyText.ts'
import { noTrialStore } from './keep/trialStore.ts'
import type { TrialStore } from './keep/trialStore.ts'
import { memoryPapers, type PaperStore } from './paper/paperStore.ts'
import { PaperService } from './paper/paperService.ts'
import { lookAheadSteps } from './lookAhead.ts'
import { crashed, failed, guarded, superseded } from './outcome.ts'
import { pause } from './pause.ts'
import type { RunScope } from './range.ts'
import type { ReportWithParts } from './report.ts'
import { inlineSweepWorker } from './sweep/inlineWorker.ts'
import { overfittingApart } from './sweep/overfitting.ts'
import type { PoolWorker } from './sweep/pool.ts'
import { Sweeps } from './sweep/sweeps.ts'
import { tradeChartOf } from './tradeChart.ts'
import { OptionsService } from './options/optionsService.ts'
import { TicketsService } from './tickets/ticketsService.ts'
import type { TicketsMarket } from './tickets/ticketsMarket.ts'
import { SeriesSample } from './series.ts'
import type { Lot } from './structures/lot.ts'
import { TrialFamily } from './trials.ts'
import type { Charged, Trial } from './trials.ts'
import { Walks } from './walk/walks.ts'

/** Milliseconds of resampling between two looks at the messages. */
const breath = 6

/** Of single runs, for the probability of backtest overfitting. */
const mostSeries = 500

/** A panel in use. */
export interface LoadedPanel extends PanelMessage {
  /** Names prices, signals, flights and what models say of them by what is in them. */
  contents: string
  /** What Jet decides by; null or absent without flights. */
  jet?: JetInputs | null
}

/** Data and days of a run: series of returns can only be compared within them. */
function scopeKey({ panel, report }: FinishedRun): string {
  return `${panel.contents} ${report.dates[0]} ${report.dates[report.dates.length - 1]}`
}

/** A finished run with what it was made of, kept for the evidence. */
export interface FinishedRun extends ReportWithParts {
  key: string
  panel: LoadedPanel
  inputs: Inputs
  scope: RunScope
  system: System<Params>
  signals: Signals
  rules: RiskRules
  /** [trades] what was traded, where it was structures of options */
  structures?: Lot[]
}

/** The backtest API without its port: the panel is handed over by `load`. */
export interface Engine extends Omit<BacktestApi, 'connect' | 'connectModels'> {
  load: (message: PanelMessage) => void
  /** Where rows of Jet are handed out to be learnt from, and who scores them. */
  rowSource: RowSource
  useScorer: (scorer: RowScorer) => void
}

/** What an engine is made with; in scripts nothing is kept and no worker is started. */
export interface EngineParts {
  store: TrialStore
  /** For the visit alone where it is absent. */
  papers?: PaperStore
  createSweepWorker: () => PoolWorker
  sweepWorkers: number
}

const inScripts: EngineParts = {
  store: noTrialStore,
  createSweepWorker: inlineSweepWorker,
  sweepWorkers: 1,
}

/**
 * Holds the panel, the newest run and everything that was tried on it. Runs are computed in one go
 * between two messages; the newest request wins, and evidence gives way to it every few milliseconds.
 */
export function createEngine(parts: EngineParts = inScripts): Engine {
  let panel: LoadedPanel | null = null
  let newestRun = 0
  let newestEvidence = 0
  let finished: FinishedRun | null = null
  let calendar: Calendar = { days: 0, meanBlock: 1 }
  /** Trials that wait to be charged, with the calendar of their panel. */
  const tried: { trial: Trial; calendar: Calendar }[] = []
  const family = new TrialFamily()
  const keep = new FamilyKeep(family, parts.store)
  /** A family that cannot be read begins anew; it is written over only by adding to it. */
  const remembered = keep.load().catch(() => undefined)
  const draws = new CalendarDraws()
  const series = new SeriesSample(mostSeries)
  let watcher: Watcher | null = null
  const sweeps = new Sweeps({
    workers: parts.sweepWorkers,
    create: parts.createSweepWorker,
    keep,
    store: parts.store,
    tell: (status) => watcher?.sweep(status),
    loaded: () => (panel === null ? null : { panel, calendar }),
  })
  const walks = new Walks({
    workers: parts.sweepWorkers,
    create: parts.createSweepWorker,
    keep,
    remembered,
    resampler: (of, breathe) => draws.of(of, breathe),
    tell: (status) => watcher?.walk(status),
    loaded: () => (panel === null ? null : { panel, calendar }),
  })
  let market: JetMarket | null = null
  const flights = new JetService(
    () => market,
    () => jetSignalDays(finished),
    () => usePanel(panel),
  )
  const tickets = new TicketsService(() => ticketsMarketOf(panel), compute, tryOut)
  const options = new OptionsService(() => panel, compute, tryOut)
  const paper = new PaperService(() => panel, parts.papers ?? memoryPapers())
  /** Runs whose decisions were seen to use the future. */
  const leaking = new Set<string>()
  let waiting: { panelId: string; resolve: (outcome: Outcome<null>) => void }[] = []

  /** The panel with all that is known of its flights by now. */
  function usePanel(message: PanelMessage | null): void {
    if (message === null) return
    const jet = market?.inputs ?? null
    panel = { ...message, contents: contentsWithScores(contentsOf(message), jet), jet }
    finished = null
  }

  function load(message: PanelMessage): void {
    market = message.flights ? new JetMarket(message.flights, message.panel, message.simulated) : null
    usePanel(message)
    calendar = calendarOf(message.panel)
    newestRun++
    newestEvidence++
    for (const { panelId, resolve } of waiting) {
      resolve(panelId === message.panelId ? { ok: true, value: null } : superseded)
    }
    waiting = []
  }

  function ready(panelId: string): Promise<Outcome<null>> {
    if (panel?.panelId === panelId) return Promise.resolve({ ok: true, value: null })
    return new Promise((resolve) => waiting.push({ panelId, resolve }))
  }

  function compute(request: RunRequest): FinishedRun | string {
    if (panel === null) return 'There are no prices yet. Load a price file first.'
    if (finished?.key === runKeyOf(panel, request)) return finished
    const run = finishRun(panel, request)
    if (typeof run !== 'string') finished = run
    return run
  }

  function countAsTried(result: FinishedRun): void {
    const trial = trialOf(result)
    tried.push({ trial, calendar })
    series.offer(scopeKey(result), trial.id, result.judged.run.returns)
  }

  /** A run beside that on screen, charged like any other. */
  function tryOut(request: RunRequest): FinishedRun | string {
    if (panel === null) return 'There are no prices yet. Load a price file first.'
    const result = finishRun(panel, request)
    if (typeof result !== 'string') countAsTried(result)
    return result
  }

  async function run(request: RunRequest): Promise<Outcome<Report>> {
    const ticket = ++newestRun
    await pause()
    if (ticket !== newestRun) return superseded
    return guarded((): Outcome<Report> => {
      const result = compute(request)
      if (typeof result === 'string') return failed('cannot-run', result)
      countAsTried(result)
      return { ok: true, value: result.report }
    })
  }

  /** Handles waiting messages every few milliseconds of work; false once a newer run was asked for. */
  function breathing(): Breathe {
    const runTicket = newestRun
    let since = performance.now()
    return async () => {
      if (performance.now() - since > breath) {
        await pause()
        since = performance.now()
      }
      return runTicket === newestRun
    }
  }

  /** The same for evidence, of which only the newest request counts. */
  function breathingAsEvidence(): Breathe {
    const ticket = ++newestEvidence
    const breathe = breathing()
    return async () => (await breathe()) && ticket === newestEvidence
  }

  /** Charges everything that waits, then the run itself; null when told to stop. */
  async function charge(result: FinishedRun, breathe: Breathe): Promise<Charged | null> {
    await remembered
    for (let next = tried.pop(); next !== undefined; next = tried.pop()) {
      const resampler = await draws.of(next.calendar, breathe)
      if (resampler !== null) keep.add(next.trial, resampler)
      else tried.push(next)
      if (!(await breathe())) return null
    }
    const resampler = await draws.of(calendar, breathe)
    return resampler === null ? null : keep.add(trialOf(result), resampler)
  }

  async function evidence(request: RunRequest): Promise<Outcome<Evidence>> {
    const breathe = breathingAsEvidence()
    await pause()
    if (!(await breathe())) return superseded
    try {
      const result = compute(request)
      if (typeof result === 'string') return failed('cannot-run', result)
      const charged = await charge(result, breathe)
      if (charged === null) return superseded
      const value = await evidenceOf(result, family, charged, leaking.has(result.key), breathe)
      return value === null ? superseded : { ok: true, value }
    } catch (cause) {
      return crashed(cause)
    }
  }

  /** Series on the same data and days: of a sweep where it has more, else of single runs. */
  function seriesFor(result: FinishedRun): FamilyView['series'] {
    const single = series.isOf(scopeKey(result)) ? series : null
    const days = result.judged.run.returns.length
    const swept = sweeps.strategies(result.panel.contents, result.scope.range.first)
    const larger = swept !== null && swept.days === days && swept.count > (single?.count ?? 0) ? swept : null
    const matrix = () => larger?.matrix ?? single?.matrix() ?? new Float32Array(0)
    const count = larger?.count ?? single?.count ?? 0
    return {
      count,
      days,
      overfitting: () => overfittingApart(parts.createSweepWorker, matrix(), days, count),
    }
  }

  function cancel(): Promise<void> {
    newestRun++
    newestEvidence++
    return Promise.resolve()
  }

  function tradeChart(symbol: string, entryDay: number, exitDay: number): Promise<Outcome<TradeChart>> {
    const at = panel?.panel.symbols.indexOf(symbol) ?? -1
    return Promise.resolve(
      panel === null || at < 0
        ? failed('no-symbol', `${symbol} is not among the loaded symbols. Run the report again.`)
        : { ok: true, value: tradeChartOf(panel.panel, at, entryDay, exitDay) },
    )
  }

  async function guard(request: RunRequest, id: GuardId): Promise<Outcome<Guard>> {
    const breathe = breathing()
    await pause()
    if (!(await breathe())) return superseded
    try {
      const result = compute(request)
      if (typeof result === 'string') return failed('cannot-run', result)
      const charged = await charge(result, breathe)
      if (charged === null) return superseded
      const value = await guardOf(result, id, familyViewOf(family, charged, seriesFor(result)), breathe)
      return value === null ? superseded : { ok: true, value }
    } catch (cause) {
      return crashed(cause)
    }
  }

  async function compare(runs: ComparedRun[], base: number): Promise<Outcome<Comparison>> {
    try {
      const value = await compareRuns(runs, base, breathing())
      if (value === null) return superseded
      return typeof value === 'string' ? failed('cannot-compare', value) : { ok: true, value }
    } catch (cause) {
      return crashed(cause)
    }
  }

  async function lookAhead(
    request: RunRequest,
    days: number,
    from: number,
    to: number,
  ): Promise<Outcome<LookAheadCheck>> {
    await pause()
    try {
      const result = compute(request)
      if (typeof result === 'string') return failed('cannot-run', result)
      const { system, key, inputs } = result
      const steps = lookAheadSteps(system, inputs, request.params, { days, seed: request.seed, from, to })
      const breathe = breathing()
      for (;;) {
        const step = steps.next()
        if (step.done) {
          if (step.value.failures.length > 0) leaking.add(key)
          return { ok: true, value: step.value }
        }
        if (!(await breathe())) return superseded
      }
    } catch (cause) {
      return crashed(cause)
    }
  }

  return {
    load,
    rowSource: flights.source,
    useScorer: (scorer) => flights.useScorer(scorer),
    jetStatus: () => flights.jetStatus(),
    jetScore: (model) => flights.jetScore(model),
    flightMap: () => flights.flightMap(),
    companyYear: (symbol, year) => flights.companyYear(symbol, year),
    coLocations: (first, second, limit) => flights.coLocations(first, second, limit),
    visitMatrix: (from, to) => flights.visitMatrix(from, to),
    eventTimeline: () => flights.eventTimeline(),
    eventStudy: (request) => flights.eventStudy(request),
    jetThresholds: (model) => flights.jetThresholds(model),
    jetNow: (model) => flights.jetNow(model),
    jetExplain: (model, row) => flights.jetExplain(model, row),
    ticketsStatus: () => tickets.ticketsStatus(),
    ticketAnomalies: (params) => tickets.ticketAnomalies(params),
    ticketBands: (params, products, from, to) => tickets.ticketBands(params, products, from, to),
    ticketMarks: () => tickets.ticketMarks(),
    ticketCandidates: (params, from, to, limit) => tickets.ticketCandidates(params, from, to, limit),
    productTimeline: (request, product, from, to) => tickets.productTimeline(request, product, from, to),
    knowledgeCalendar: (params, symbol, from, to) => tickets.knowledgeCalendar(params, symbol, from, to),
    riskBoard: (request, day) => tickets.riskBoard(request, day),
    budgetReport: (request) => tickets.budgetReport(request),
    ticketWhatIf: (request, param, values) => tickets.ticketWhatIf(request, param, values),
    anomalyStudy: (params, request) => tickets.anomalyStudy(params, request),
    optionsStatus: () => options.optionsStatus(),
    strikemap: (query) => options.strikemap(query),
    chainSurface: (query) => options.chainSurface(query),
    optionContract: (query) => options.optionContract(query),
    optionStructure: (query) => options.optionStructure(query),
    optionsDesk: (request, day, daysLater) => options.optionsDesk(request, day, daysLater),
    optionsReport: (request) => options.optionsReport(request),
    optionsExpressions: (request, kinds) => options.optionsExpressions(request, kinds),
    optionsCombined: (request) => options.optionsCombined(request),
    liveSignals: (request) => paper.liveSignals(request),
    openPaper: (request, from, takeFrom) => paper.openPaper(request, from, takeFrom),
    closePaper: (system) => paper.closePaper(system),
    takeDecisions: (system, decisions, by) => paper.takeDecisions(system, decisions, by),
    untake: (decision) => paper.untake(decision),
    papers: () => paper.papers(),
    paperView: (system) => paper.paperView(system),
    paperJournal: (of) => paper.paperJournal(of),
    startReplay: (request, from, to) => paper.startReplay(request, from, to),
    replayOn: (days) => paper.replayOn(days),
    ready,
    run,
    evidence,
    guard,
    cancel,
    tradeChart,
    checkLookAhead: lookAhead,
    watch(listener) {
      watcher = listener
      return Promise.resolve()
    },
    startSweep: (spec) => guarded(() => sweeps.start(spec)),
    pauseSweep: () => Promise.resolve(sweeps.pause()),
    continueSweep: () => Promise.resolve(sweeps.goOn()),
    cancelSweep: () => sweeps.cancel(),
    sweepStatus: () => Promise.resolve(sweeps.status()),
    sweepMap: (query) => guarded(() => sweeps.map(query)),
    sweepSummary: (metric, part) => guarded(() => sweeps.summary(metric, part)),
    sweepCell: (index, metric, part) => guarded(() => sweeps.cell(index, metric, part)),
    storedSweeps: () => guarded(() => sweeps.stored()),
    resumeSweep: (id) => guarded(() => sweeps.resume(id)),
    forgetSweep: (id) => guarded(() => sweeps.forget(id)),
    compareRuns: compare,
    async familySize() {
      await remembered
      const waiting = tried.map(({ trial }) => trial.id).filter((id) => !family.ids.has(id))
      return family.trials + new Set(waiting).size
    },
    async familyText(request) {
      await remembered
      const shown = request === null ? null : compute(request)
      return familyText(family, shown === null || typeof shown === 'string' ? null : trialOf(shown).id)
    },
    async addFamily(text) {
      await remembered
      const carried = readFamilyText(text)
      if (carried !== null) keep.carry(carried)
      return carried !== null
    },
    forgetFamily: () => keep.forget(),
    walkForward: (spec) => walks.forward(spec),
    cancelWalk: () => Promise.resolve(walks.cancel()),
  }
}

/** The tickets of the panel in use. */
function ticketsMarketOf(panel: LoadedPanel | null): TicketsMarket | null {
  if (!panel?.demand) return null
  const benchmark = ['QQQ', 'SPY', 'VOO', 'VTI'].find((symbol) => panel.panel.symbols.includes(symbol))
  return {
    tables: panel.demand,
    panel: panel.panel,
    simulated: panel.simulated,
    benchmark: benchmark ?? null,
  }
}

/** Days and symbols of the entries of the newest run, where it is one of Jet. */
function jetSignalDays(run: FinishedRun | null): SignalDay[] {
  if (run === null || run.system.id !== 'jet') return []
  const { day, symbol, direction } = run.signals
  const { symbols, dates } = run.panel.panel
  return Array.from(day.keys())
    .filter((i) => direction[i] !== 0)
    .map((i) => ({ day: dates[day[i]], symbol: symbols[symbol[i]], direction: direction[i] > 0 ? 1 : -1 }))
}

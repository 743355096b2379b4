import type { ChainTables } from '../quant/chainTables.ts'
import type { DemandTables } from '../quant/demandTables.ts'
import type { FlightTables } from '../quant/flightTables.ts'
import type { Panel } from '../quant/panel.ts'
import type {
  BrowseFilter,
  BrowseQuery,
  BrowseTarget,
  DataApi,
  DatasetSummary,
  DemandRequest,
  ImportPlan,
  Outcome,
  OwnerDecision,
  PanelMessage,
  PanelRequest,
  PanelSummary,
  Progress,
  ProjectOfPage,
  QualityFinding,
  TableName,
  TicketTextQuery,
  TicketWords,
} from './api.ts'
import { readChains } from './chains/readChains.ts'
import { noSharePrices, sharePricesOf } from './chains/sharePrices.ts'
import { Browsing } from './browse/browsing.ts'
import { schemaForCompletion } from './browse/completion.ts'
import { SqlConsole } from './browse/sqlConsole.ts'
import type { Dataset } from './catalog.ts'
import { carryOn, type Seam } from './collected/carryOn.ts'
import { Collected } from './collected/collected.ts'
import { withToday } from './collected/provisionalBar.ts'
import { seamFindings } from './collected/seamFindings.ts'
import type { Arriving, Database } from './database.ts'
import { demandSourcesOf } from './demand/demandSourcesOf.ts'
import type { DemandSources } from './demand/demandSources.ts'
import { readDemandTables } from './demand/readDemandTables.ts'
import { Recounts } from './demand/recounts.ts'
import { ticketTextsOf } from './demand/ticketTexts.ts'
import { readFlightTables } from './flights/readFlightTables.ts'
import { sourcesOf } from './flights/sourcesOf.ts'
import { Importing } from './importing.ts'
import type { Keep } from './keep/keep.ts'
import { Keeping } from './keep/keeping.ts'
import type { RunCurve, RunFacts, RunLabels } from './notebook/contract.ts'
import { memoryFolder } from './notebook/memoryFolder.ts'
import { Notebook } from './notebook/notebook.ts'
import { Ownership } from './owners/ownership.ts'
import { buildPanel, transferables, withSectors, type PanelSource } from './panel.ts'
import { outcomeOf, Problem } from './problem.ts'
import {
  crossSymbolFindings,
  endsEarlyDays,
  symbolQuality,
  type SymbolDays,
  type SymbolQuality,
} from './quality.ts'
import { loadBars } from './quality/loadBars.ts'
import { TableChecks } from './quality/tableChecks.ts'
import { RepairSwitches } from './repairs.ts'
import { DataSession } from './session.ts'
import { readSignals } from './signals.ts'
import type { Fetch } from './simulated.ts'
import { SimulatedMarket } from './simulatedMarket.ts'
import { ticketWordsProblem } from './staging/ticketWords.ts'

/** The data worker without its thread: everything of `DataApi` over a database, in the browser or in Node. */
export class DataService implements DataApi {
  readonly #session: DataSession
  readonly #importing: Importing
  readonly #keeping: Keeping
  readonly #notebook: Notebook
  readonly #collected: Collected
  readonly #simulated: SimulatedMarket
  readonly #ownership: Ownership
  readonly #browsing: Browsing
  readonly #console: SqlConsole
  readonly #switches = new RepairSwitches()
  readonly #checked = new Map<string, SymbolQuality[]>()
  readonly #tableChecks = new TableChecks()
  readonly #recounts: Recounts
  #port: MessagePort | null = null
  #panels = 0

  /** @param notebook for the visit alone where it is not given */
  constructor(
    openDatabase: (arriving: Arriving) => Promise<Database>,
    fetchFrom: Fetch,
    keep: Keep,
    notebook = new Notebook(() => Promise.resolve(memoryFolder())),
  ) {
    this.#notebook = notebook
    this.#session = new DataSession(openDatabase, fetchFrom)
    this.#browsing = new Browsing(this.#session)
    this.#console = new SqlConsole(this.#session)
    this.#recounts = new Recounts(this.#session)
    const changed = () => this.#changed()
    this.#importing = new Importing(this.#session, keep, changed)
    this.#keeping = new Keeping(this.#session, keep, this.#importing, notebook, changed)
    this.#collected = new Collected(this.#session, changed)
    this.#simulated = new SimulatedMarket(this.#session, changed)
    this.#ownership = new Ownership(this.#session, keep, async (kind) => {
      this.#tableChecks.forget(kind)
      await this.#browsing.forget()
    })
  }

  start(baseUrl: string, progress: Progress): Promise<Outcome<{ version: string; milliseconds: number }>> {
    return outcomeOf(async () => {
      const began = performance.now()
      this.#session.baseUrl = baseUrl
      this.#session.progress = progress
      const { version } = await this.#session.open()
      return { version, milliseconds: performance.now() - began }
    })
  }

  loadSimulated() {
    return this.#simulated.loadCore()
  }

  simulatedParts() {
    return this.#simulated.parts()
  }

  loadSimulatedParts(kinds: TableName[]) {
    return this.#simulated.load(kinds)
  }

  inspect(files: File[], kind: TableName | null) {
    return this.#importing.inspect(files, kind)
  }

  replan(plan: ImportPlan) {
    return this.#importing.replan(plan)
  }

  countRows(plan: ImportPlan) {
    return this.#importing.countRows(plan)
  }

  importFiles(plans: ImportPlan[]) {
    return this.#importing.importFiles(plans)
  }

  takeCollected(files: { table: TableName; file: File | null }[]): Promise<Outcome<DatasetSummary[]>> {
    return this.#collected.take(files)
  }

  /** Takes effect within a megabyte of the file being read; single statements are short and run to their end. */
  cancel(): Promise<void> {
    this.#session.cancel()
    return Promise.resolve()
  }

  datasets(): Promise<Outcome<DatasetSummary[]>> {
    return outcomeOf(() => this.#session.catalog.all().map(({ summary }) => summary))
  }

  remove(datasetId: string): Promise<Outcome<null>> {
    return this.#session.inTurn(async () => {
      await this.#importing.takeBack(this.#session.catalog.get(datasetId))
      this.#switches.forget(datasetId)
      await this.#changed()
      return null
    })
  }

  refused(datasetId: string, limit: number) {
    return this.#importing.refused(datasetId, limit)
  }

  refusedCsv(datasetId: string) {
    return this.#importing.refusedCsv(datasetId)
  }

  restore() {
    return this.#keeping.restore()
  }

  keepState() {
    return this.#keeping.state()
  }

  async forgetEverything(): Promise<Outcome<null>> {
    const outcome = await this.#keeping.forgetEverything()
    if (!outcome.ok) return outcome
    return outcomeOf(async () => {
      await this.#notebook.clear()
      return this.#console.clear()
    })
  }

  notebook() {
    return this.#notebook.notebook()
  }

  keepRun(facts: RunFacts, curve: RunCurve) {
    return this.#notebook.keepRun(facts, curve)
  }

  runCurve(id: string) {
    return this.#notebook.runCurve(id)
  }

  labelRun(id: string, labels: RunLabels) {
    return this.#notebook.labelRun(id, labels)
  }

  deleteRuns(ids: string[]) {
    return this.#notebook.deleteRuns(ids)
  }

  putBackRuns(ids: string[]) {
    return this.#notebook.putBackRuns(ids)
  }

  exportRuns(ids: string[], format: 'csv' | 'json') {
    return this.#notebook.exportRuns(ids, format)
  }

  onNotebookChange(callback: () => void) {
    return this.#notebook.onNotebookChange(callback)
  }

  exportProject(page: ProjectOfPage) {
    return this.#keeping.exportProject(page)
  }

  importProject(file: File) {
    return this.#keeping.importProject(file)
  }

  onKeptChange(callback: () => void): Promise<void> {
    this.#keeping.onChange(callback)
    return Promise.resolve()
  }

  browse(query: BrowseQuery): ReturnType<DataApi['browse']> {
    return outcomeOf(() => this.#browsing.browse(query))
  }

  columnSummaries(target: BrowseTarget, filters: BrowseFilter[]): ReturnType<DataApi['columnSummaries']> {
    return outcomeOf(() => this.#browsing.columnSummaries(target, filters))
  }

  sqlSchema(): ReturnType<DataApi['sqlSchema']> {
    return outcomeOf(schemaForCompletion)
  }

  sql(text: string, write: boolean): ReturnType<DataApi['sql']> {
    return outcomeOf(() => this.#console.run(text, write))
  }

  sqlPage(resultId: string, offset: number, limit: number): ReturnType<DataApi['sqlPage']> {
    return outcomeOf(() => this.#console.page(resultId, offset, limit))
  }

  exportSql(resultId: string, format: 'csv' | 'arrow' | 'parquet'): Promise<Outcome<Blob>> {
    return outcomeOf(() => this.#console.export(resultId, format))
  }

  cancelSql(): Promise<void> {
    this.#console.cancel()
    return Promise.resolve()
  }

  ownerMatches(): ReturnType<DataApi['ownerMatches']> {
    return this.#ownership.matches()
  }

  decideOwners(decisions: OwnerDecision[]): Promise<Outcome<null>> {
    return this.#ownership.decide(decisions)
  }

  undecideOwner(owner: string): Promise<Outcome<null>> {
    return this.#ownership.undecide(owner)
  }

  ownersCsv(): Promise<Outcome<Blob>> {
    return this.#ownership.csv()
  }

  tableQuality(): ReturnType<DataApi['tableQuality']> {
    return this.#session.inTurn(async () =>
      this.#tableChecks.run(await this.#session.open(), this.#session.catalog.all()),
    )
  }

  quality(datasetIds: string[]): Promise<Outcome<QualityFinding[]>> {
    return this.#session.inTurn(async () => {
      const findings: QualityFinding[] = []
      const days: SymbolDays[] = []
      for (const datasetId of datasetIds) {
        const { summary } = this.#session.catalog.get(datasetId)
        if (summary.kind !== 'prices') continue
        for (const { findings: own, repairs, day } of await this.#check(datasetId)) {
          findings.push(...own)
          days.push({ datasetId, symbol: repairs.symbol, day })
        }
      }
      return [...findings, ...crossSymbolFindings(days), ...(await this.#seams(datasetIds))]
    })
  }

  setRepair(findingId: string, active: boolean): Promise<Outcome<null>> {
    return outcomeOf(() => {
      const { summary } = this.#session.catalog.get(findingId.slice(0, findingId.indexOf('/')))
      this.#checked.delete(summary.id)
      this.#switches.set(findingId, active)
      return null
    })
  }

  ticketTexts(query: TicketTextQuery): ReturnType<DataApi['ticketTexts']> {
    return this.#session.inTurn(async (signal) => {
      const problem = query.words && ticketWordsProblem(query.words)
      if (problem) throw new Problem('words', problem)
      const stop = stopWhen(signal)
      const datasets = this.#session.catalog.all()
      return ticketTextsOf(await this.#session.open(), datasets, query, (done, total) => {
        stop()
        this.#session.progress({ label: 'Reading tickets', done, total, unit: 'rows' })
      })
    })
  }

  connect(port: MessagePort): void {
    this.#port = port
  }

  buildPanel(request: PanelRequest): Promise<Outcome<PanelSummary>> {
    return this.#session.inTurn(async (signal) => {
      const database = await this.#session.open()
      const used = request.datasets.map((id) => this.#session.catalog.get(id))
      if (used.length === 0) {
        throw new Problem(
          'no-prices',
          'No prices are chosen. Choose the simulated market, or load a file of prices.',
        )
      }
      const simulated = used.some(({ summary }) => summary.simulated)
      const companies = this.#session.catalog.all().filter(({ summary }) => summary.kind === 'companies')
      const { panel: bars } = await this.#bars(database, used)
      const finished = await withSectors(
        database,
        bars,
        companies.map(({ table }) => table),
      )
      const panel = request.today == null ? finished : withToday(finished, request.today)
      if (panel.dates.length === 0) {
        throw new Problem(
          'no-prices',
          'No row of the chosen prices is left after the repairs. Switch some of them off.',
        )
      }
      const signals =
        request.signals === null
          ? null
          : await readSignals(database, this.#session.catalog.get(request.signals).table)
      const unlessAbsent = request.whatIsThere === true ? nullWhereAbsent : <T>(tables: Promise<T>) => tables
      const flights = request.flights
        ? await unlessAbsent(this.#flights(simulated, panel.symbols, signal))
        : null
      const demand = request.demand
        ? await unlessAbsent(this.#demand(request.demand, simulated, panel, signal))
        : null
      const chains = await this.#chains(request.chains ?? [], simulated, finished)
      if (chains) panel.chains = chains
      this.#panels++
      const message: PanelMessage = {
        panelId: `panel_${this.#panels}`,
        panel,
        simulated,
        signals,
        flights,
        demand,
      }
      const summary: PanelSummary = {
        panelId: message.panelId,
        symbols: [...panel.symbols],
        days: finished.dates.length,
        from: finished.dates[0],
        to: finished.dates[finished.dates.length - 1],
        ended: endedSymbols(finished),
        simulated,
        ...(panel.provisional && { provisional: true }),
      }
      this.#port?.postMessage(message, transferables(message))
      return summary
    })
  }

  /** Flights and what belongs to them, of the same origin as the prices. */
  async #flights(simulated: boolean, symbols: string[], signal: AbortSignal): Promise<FlightTables> {
    const database = await this.#session.open()
    const sources = await sourcesOf(database, this.#session.catalog.all(), simulated)
    const decisions = await this.#ownership.decisions(database)
    return readFlightTables(database, sources, symbols, decisions, stopWhen(signal))
  }

  /** Tickets and what belongs to them, of the same origin as the prices. */
  async #demand(
    { words, weights }: DemandRequest,
    simulated: boolean,
    { symbols, dates }: Panel,
    signal: AbortSignal,
  ): Promise<DemandTables> {
    const sources = demandSourcesOf(this.#session.catalog.all(), simulated)
    if (words !== null) await this.#recount(sources, words, signal)
    const prices = { symbols: [...symbols], to: dates[dates.length - 1] }
    return readDemandTables(await this.#session.open(), sources, prices, weights, stopWhen(signal))
  }

  /** Option quotes of the datasets chosen; undefined where they have none. */
  async #chains(ids: string[], simulated: boolean, panel: Panel): Promise<ChainTables | undefined> {
    const files = ids.map((id) => this.#session.catalog.get(id))
    const prices = files.every(({ summary }) => summary.simulated === simulated)
      ? sharePricesOf(panel)
      : noSharePrices
    return readChains(await this.#session.open(), files, prices)
  }

  /** Tickets with text are counted by the words of the person; files of counts stay as they are. */
  async #recount(sources: DemandSources, words: TicketWords, signal: AbortSignal): Promise<void> {
    const problem = ticketWordsProblem(words)
    if (problem !== null) throw new Problem('words', problem)
    for (const source of sources.tickets) {
      if (source.texts === undefined) continue
      source.table = await this.#recounts.tableOf(
        source.texts,
        words,
        this.#session.progress,
        stopWhen(signal),
      )
    }
  }

  /** Datasets were added, changed or taken away: what was found out about them is void. */
  async #changed(): Promise<void> {
    this.#checked.clear()
    await this.#collected.followAirports()
    await this.#recounts.follow(this.#session.catalog.all())
    this.#console.forget()
    await this.#ownership.follow()
    await this.#browsing.forget()
  }

  /** The checks of a dataset under the repairs of now; kept until one of them changes. */
  async #check(datasetId: string): Promise<SymbolQuality[]> {
    let checked = this.#checked.get(datasetId)
    if (!checked) {
      const bars = await loadBars(await this.#session.open(), this.#session.catalog.get(datasetId).table)
      checked = bars.map((symbol) => symbolQuality(datasetId, symbol, this.#switches))
      this.#checked.set(datasetId, checked)
    }
    return checked
  }

  /** The bars of the datasets; what was collected carries the others on. */
  async #bars(database: Database, used: Dataset[]): Promise<{ panel: Panel; seams: Seam[] }> {
    const isCollected = ({ summary }: Dataset) => summary.collected === true
    const files = await this.#sourcesOf(used.filter((dataset) => !isCollected(dataset)))
    const collected = await this.#sourcesOf(used.filter(isCollected))
    if (files.length === 0 || collected.length === 0) {
      return { panel: await buildPanel(database, [...files, ...collected]), seams: [] }
    }
    return carryOn(await buildPanel(database, files), await buildPanel(database, collected))
  }

  /** How what was collected goes with a person’s prices. */
  async #seams(datasetIds: string[]): Promise<QualityFinding[]> {
    const prices = this.#session.catalog
      .all()
      .filter(({ summary }) => summary.kind === 'prices' && !summary.simulated)
    const files = prices.filter(({ summary }) => !summary.collected && datasetIds.includes(summary.id))
    const collected = prices.find(({ summary }) => summary.collected)
    if (!collected || files.length === 0) return []
    const { seams } = await this.#bars(await this.#session.open(), [...files, collected])
    return seamFindings(collected.summary.id, seams)
  }

  /** Every symbol from the last of the datasets that hold it, with its repairs. */
  async #sourcesOf(used: Dataset[]): Promise<PanelSource[]> {
    const lastWith = new Map<string, Dataset>()
    for (const dataset of used) for (const symbol of dataset.summary.symbols) lastWith.set(symbol, dataset)
    const sources: PanelSource[] = []
    for (const dataset of used) {
      const { summary, table } = dataset
      if (summary.kind !== 'prices') continue
      const checked = await this.#check(summary.id)
      const symbols = checked
        .map(({ repairs }) => repairs)
        .filter(({ symbol }) => lastWith.get(symbol) === dataset)
      if (symbols.length > 0) sources.push({ table, repeated: summary.repeated, symbols })
    }
    return sources
  }
}

function stopWhen(signal: AbortSignal): () => void {
  return () => {
    if (signal.aborted) throw new Problem('cancelled', 'Stopped; nothing was changed.')
  }
}

/** Null where the tables lack something; whatever else goes wrong is thrown on. */
async function nullWhereAbsent<T>(tables: Promise<T>): Promise<T | null> {
  try {
    return await tables
  } catch (cause) {
    if (cause instanceof Problem && ['no-flights', 'no-demand'].includes(cause.code)) return null
    throw cause
  }
}

/** Symbols whose prices stop more than a few days before the panel does. */
function endedSymbols({ symbols, dates, close }: Panel): string[] {
  const last = dates[dates.length - 1]
  return symbols.filter((_, s) => {
    let day = dates.length - 1
    while (day >= 0 && Number.isNaN(close[s * dates.length + day])) day--
    return day >= 0 && last - dates[day] > endsEarlyDays
  })
}

import type { Panel } from '../quant/panel.ts'
import type {
  DataApi,
  DatasetSummary,
  ImportKind,
  ImportPlan,
  ImportReport,
  Outcome,
  PanelMessage,
  PanelRequest,
  PanelSummary,
  Progress,
  QualityFinding,
  RefusedRow,
} from './api.ts'
import { Catalog, type Dataset } from './catalog.ts'
import type { Database } from './database.ts'
import { importFile } from './importFile.ts'
import { readHead } from './inspect/head.ts'
import { planFor, replanFor } from './inspect/inspect.ts'
import type { HeadLine } from './inspect/layout.ts'
import { applyLeanFactors, hashOf, readLeanFactors } from './leanFactors.ts'
import { buildPanel, transferables, type PanelSource } from './panel.ts'
import { outcomeOf, Problem } from './problem.ts'
import {
  crossSymbolFindings,
  endsEarlyDays,
  symbolQuality,
  type SymbolDays,
  type SymbolQuality,
} from './quality.ts'
import { loadBars } from './quality/loadBars.ts'
import { refusalsCsv } from './refusals.ts'
import { RepairSwitches } from './repairs.ts'
import { companies, prices, tables, type TableRule } from './schema.ts'
import { schemaHash } from './schemaHash.ts'
import { readSignals } from './signals.ts'
import { fetchSimulated, hashByManifest, planOfOwnFile, type Fetch } from './simulated.ts'
import { quoteIdentifier } from './sql.ts'

const companiesTable = 'companies'

/** The data worker without its thread: everything of `DataApi` over a database, in the browser or in Node. */
export class DataService implements DataApi {
  readonly #openDatabase: () => Promise<Database>
  readonly #fetch: Fetch
  readonly #catalog = new Catalog()
  readonly #files = new Map<string, File>()
  readonly #switches = new RepairSwitches()
  readonly #checked = new Map<string, SymbolQuality[]>()
  #database: Promise<Database> | null = null
  #baseUrl = ''
  #progress: Progress = () => undefined
  #port: MessagePort | null = null
  #hasCompanies = false
  #queue: Promise<unknown> = Promise.resolve()
  #running: AbortController | null = null
  #filesSeen = 0
  #panels = 0

  constructor(openDatabase: () => Promise<Database>, fetchFrom: Fetch) {
    this.#openDatabase = openDatabase
    this.#fetch = fetchFrom
  }

  start(baseUrl: string, progress: Progress): Promise<Outcome<{ version: string; milliseconds: number }>> {
    return outcomeOf(async () => {
      const began = performance.now()
      this.#baseUrl = baseUrl
      this.#progress = progress
      const { version } = await this.#open()
      return { version, milliseconds: performance.now() - began }
    })
  }

  loadSimulated(): Promise<Outcome<DatasetSummary>> {
    return this.#inTurn(async (signal) => {
      const [files, database] = await Promise.all([fetchSimulated(this.#baseUrl, this.#fetch), this.#open()])
      const loaded = this.#catalog.all().find(({ summary }) => summary.simulated)
      if (loaded) return loaded.summary
      const priced = await this.#importSimulated(
        database,
        prices,
        files.prices,
        this.#catalog.nextId(),
        signal,
      )
      let sha256: string
      try {
        const listed = await this.#importSimulated(
          database,
          companies,
          files.companies,
          companiesTable,
          signal,
        )
        hashByManifest(files.manifest, 'companies.csv', listed.counts)
        sha256 = hashByManifest(files.manifest, 'prices.csv.gz', priced.counts)
      } catch (error) {
        await dropTable(database, priced.table)
        await dropTable(database, companiesTable)
        throw error
      }
      this.#hasCompanies = true
      const { table } = priced
      const summary: DatasetSummary = {
        ...priced.counts,
        id: table,
        name: 'Simulated market',
        kind: 'prices',
        simulated: true,
        sha256,
        schemaHash: await schemaHash('prices'),
        adjustedBy: [],
      }
      this.#catalog.add({ summary, table, refused: [] })
      return summary
    })
  }

  inspect(files: File[], kind: ImportKind): Promise<Outcome<ImportPlan[]>> {
    return outcomeOf(async () => {
      const plans: ImportPlan[] = []
      for (const file of files) {
        this.#filesSeen++
        const fileId = `file_${this.#filesSeen}`
        this.#files.set(fileId, file)
        plans.push(await this.#plan(fileId, file, kind, (facts, lines) => planFor(facts, lines, kind)))
      }
      return plans
    })
  }

  replan(plan: ImportPlan): Promise<Outcome<ImportPlan>> {
    return outcomeOf(() =>
      this.#plan(plan.fileId, this.#file(plan), plan.kind, (_, lines) => replanFor(plan, lines)),
    )
  }

  importFiles(plans: ImportPlan[]): Promise<Outcome<ImportReport>> {
    return this.#inTurn(async (signal) => {
      const began = performance.now()
      const database = await this.#open()
      const report: ImportReport = { datasets: [], applied: [], failed: [], milliseconds: 0 }
      const added: Dataset[] = []
      const inOrder = [...plans].sort((a, b) => Number(a.content !== 'rows') - Number(b.content !== 'rows'))
      try {
        for (const [done, plan] of inOrder.entries()) {
          this.#progress({ label: `Importing ${plan.fileName}`, done, total: plans.length, unit: 'files' })
          try {
            await this.#importPlan(database, plan, report, added, signal)
          } catch (error) {
            if (!(error instanceof Problem) || error.code === 'cancelled') throw error
            report.failed.push({ fileName: plan.fileName, message: error.message })
          }
        }
      } catch (error) {
        for (const { summary, table } of added) {
          this.#catalog.remove(summary.id)
          await dropTable(database, table)
        }
        throw error
      }
      for (const plan of plans) {
        if (!report.failed.some(({ fileName }) => fileName === plan.fileName)) this.#files.delete(plan.fileId)
      }
      report.datasets = added.map(({ summary }) => summary)
      report.milliseconds = performance.now() - began
      return report
    })
  }

  /** Takes effect within a megabyte of the file being read; single statements are short and run to their end. */
  cancel(): Promise<void> {
    this.#running?.abort()
    return Promise.resolve()
  }

  datasets(): Promise<Outcome<DatasetSummary[]>> {
    return outcomeOf(() => this.#catalog.all().map(({ summary }) => summary))
  }

  remove(datasetId: string): Promise<Outcome<null>> {
    return this.#inTurn(async () => {
      const { table, summary } = this.#catalog.get(datasetId)
      const database = await this.#open()
      this.#catalog.remove(datasetId)
      this.#switches.forget(datasetId)
      this.#checked.delete(datasetId)
      await dropTable(database, table)
      if (summary.simulated) {
        this.#hasCompanies = false
        await dropTable(database, companiesTable)
      }
      return null
    })
  }

  refused(datasetId: string, limit: number): Promise<Outcome<RefusedRow[]>> {
    return outcomeOf(() => this.#catalog.get(datasetId).refused.slice(0, limit))
  }

  refusedCsv(datasetId: string): Promise<Outcome<Blob>> {
    return outcomeOf(() => refusalsCsv(this.#catalog.get(datasetId).refused))
  }

  quality(datasetIds: string[]): Promise<Outcome<QualityFinding[]>> {
    return this.#inTurn(async () => {
      const findings: QualityFinding[] = []
      const days: SymbolDays[] = []
      for (const datasetId of datasetIds) {
        const { summary } = this.#catalog.get(datasetId)
        if (summary.kind !== 'prices') continue
        for (const { findings: own, repairs, day } of await this.#check(datasetId)) {
          findings.push(...own)
          days.push({ datasetId, symbol: repairs.symbol, day })
        }
      }
      return [...findings, ...crossSymbolFindings(days)]
    })
  }

  setRepair(findingId: string, active: boolean): Promise<Outcome<null>> {
    return outcomeOf(() => {
      const { summary } = this.#catalog.get(findingId.slice(0, findingId.indexOf('/')))
      this.#checked.delete(summary.id)
      this.#switches.set(findingId, active)
      return null
    })
  }

  connect(port: MessagePort): void {
    this.#port = port
  }

  buildPanel(request: PanelRequest): Promise<Outcome<PanelSummary>> {
    return this.#inTurn(async () => {
      const database = await this.#open()
      const used = request.datasets.map((id) => this.#catalog.get(id))
      if (used.length === 0) {
        throw new Problem(
          'no-prices',
          'No prices are chosen. Choose the simulated market, or load a file of prices.',
        )
      }
      const sources = await this.#sourcesOf(used)
      const simulated = used.some(({ summary }) => summary.simulated)
      const sectors = simulated && this.#hasCompanies ? companiesTable : null
      const panel = await buildPanel(database, sources, sectors)
      if (panel.dates.length === 0) {
        throw new Problem(
          'no-prices',
          'No row of the chosen prices is left after the repairs. Switch some of them off.',
        )
      }
      const signals =
        request.signals === null
          ? null
          : await readSignals(database, this.#catalog.get(request.signals).table)
      this.#panels++
      const message: PanelMessage = { panelId: `panel_${this.#panels}`, panel, simulated, signals }
      const to = panel.dates[panel.dates.length - 1]
      const summary: PanelSummary = {
        panelId: message.panelId,
        symbols: [...panel.symbols],
        days: panel.dates.length,
        from: panel.dates[0],
        to,
        ended: endedSymbols(panel),
        simulated,
      }
      this.#port?.postMessage(message, transferables(message))
      return summary
    })
  }

  #open(): Promise<Database> {
    if (!this.#database) {
      this.#database = this.#openDatabase()
      // A start that failed may be tried again.
      this.#database.catch(() => (this.#database = null))
    }
    return this.#database
  }

  /** Tasks that touch the database run one after the other; a cancelled one leaves the next unharmed. */
  #inTurn<T>(task: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>> {
    const turn = this.#queue.then(() =>
      outcomeOf(async () => {
        const controller = new AbortController()
        this.#running = controller
        try {
          return await task(controller.signal)
        } finally {
          this.#running = null
        }
      }),
    )
    this.#queue = turn
    return turn
  }

  async #plan(
    fileId: string,
    file: File,
    kind: ImportKind,
    describe: (facts: { fileId: string; fileName: string; bytes: number }, lines: HeadLine[]) => ImportPlan,
  ): Promise<ImportPlan> {
    const facts = { fileId, fileName: file.name, bytes: file.size }
    try {
      return describe(facts, await readHead(file))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return { ...describeNothing(facts, kind), problems: [error.message] }
    }
  }

  #file({ fileId, fileName }: ImportPlan): File {
    const file = this.#files.get(fileId)
    if (!file) throw new Problem('no-file', `${fileName} is no longer at hand. Drop it again.`)
    return file
  }

  async #importPlan(
    database: Database,
    plan: ImportPlan,
    report: ImportReport,
    added: Dataset[],
    signal: AbortSignal,
  ): Promise<void> {
    const file = this.#file(plan)
    const [problem] = (await this.#plan(plan.fileId, file, plan.kind, (_, lines) => replanFor(plan, lines)))
      .problems
    if (problem !== undefined) throw new Problem('plan', problem)
    if (plan.content === 'lean-factors') {
      report.applied.push({
        fileName: plan.fileName,
        message: await this.#applyFactors(database, plan, file),
      })
      return
    }
    const id = this.#catalog.nextId()
    const rows = await importFile(database, id, tables[plan.kind], plan, file, this.#progress, signal)
    const summary: DatasetSummary = {
      ...rows,
      id,
      name: plan.fileName,
      kind: plan.kind,
      simulated: false,
      refused: rows.refused.length,
      schemaHash: await schemaHash(plan.kind),
      adjustedBy: [],
    }
    const dataset = { summary, table: id, refused: rows.refused }
    this.#catalog.add(dataset)
    added.push(dataset)
  }

  async #applyFactors(database: Database, plan: ImportPlan, file: File): Promise<string> {
    const symbol = (plan.symbol ?? '').toUpperCase()
    const target = this.#catalog
      .all()
      .findLast(
        ({ summary }) => summary.kind === 'prices' && !summary.simulated && summary.symbols.includes(symbol),
      )
    if (!target) {
      throw new Problem(
        'factors',
        `${plan.fileName} holds the factors of ${symbol}, but no prices of ${symbol} are loaded. ` +
          'Drop its daily file together with it.',
      )
    }
    const factors = await readLeanFactors(plan, file)
    const rows = await applyLeanFactors(database, target.table, symbol, factors)
    this.#checked.delete(target.summary.id)
    target.summary = {
      ...target.summary,
      adjustedBy: [...target.summary.adjustedBy, { name: plan.fileName, sha256: await hashOf(file) }],
    }
    return `The factors of ${symbol} now adjust ${rows.toLocaleString('en-GB')} rows of ${target.summary.name}.`
  }

  async #importSimulated(
    database: Database,
    table: TableRule,
    file: File,
    name: string,
    signal: AbortSignal,
  ) {
    const plan = await planOfOwnFile(file, table)
    const rows = await importFile(database, name, table, plan, file, this.#progress, signal)
    return { counts: { ...rows, refused: rows.refused.length }, table: name }
  }

  /** The checks of a dataset under the repairs of now; kept until one of them changes. */
  async #check(datasetId: string): Promise<SymbolQuality[]> {
    let checked = this.#checked.get(datasetId)
    if (!checked) {
      const bars = await loadBars(await this.#open(), this.#catalog.get(datasetId).table)
      checked = bars.map((symbol) => symbolQuality(datasetId, symbol, this.#switches))
      this.#checked.set(datasetId, checked)
    }
    return checked
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

async function dropTable(database: Database, table: string): Promise<void> {
  await database.query(`DROP TABLE IF EXISTS ${quoteIdentifier(table)}`)
}

function describeNothing(
  facts: { fileId: string; fileName: string; bytes: number },
  kind: ImportKind,
): ImportPlan {
  return {
    ...facts,
    kind,
    shape: 'unknown shape',
    content: 'rows',
    header: null,
    headerLine: null,
    width: 0,
    columns: {},
    delimiter: ',',
    decimal: '.',
    dateFormat: 'iso',
    dateAmbiguous: false,
    priceScale: 1,
    symbol: '',
    sample: [],
    problems: [],
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

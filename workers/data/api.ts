import type { DemandTables, TicketMood } from '../quant/demandTables.ts'
import type { FlightTables } from '../quant/flightTables.ts'
import type { Panel } from '../quant/panel.ts'
import type { NotebookApi } from './notebook/contract.ts'
import type { ColumnType, TableName } from './schema.ts'

export type { TableName }
export type * from './notebook/contract.ts'

/** Results cross Comlink as data, because an Error loses everything but its message there. */
export type Outcome<T> =
  { ok: true; value: T } | { ok: false; code: string; message: string; detail?: string }

export type Progress = (step: {
  label: string
  done: number
  total: number
  unit: 'bytes' | 'rows' | 'files'
  /** Rows read so far, while a file is imported. */
  rows?: number
}) => void

/** How the dates of the file are written; `auto` names are what the user confirms on real examples. */
export type DateFormat =
  'iso' | 'iso-offset' | 'compact' | 'day-first' | 'month-first' | 'month-name' | 'epoch'

export type FileFormat = 'csv' | 'json' | 'ndjson' | 'parquet' | 'arrow'

/**
 * What becomes of a record of the file:
 * - `rows`: a row of the table;
 * - `sums`: the same, rows with the same key added up (downloads by version → downloads);
 * - `tickets`: one ticket, counted per day and mood of its text;
 * - `positions`: one position report, joined with its neighbours into flights;
 * - `option-pairs`: a call and a put of the same strike, side by side;
 * - `lean-factors`: factors for the prices of the same symbol.
 */
export type Content = 'rows' | 'sums' | 'tickets' | 'positions' | 'option-pairs' | 'lean-factors'

/** What the importer understood of one file; everything in it may be edited before the import. */
export interface ImportPlan {
  /** Handle of the file inside the worker. */
  fileId: string
  fileName: string
  bytes: number
  format: FileFormat
  /** Where the records lie inside a JSON file, as keys from its root: `archive`, `binaries.counts`; '' = the root. */
  path: string
  kind: TableName
  /** Yahoo, Stooq, Nasdaq, LEAN, Contrail, OpenSky, … or “unknown shape”. */
  shape: string
  content: Content
  header: string[] | null
  /** Physical line of the header, 1-based; lines before it are refused. Null = no header, or no CSV. */
  headerLine: number | null
  /** Cells of a row of data; a line with another number of cells is refused. */
  width: number
  /**
   * Role → index into the header (or the cell number where there is no header). Roles are the columns of the
   * table (or of what is staged: tickets one by one, position reports) in camel case; with `option-pairs` the
   * columns of the put have roles ending in `Put`.
   */
  columns: Partial<Record<string, number>>
  delimiter: ',' | ';' | '\t' | '|'
  decimal: '.' | ','
  dateFormat: DateFormat
  /** Of date columns that are written otherwise than `dateFormat`, by role. */
  dateFormats: Partial<Record<string, DateFormat>>
  /** Both readings fit the file: the user must choose, whereupon the page sets this to false. */
  dateAmbiguous: boolean
  /** Prices are divided by this (10,000 for LEAN). */
  priceScale: number
  /** Values of a role are multiplied by this: strikes × 1000, feet, knots. */
  scales: Partial<Record<string, number>>
  /** For one symbol per file; null in long format, '' where the name did not tell: the user is asked. */
  symbol: string | null
  /** Other columns that have one value for the whole file, as typed: quote date, source, metric, kind. */
  constants: Partial<Record<string, string>>
  /** First rows as read, and their dates in words (“2 January 2015”). */
  sample: { cells: string[]; dateInWords: string | null }[]
  /** A mapping confirmed before for a file with the same header was used. */
  remembered: boolean
  /** What the person should know before importing, a sentence each; nothing stands in the way. */
  notes: string[]
  /** A sentence per thing that stands in the way; empty = can be imported. */
  problems: string[]
}

/** What an import would take in of a file, and what it would refuse. */
export interface RowCount {
  /** Records that fit; tickets or position reports one by one. */
  records: number
  refused: number
  /** The first that is refused. */
  first: RefusedRow | null
  /** False where only the first part of a large file was read. */
  whole: boolean
}

export interface RefusedRow {
  file: string
  line: number
  column: string
  value: string
  reason: string
}

export type RepairKind = 'repeated-date' | 'split' | 'null-price' | 'high-low'
/** Something noticed in the data, what was done about it, and whether that can be undone. */
export interface QualityFinding {
  id: string
  kind: RepairKind | 'missing-days' | 'jump' | 'stale' | 'zero-volume' | 'mixed-adjustment' | 'ends-early'
  severity: 'info' | 'warn'
  symbol: string
  /** Epoch days concerned, at most 200 listed. */
  days: number[]
  count: number
  text: string
  /** What was done, in words; '' = only reported. */
  done: string
  /** Set for findings whose repair can be switched off and on. */
  repair: { kind: RepairKind; active: boolean; factor?: number } | null
}

export interface DatasetSummary {
  id: string
  name: string
  kind: TableName
  simulated: boolean
  /** Records of the file that were taken in: records of the file = records + refused. */
  records: number
  /** Rows of the table they became: as many, unless the content says that they are counted, joined or paired. */
  rows: number
  refused: number
  /** Rows whose key comes again; rows − repeated are left when one of each is kept. */
  repeated: number
  /** Of whom the rows are: tickers, or addresses of aircraft; empty for tables about nobody. */
  symbols: string[]
  /** Epoch days; 0 for tables without time. */
  from: number
  to: number
  bytes: number
  /** Hex, of the bytes imported. */
  sha256: string
  schemaHash: string
  /** Factor files applied to the prices afterwards (LEAN). */
  adjustedBy: { name: string; sha256: string }[]
  /** Where `known_at` comes from: the file, the usual lag of such sources, or partly each; null for tables without. */
  knownAt: 'file' | 'assumed' | 'mixed' | null
  /** What happened on the way, a sentence each (“58 dates are known to the year only”). */
  notes: string[]
  /** Epoch milliseconds of the import. */
  importedAt: number
  /** Made of what live sources gave; kept by the collection, not as a file. */
  collected?: boolean
  /** Whether the file will be here when the person returns; a sentence says why not. */
  kept: boolean
  keptMessage: string
  /** An earlier state of the same file, replaced by this one: how much of its past was rewritten. */
  vintageOf: { importedAt: number; sha256: string; changed: number; removed: number; added: number } | null
}

export interface ImportReport {
  datasets: DatasetSummary[]
  /** Files that changed datasets instead of becoming one (LEAN factors), each with what was done. */
  applied: { fileName: string; message: string }[]
  /** Files that could not be imported at all, each with a sentence that says what to do. */
  failed: { fileName: string; message: string }[]
  milliseconds: number
}

/** One of the tables of the simulated market; fetched when a system or the person asks for it. */
export interface SimulatedPart {
  kind: TableName
  rows: number
  /** Over the wire. */
  bytes: number
  loaded: boolean
}

// —— What is kept between visits

export interface KeepState {
  /** `off`: the browser gives no storage (private window, old browser): nothing is kept, and `message` says so. */
  kind: 'on' | 'off'
  message: string
  /** The browser promised not to clear it away on its own. */
  persistent: boolean
  /** Bytes used and allowed, as the browser estimates them. */
  used: number
  quota: number
  /** Files that could not be read back at the start of the visit, a sentence each. */
  lost: string[]
}

// —— Tables, column summaries, SQL

/** A dataset, or a whole table over all its datasets. */
export interface BrowseTarget {
  /** Null = all datasets of the table. */
  datasetId: string | null
  kind: TableName
}

export interface BrowseFilter {
  column: string
  /** `contains` ignores case; comparisons are of numbers, days (2024-01-31), or texts. */
  test: 'contains' | 'equals' | 'atLeast' | 'atMost' | 'above' | 'below' | 'blank' | 'notBlank'
  value: string
}

export interface BrowseQuery {
  target: BrowseTarget
  filters: BrowseFilter[]
  sort: { column: string; descending: boolean } | null
  offset: number
  limit: number
}

export interface BrowsePage {
  columns: { name: string; type: ColumnType; unit: string; doc: string }[]
  /** [limit][columns] as texts to show; null = missing. */
  rows: (string | null)[][]
  /** Rows that pass the filters. */
  total: number
  milliseconds: number
}

/** What one column holds, for a summary with a small picture. */
export interface ColumnSummary {
  name: string
  type: ColumnType
  missing: number
  distinct: number
  /** Lowest and highest, as texts to show; null where all is missing. */
  lowest: string | null
  highest: string | null
  /** Numbers, days and times: equal bins between lowest and highest. */
  histogram: number[]
  /** Texts: the commonest. */
  commonest: { text: string; count: number }[]
  /** Histogram and commonest are estimated from a part of the rows, because there are so many. */
  sampled: boolean
}

export interface SqlColumn {
  name: string
  type: 'number' | 'text' | 'date' | 'time' | 'boolean' | 'other'
}

export interface SqlResult {
  columns: SqlColumn[]
  /** The first rows. Days and times are texts; so are numbers that a double cannot hold exactly. */
  cells: (string | number | boolean | null)[][]
  /** Rows of the whole result, which stays in the worker for paging and export. */
  rows: number
  /** Why there are no more rows, where the result was cut; null where it is whole. */
  cut: string | null
  milliseconds: number
  /** Result handle for `sqlPage` and `exportSql`; the newest few are kept. */
  resultId: string
}

export interface SchemaForCompletion {
  tables: { name: string; doc: string; columns: { name: string; type: string; doc: string }[] }[]
}

// —— Who operates what

export interface OwnerCandidate {
  symbol: string
  name: string
  /** 0–100. */
  score: number
}

/** A name in a registry or a list of events, and the companies it may be. */
export interface OwnerMatch {
  /** As written in the files. */
  owner: string
  /** Aircraft or events under this name. */
  aircraft: number
  events: number
  /** Why no company may be behind the name, though it is like one: a trustee, a bank, a private person; '' = none. */
  caution: string
  candidates: OwnerCandidate[]
  decision: OwnerDecision | null
}

export interface OwnerDecision {
  owner: string
  /** Null = none of the companies. */
  symbol: string | null
  /** Epoch days; null = open. */
  validFrom: number | null
  validTo: number | null
  score: number
}

// —— Quality of every table

export interface CoverageHeatmap {
  kind: TableName
  /** Subjects with most rows first, at most 200; `others` more are left out. */
  subjects: string[]
  others: number
  /** First days of months, epoch days. */
  months: number[]
  /** [subjects × months] rows, subject-major. */
  rows: number[]
}

/** Whether a system has what it needs. */
export interface SystemReadiness {
  system: 'jet' | 'tickets' | 'options' | 'custom'
  needs: { kind: TableName; required: boolean; rows: number; from: number; to: number; symbols: number }[]
  /** Days that all required tables cover; null = none. */
  overlap: { from: number; to: number } | null
  /** Symbols (or aircraft with a company) that all required tables share. */
  symbols: number
  canRun: boolean
  /** What it can run on, and what is missing or thin, a sentence each. */
  sentences: string[]
}

/** What a finding about a table is about; prices have their own (`QualityFinding`). */
export type TableFindingKind =
  | 'time-travel'
  | 'duplicates'
  | 'impossible'
  | 'outliers'
  | 'orphans'
  | 'gaps'
  | 'dates'
  | 'quotes'
  | 'owners'

/** Something noticed in a table; nothing is changed on its account. */
export interface TableFinding {
  /** The same over reruns: table, file and rule. */
  id: string
  table: TableName
  /** Null = about all files of the table together. */
  datasetId: string | null
  kind: TableFindingKind
  severity: 'info' | 'warn'
  /** Rows, or subjects, concerned. */
  count: number
  text: string
  /** Some of them, at most ten. */
  examples: string[]
}

export interface TableQuality {
  findings: TableFinding[]
  coverage: CoverageHeatmap[]
  readiness: SystemReadiness[]
}

export interface PanelRequest {
  /**
   * Datasets of prices to combine; a symbol in several is taken from the last. What was collected adds its days after
   * the last of the others, at their level, and symbols that they lack.
   */
  datasets: string[]
  /** Dataset of signals for the custom system. */
  signals: string | null
  /** Hand over flights, aircraft, airports, companies and events as well, for the Jet system. */
  flights: boolean
  /** Hand over tickets, adoption, incidents and news as well, for the Tickets system. */
  demand?: DemandRequest | null
  /**
   * Datasets of option quotes to hand over as `Panel.chains`, all of one origin; none = the panel has none. Where
   * they are a person's and the prices simulated, or the other way round, the chains have no price of the share.
   */
  chains?: string[]
  /**
   * The day that has begun, as an epoch day: the panel ends on it, with a bar that carries the last close on, where no
   * dataset has a bar of it or of a later day (`Panel.provisional`). Null = the panel ends with its last bar.
   */
  today?: number | null
  /** Flights and demand that cannot be had are left out; without this their absence is a problem. */
  whatIsThere?: boolean
}

/** What a person set for the reading of tickets. */
export interface DemandRequest {
  /** Words by which tickets with text are sorted; null = those of `ticketWords`. */
  words: TicketWords | null
  /** Weights of products other than 1; those of other symbols and products do nothing. */
  weights: { symbol: string; product: string; weight: number }[]
}

/** Words by topic; whole words, case-folded. */
export interface TicketWords {
  /** Of the words, as a person names it: “English”. */
  language: string
  negative: Record<string, string[]>
  positive: Record<string, string[]>
}

/** Tickets with text of one product, newest first. */
export interface TicketTextQuery {
  symbol: string
  product: string
  /** Inclusive epoch days (UTC). */
  from: number
  to: number
  /** Null = all. */
  mood: TicketMood | null
  words: TicketWords | null
  limit: number
}

export interface TicketTexts {
  /** Tickets of the product in the range; 0 with `counted` where the file holds counts only. */
  total: number
  /** True where the product comes as counts, without texts. */
  counted: boolean
  tickets: {
    /** Epoch milliseconds. */
    createdAt: number
    title: string
    /** The beginning of its text. */
    text: string
    mood: TicketMood
    /** The file’s own judgement was used, not the words. */
    judged: boolean
    /** The words found, with the topic of each. */
    matched: { word: string; topic: string; mood: 'negative' | 'positive' }[]
  }[]
  /** Words of the tickets in the range, most frequent first, at most 20. */
  words: { word: string; topic: string; count: number }[]
}

export interface PanelSummary {
  panelId: string
  symbols: string[]
  /** Days with a bar of their own, and the first and last of them: the day that has begun is none. */
  days: number
  from: number
  to: number
  /** Behind them stands the day that has begun (`PanelRequest.today`). */
  provisional?: boolean
  /** Symbols whose prices end before the panel does. */
  ended: string[]
  simulated: boolean
}

/** Posted on the port to the backtest worker. */
export interface PanelMessage {
  panelId: string
  panel: Panel
  simulated: boolean
  signals: {
    symbol: string[]
    date: Int32Array
    direction: Int8Array
    conviction: Float64Array
    horizon: Int32Array
    size: Float64Array
    stop: Float64Array
    target: Float64Array
  } | null
  /** Of the same origin as the prices, simulated or a person's own; null where they were not asked for. */
  flights: FlightTables | null
  /** Of the same origin as the prices; null where they were not asked for. */
  demand: DemandTables | null
}

/** What a project holds besides files, mappings, owners and the notebook, which the data worker keeps. */
export interface ProjectOfPage {
  /** State of the page. */
  link: string
  /** Everything that was tried, as a link carries it; '' = unknown. */
  family: string
  /** Trained models, each under a name of its own. */
  models: File[]
}

export interface OpenedProject extends ProjectOfPage {
  report: ImportReport
  /** Runs of the notebook that were not here yet. */
  runs: number
}

export interface DataApi extends NotebookApi {
  /** Opens DuckDB, raced with a timeout, locked down. `baseUrl` is where the site is served from. */
  start(baseUrl: string, progress: Progress): Promise<Outcome<{ version: string; milliseconds: number }>>
  /** Fetches and imports prices and companies of the simulated market that the site carries. */
  loadSimulated(): Promise<Outcome<DatasetSummary>>
  /** The other tables of the simulated market, and which of them are here. */
  simulatedParts(): Promise<Outcome<SimulatedPart[]>>
  loadSimulatedParts(kinds: TableName[]): Promise<Outcome<DatasetSummary[]>>

  /** Looks at the first part of each file and says what it seems to be; `kind` null = any table. */
  inspect(files: File[], kind: TableName | null): Promise<Outcome<ImportPlan[]>>
  /** Reads an edited plan again: sample, problems. */
  replan(plan: ImportPlan): Promise<Outcome<ImportPlan>>
  /** Reads the file as an import would and keeps nothing; null when an import or a newer count came between. */
  countRows(plan: ImportPlan): Promise<Outcome<RowCount | null>>
  /** All plans or, for files that fail, a sentence each; what was loaded before is never touched. */
  importFiles(plans: ImportPlan[]): Promise<Outcome<ImportReport>>
  cancel(): Promise<void>
  datasets(): Promise<Outcome<DatasetSummary[]>>
  remove(datasetId: string): Promise<Outcome<null>>
  /** The first `limit` refused rows, for the screen. */
  refused(datasetId: string, limit: number): Promise<Outcome<RefusedRow[]>>
  /** All refused rows as CSV text, formulas defused. */
  refusedCsv(datasetId: string): Promise<Outcome<Blob>>

  /** Reads back what earlier visits kept; datasets appear one by one. */
  restore(): Promise<Outcome<DatasetSummary[]>>
  keepState(): Promise<Outcome<KeepState>>
  /** Removes every kept file, mapping, match, run of the notebook and the tables of uploads. */
  forgetEverything(): Promise<Outcome<null>>
  /** Everything kept, as one file, with what only the page has. */
  exportProject(page: ProjectOfPage): Promise<Outcome<Blob>>
  /** Adds what a project file holds to what is here; what is for the page to take in comes back. */
  importProject(file: File): Promise<Outcome<OpenedProject>>
  /** Called when another tab has changed what is kept. */
  onKeptChange(callback: () => void): Promise<void>

  quality(datasetIds: string[]): Promise<Outcome<QualityFinding[]>>
  /** Switches a repair off or on; the next panel follows. */
  setRepair(findingId: string, active: boolean): Promise<Outcome<null>>
  /** Findings, coverage and readiness of everything loaded; `needs` are the tables of each system. */
  tableQuality(): Promise<Outcome<TableQuality>>

  browse(query: BrowseQuery): Promise<Outcome<BrowsePage>>
  columnSummaries(target: BrowseTarget, filters: BrowseFilter[]): Promise<Outcome<ColumnSummary[]>>
  sqlSchema(): Promise<Outcome<SchemaForCompletion>>
  /** One statement; read-only unless `write`. A second call waits for the first; `cancelSql` ends it. */
  sql(text: string, write: boolean): Promise<Outcome<SqlResult>>
  sqlPage(resultId: string, offset: number, limit: number): Promise<Outcome<SqlResult['cells']>>
  exportSql(resultId: string, format: 'csv' | 'arrow' | 'parquet'): Promise<Outcome<Blob>>
  cancelSql(): Promise<void>

  ownerMatches(): Promise<Outcome<OwnerMatch[]>>
  /** All of them or none. */
  decideOwners(decisions: OwnerDecision[]): Promise<Outcome<null>>
  undecideOwner(owner: string): Promise<Outcome<null>>
  /** Accepted matches as CSV: owner, symbol, valid_from, valid_to, score. */
  ownersCsv(): Promise<Outcome<Blob>>

  /** The tickets behind a count. */
  ticketTexts(query: TicketTextQuery): Promise<Outcome<TicketTexts>>

  /**
   * Takes in what live sources gave, as the CSV files of the live worker (`collectedColumns` there), a dataset a
   * table in place of the earlier one; a null file takes the dataset away. All of them or none. Returns the datasets
   * that are there now.
   */
  takeCollected(files: { table: TableName; file: File | null }[]): Promise<Outcome<DatasetSummary[]>>

  connect(port: MessagePort): void
  /** Builds the panel in SQL and posts it to the backtest worker. */
  buildPanel(request: PanelRequest): Promise<Outcome<PanelSummary>>
}

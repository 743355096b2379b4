import type { Panel } from '../quant/panel.ts'

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

export type ImportKind = 'prices' | 'signals'
/** How the dates of the file are written; `auto` names are what the user confirms on real examples. */
export type DateFormat =
  'iso' | 'iso-offset' | 'compact' | 'day-first' | 'month-first' | 'month-name' | 'epoch'
export type PriceColumn =
  'symbol' | 'date' | 'open' | 'high' | 'low' | 'close' | 'adjClose' | 'volume' | 'adjFactor'
export type SignalColumn =
  'symbol' | 'date' | 'direction' | 'conviction' | 'horizon' | 'size' | 'stop' | 'target'

/** What the importer understood of one file; everything in it may be edited before the import. */
export interface ImportPlan {
  /** Handle of the file inside the worker. */
  fileId: string
  fileName: string
  bytes: number
  kind: ImportKind
  /** Yahoo, Stooq, Nasdaq, LEAN, Contrail, … or “unknown shape”. */
  shape: string
  /** Rows of the table, or LEAN factors to apply to the prices of the same symbol. */
  content: 'rows' | 'lean-factors'
  header: string[] | null
  /** Physical line of the header, 1-based; lines before it are refused. Null = no header. */
  headerLine: number | null
  /** Cells of a row of data; a line with another number of cells is refused. */
  width: number
  /** Role → index into the header (or the cell number where there is no header). */
  columns: Partial<Record<PriceColumn | SignalColumn, number>>
  delimiter: ',' | ';' | '\t' | '|'
  decimal: '.' | ','
  dateFormat: DateFormat
  /** Both readings fit the file: the user must choose, whereupon the page sets this to false. */
  dateAmbiguous: boolean
  /** Prices are divided by this (10,000 for LEAN). */
  priceScale: number
  /** For one symbol per file; null in long format, '' where the name did not tell: the user is asked. */
  symbol: string | null
  /** First rows as read, and their dates in words (“2 January 2015”). */
  sample: { cells: string[]; dateInWords: string | null }[]
  /** A sentence per thing that stands in the way; empty = can be imported. */
  problems: string[]
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
  kind: ImportKind
  simulated: boolean
  /** Rows loaded: rows of the file = rows + refused. */
  rows: number
  refused: number
  /** Rows loaded whose symbol and date come again; rows − repeated are left when one of each is kept. */
  repeated: number
  symbols: string[]
  from: number
  to: number
  bytes: number
  /** Hex, of the bytes imported. */
  sha256: string
  schemaHash: string
  /** Factor files applied to the prices afterwards (LEAN). */
  adjustedBy: { name: string; sha256: string }[]
}

export interface ImportReport {
  datasets: DatasetSummary[]
  /** Files that changed datasets instead of becoming one (LEAN factors), each with what was done. */
  applied: { fileName: string; message: string }[]
  /** Files that could not be imported at all, each with a sentence that says what to do. */
  failed: { fileName: string; message: string }[]
  milliseconds: number
}

export interface PanelRequest {
  /** Datasets of prices to combine; a symbol in several is taken from the last. */
  datasets: string[]
  /** Dataset of signals for the custom system. */
  signals: string | null
}

export interface PanelSummary {
  panelId: string
  symbols: string[]
  days: number
  from: number
  to: number
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
}

export interface DataApi {
  /** Opens DuckDB, raced with a timeout, locked down. `baseUrl` is where the site is served from. */
  start(baseUrl: string, progress: Progress): Promise<Outcome<{ version: string; milliseconds: number }>>
  /** Fetches and imports the simulated market that the site carries. */
  loadSimulated(): Promise<Outcome<DatasetSummary>>
  /** Looks at the first part of each file and says what it seems to be. */
  inspect(files: File[], kind: ImportKind): Promise<Outcome<ImportPlan[]>>
  /** Reads an edited plan again: sample, problems. */
  replan(plan: ImportPlan): Promise<Outcome<ImportPlan>>
  /** All plans or, for files that fail, a sentence each; what was loaded before is never touched. */
  importFiles(plans: ImportPlan[]): Promise<Outcome<ImportReport>>
  cancel(): Promise<void>
  datasets(): Promise<Outcome<DatasetSummary[]>>
  remove(datasetId: string): Promise<Outcome<null>>
  /** The first `limit` refused rows, for the screen. */
  refused(datasetId: string, limit: number): Promise<Outcome<RefusedRow[]>>
  /** All refused rows as CSV text, formulas defused. */
  refusedCsv(datasetId: string): Promise<Outcome<Blob>>
  quality(datasetIds: string[]): Promise<Outcome<QualityFinding[]>>
  /** Switches a repair off or on; the next panel follows. */
  setRepair(findingId: string, active: boolean): Promise<Outcome<null>>
  connect(port: MessagePort): void
  /** Builds the panel in SQL and posts it to the backtest worker. */
  buildPanel(request: PanelRequest): Promise<Outcome<PanelSummary>>
}

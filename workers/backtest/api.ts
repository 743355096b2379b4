import type { DemandTables } from '../quant/demandTables.ts'
import type { FlightTables } from '../quant/flightTables.ts'
import type { Panel } from '../quant/panel.ts'
import type { Leg, StructureKind } from '../quant/structures.ts'
import type { ClaimMetric, Params, SignalRows, SystemId, Unit } from '../systems/system.ts'
import type { CompareApi } from './compare/contract.ts'
import type { Guard, GuardId } from './guards/contract.ts'
import type { JetApi } from './jet/contract.ts'
import type { PaperApi } from './paper/contract.ts'
import type { OptionsApi } from './options/contract.ts'
import type { TicketsApi } from './tickets/contract.ts'
import type {
  StoredSweep,
  SweepCell,
  SweepMap,
  SweepMapQuery,
  SweepMetric,
  SweepSpec,
  SweepStatus,
  SweepSummary,
} from './sweep/contract.ts'
import type { WalkResult, WalkSpec, WalkStatus } from './walk/contract.ts'

export type * from './board/contract.ts'
export type * from './compare/contract.ts'
export type * from './guards/contract.ts'
export type * from './jet/contract.ts'
export type * from './paper/contract.ts'
export type * from './options/contract.ts'
export type * from './study/contract.ts'
export type * from './sweep/contract.ts'
export type * from './tickets/contract.ts'
export type * from './walk/contract.ts'
export { moods, severities } from '../quant/demandTables.ts'
export type { IncidentSeverity, TicketMood } from '../quant/demandTables.ts'
export { structureKinds } from '../quant/structures.ts'
export type { Leg, StructureKind } from '../quant/structures.ts'
export { recommendedStrikemap, rowStates } from '../quant/chains/analysis.ts'
export type {
  ArbitrageFinding,
  ExpiryAnalysis,
  SmileFit,
  StrikemapSettings,
} from '../quant/chains/analysis.ts'
export { comparedFigures } from './compare/contract.ts'
export { guardIds } from './guards/contract.ts'
export { guardTexts } from './guards/texts.ts'
export { metricIds, metricTexts } from './metricTexts.ts'
export type { MetricId } from './metricTexts.ts'
export { mostCombinations, sweepMetrics } from './sweep/contract.ts'
export { leastTest, leastTrain, walkProblem, walkWindows } from './walk/windows.ts'

/** Results cross Comlink as data, because an Error loses everything but its message there. */
export type Outcome<T> =
  { ok: true; value: T } | { ok: false; code: string; message: string; detail?: string }

export interface RunRequest {
  system: SystemId
  params: Params
  /** Inclusive epoch days; null = as far as the data goes. */
  from: number | null
  to: number | null
  /** First epoch day of the out-of-sample part; null = no split. */
  outOfSampleFrom: number | null
  /** Symbol of the benchmark; it is never traded. Null = none. */
  benchmark: string | null
  seed: number
}

export type ExitReason =
  | 'stop'
  | 'stop-gap'
  | 'target'
  | 'target-gap'
  | 'time'
  | 'signal'
  | 'trim'
  | 'breaker'
  | 'delisted'
  | 'end'
  | 'expiry'
  | 'roll'
  | 'assignment'

export interface Trade {
  symbol: number
  direction: 1 | -1
  shares: number
  signalDay: number
  entryDay: number
  /** After slippage. */
  entryPrice: number
  exitDay: number
  exitPrice: number
  exitReason: ExitReason
  /** Stop and target were both reached in the bar of the exit. */
  ambiguous: boolean
  fees: number
  /** After fees. */
  profit: number
}

/** A trade as the report shows it: indices into `Report.dates` and `Report.symbols`. */
export interface ReportTrade extends Trade {
  /** Profit ÷ entry notional. */
  return: number
  /** Bars held, the entry bar included. */
  bars: number
  /** Largest move against and for the trade while held, fractions of the entry price (≤ 0, ≥ 0). */
  adverse: number
  favourable: number
  /** Levels set at the entry; NaN where there is none. */
  stop: number
  target: number
  /** Index into `Report.reasons`; −1 unknown. */
  reason: number
  conviction: number
  /** The loss was larger than the stop allowed (a gap). */
  breach: boolean
  outOfSample: boolean
  /** What was traded in place of shares; absent for shares. Prices are then those of one share of the structure. */
  instrument?: Instrument
}

/** A structure of options as it was opened. */
export interface Instrument {
  kind: StructureKind
  legs: Leg[]
  contracts: number
  /** How many of the daily marks of its option legs came from where. */
  marks: { quoted: number; surface: number; model: number }
  /** Money the structure could lose at expiry, fees aside; Infinity where it has no bound. */
  mostLoss: number
}

export interface Counters {
  /** Orders dropped because the symbol did not trade on the day. */
  notTrading: number
  belowMinimum: number
  /** Cut to nothing by a limit on exposure, or no room among the lots. */
  noRoom: number
  /** Dropped because the direction was held already. */
  alreadyHeld: number
  shortsRefused: number
  /** Entries refused while a breaker was active. */
  breakerHeld: number
  breakersTripped: number
  ambiguous: number
  breaches: number
  delisted: number
  /** Structures that could not be opened: no contract within reach, spread too wide, or too dear for one contract. */
  noContract?: number
  tooWide?: number
}

export interface Metric {
  id: string
  label: string
  group: 'return' | 'risk' | 'ratio' | 'trades' | 'benchmark' | 'exposure'
  unit: Unit | 'ratio' | 'date'
  /**
   * NaN where undefined. Without a split only `all` is set; with one only `inSample` and `outOfSample`
   * are, because the two are never mixed in one number. The same holds for the benchmark.
   */
  all: number
  inSample: number
  outOfSample: number
  /** Benchmark over the same days as the column shown; NaN where it makes no sense. */
  benchmarkAll: number
  benchmarkInSample: number
  benchmarkOutOfSample: number
  /** Formula and convention, one or two sentences, shown on demand. */
  definition: string
}

export interface Bin {
  from: number
  to: number
  strategy: number
  benchmark: number
}

/** The part of the run a number is about: `all` without a split, else one of the other two. */
export type Part = 'all' | 'inSample' | 'outOfSample'

/** With a split every label has a row per part in which it traded; a trade belongs to the part of its entry. */
export interface AttributionRow {
  label: string
  part: Part
  trades: number
  winRate: number
  meanReturn: number
  profit: number
  fees: number
}

export interface DrawdownRow {
  /** Indices into `Report.dates`; recovered −1 while under water. */
  start: number
  trough: number
  recovered: number
  /** Negative fraction. */
  depth: number
  days: number
}

export type FlagSeverity = 'info' | 'warn' | 'red'
export interface Flag {
  id: string
  severity: FlagSeverity
  /** A short, exact sentence. */
  text: string
}

export type ClaimState = 'met' | 'not met' | 'undecided' | 'not reachable' | 'not measured'
export interface ClaimRow {
  text: string
  metric: ClaimMetric
  state: ClaimState
  /** NaN where it cannot be measured. */
  value: number
  /** NaN until the intervals have streamed in. */
  low: number
  high: number
  implausible: boolean
  /** Why the state is what it is; the arithmetic where not reachable. */
  note: string
}

export interface Report {
  request: RunRequest
  /** Hex digest of trades, dates and rounded equity; equal numbers give equal hashes on every machine. */
  hash: string
  /** [days] epoch days of the run */
  dates: Int32Array
  /** Index into dates of the first out-of-sample day; dates.length without a split. */
  split: number
  symbols: string[]
  reasons: string[]
  capital: number
  /** [days] */
  equity: Float64Array
  /** [days] benchmark rebased to the capital; empty without one */
  benchmark: Float64Array
  /** [days] fractions ≤ 0 */
  drawdown: Float64Array
  benchmarkDrawdown: Float64Array
  /** [days] fractions of equity at the close */
  gross: Float64Array
  net: Float64Array
  /** [days] trailing year; NaN while warming up */
  rollingSharpe: Float64Array
  rollingBeta: Float64Array
  metrics: Metric[]
  monthly: { year: number; months: number[]; total: number; benchmark: number }[]
  distribution: Bin[]
  drawdowns: DrawdownRow[]
  trades: ReportTrade[]
  bySignal: AttributionRow[]
  bySymbol: AttributionRow[]
  /** Empty where no company has a sector. */
  bySector: AttributionRow[]
  /**
   * Money over the whole run. `breakEvenBps`: the cost per side at which the profit would be nothing, of
   * the out-of-sample part where there is a split.
   */
  costs: {
    commission: number
    slippage: number
    borrow: number
    total: number
    /** What idle cash earned; not part of the total. */
    interest: number
    breakEvenBps: number
  }
  counters: Counters
  flags: Flag[]
  claims: ClaimRow[]
  /** Milliseconds in the worker. */
  elapsed: { signals: number; simulate: number; report: number }
}

/** What needs resampling; streams in after the report. */
export interface Evidence {
  hash: string
  /** 95 % stationary bootstrap intervals by metric id; out of sample where there is a split. */
  intervals: Record<string, { low: number; high: number }>
  /** Of the beta-adjusted daily excess return, one-sided, against the family of everything tried so far. */
  pValue: number
  trials: number
  verdict: Verdict
  claims: ClaimRow[]
}

export interface Verdict {
  kind: 'not assessable' | 'too little data' | 'consistent with luck' | 'fragile' | 'hard to explain by luck'
  /** One or two sentences with the reasons that matter most. */
  because: string
}

/** Price chart of one trade, with some bars around it. */
export interface TradeChart {
  symbol: string
  dates: Int32Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  /** Prices are adjusted; times this they are as listed, which strikes are. */
  rawFactor: Float64Array
}

export interface LookAheadCheck {
  days: number
  /** Epoch days on which a decision changed when the future was cut or scrambled. */
  failures: number[]
}

/** What the data worker posts on the port: a panel, and the rows of a signals file where there is one. */
export interface PanelMessage {
  panelId: string
  panel: Panel
  simulated: boolean
  signals: SignalRows | null
  /** Null or absent where no system asked for flights. */
  flights?: FlightTables | null
  /** The same of the tickets. */
  demand?: DemandTables | null
}

/** What the worker tells of long work, a few times a second. */
export interface Watcher {
  sweep(status: SweepStatus): void
  walk(status: WalkStatus): void
}

export interface BacktestApi extends CompareApi, JetApi, PaperApi, OptionsApi, TicketsApi {
  /** The panel arrives over this port from the data worker (a `PanelMessage`), never through the page. */
  connect(port: MessagePort): void
  /** Resolves when the panel with this id has arrived and the indicator caches are empty. */
  ready(panelId: string): Promise<Outcome<null>>
  run(request: RunRequest): Promise<Outcome<Report>>
  /** Everything that needs resampling, for the newest run. */
  evidence(request: RunRequest): Promise<Outcome<Evidence>>
  /** Ends what is under way or waiting; its calls resolve as `superseded`. */
  cancel(): Promise<void>
  /** Both days are epoch days, `Report.dates[trade.entryDay]`. */
  tradeChart(symbol: string, entryDay: number, exitDay: number): Promise<Outcome<TradeChart>>
  /**
   * Draws so many days and tests those from number `from` to number `to` − 1: asked for a few at a time, so that the
   * page knows how far it is and can stop. Fewer days come back where the run has no more.
   */
  checkLookAhead(
    request: RunRequest,
    days: number,
    from: number,
    to: number,
  ): Promise<Outcome<LookAheadCheck>>
  /** One guard of the newest run; the page asks for one after the other. */
  guard(request: RunRequest, id: GuardId): Promise<Outcome<Guard>>

  /** The one listener; it stays for the life of the worker. */
  watch(watcher: Watcher): Promise<void>

  /** Replaces a sweep under way. Fails with a sentence where the spec cannot be run. */
  startSweep(spec: SweepSpec): Promise<Outcome<SweepStatus>>
  pauseSweep(): Promise<void>
  continueSweep(): Promise<void>
  /** What was computed stays on screen; what is not will not be, and nothing of it is offered again. */
  cancelSweep(): Promise<void>
  sweepStatus(): Promise<SweepStatus | null>
  sweepMap(query: SweepMapQuery): Promise<Outcome<SweepMap>>
  sweepSummary(metric: SweepMetric, part: Part): Promise<Outcome<SweepSummary>>
  /** One combination by its index (`SweepMap.best`), for the words beside the map and to open its report. */
  sweepCell(index: number, metric: SweepMetric, part: Part): Promise<Outcome<SweepCell>>
  /** Sweeps that can be gone on with after a reload, newest first. */
  storedSweeps(): Promise<Outcome<StoredSweep[]>>
  /** Goes on with a stored sweep; its prices must be those in use. */
  resumeSweep(id: string): Promise<Outcome<SweepStatus>>
  forgetSweep(id: string): Promise<Outcome<null>>

  /** Ends when every fold has been computed, or as `superseded` when cancelled. */
  walkForward(spec: WalkSpec): Promise<Outcome<WalkResult>>
  cancelWalk(): Promise<void>

  /** Distinct trials made so far, of earlier visits and of links too: the number that verdicts are charged for. */
  familySize(): Promise<number>
  /** Everything tried so far, for a link that shows this run: short text. */
  familyText(request: RunRequest | null): Promise<string>
  /** Adds the trials of a link; those of the same link are counted once. False where the text cannot be read. */
  addFamily(text: string): Promise<boolean>
  /** Nothing that was tried is remembered. */
  forgetFamily(): Promise<void>
}

import type {
  ArbitrageFinding,
  ChainAnalysis,
  ExpiryAnalysis,
  StrikemapSettings,
} from '../../quant/chains/analysis.ts'
import type { Leg, StructureKind } from '../../quant/structures.ts'
import type { SystemId } from '../../systems/system.ts'
import type { Outcome, RunRequest } from '../api.ts'

/** What chains there are. */
export interface OptionsStatus {
  underlyings: {
    symbol: string
    /** Epoch days with quotes, ascending. */
    days: Int32Array
    /** [days] contracts */
    contracts: Int32Array
    /** Bids and asks are in the file; without them no spread is known. */
    quoted: boolean
    /** Days on which the prices in use say what the share cost. */
    priced: number
  }[]
  contracts: number
  problems: string[]
}

/** A chain to look at: an underlying and a day with quotes. */
export interface ChainQuery {
  symbol: string
  /** Epoch day. */
  day: number
  settings: StrikemapSettings
}

/** The map: an analysis with the rows it is about, in the order of expiry, strike, calls before puts. */
export interface Strikemap extends ChainAnalysis {
  /** [rows] */
  expiry: Int32Array
  strike: Float64Array
  right: Int8Array
  bid: Float64Array
  ask: Float64Array
  last: Float64Array
  volume: Float64Array
  openInterest: Float64Array
  vendorVol: Float64Array
  /** z of the contract against the same bucket (delta and days to expiry) of the 20 quote days before; NaN before there are as many. */
  historyZ: Float64Array
  /** Rows by what became of them, as `rowStates`. */
  states: number[]
  /** Contracts that can be traded, and called cheap or dear among them. */
  tradableCount: number
  cheap: number
  dear: number
  /** What the other definition would have called. */
  otherCheap: number
  otherDear: number
  /** Mean edge after the spread of what is called cheap or dear, money a share; NaN where nothing is. */
  meanEdge: number
  /** Implied volatilities beside the vendor's: rows compared, median and 95th percentile of the absolute difference. */
  vendor: { compared: number; median: number; p95: number }
  milliseconds: number
}

/** The smiles of a chain, drawn. */
export interface SurfaceView {
  symbol: string
  day: number
  spot: number
  expiries: (ExpiryAnalysis & {
    /** Points of the fitted smile: log-moneyness, strike, volatility. */
    curve: { x: Float64Array; strike: Float64Array; vol: Float64Array }
    /** What it was fitted to: row of the map, log-moneyness, volatilities of bid, mid and ask. */
    quotes: {
      row: Int32Array
      x: Float64Array
      bid: Float64Array
      mid: Float64Array
      ask: Float64Array
      right: Int8Array
    }
  })[]
  /** Volatility by days to expiry and log-moneyness; [expiries × points], NaN beyond the quotes. */
  grid: { x: Float64Array; days: Float64Array; vol: Float64Array }
  arbitrage: ArbitrageFinding[]
}

export interface ContractQuery extends ChainQuery {
  expiry: number
  strike: number
  right: 1 | -1
}

/** One contract through time; a split in between is followed (strikes are those of the day asked about). */
export interface ContractView {
  symbol: string
  /** “QQQ 350 call, 17 January 2025”. */
  title: string
  /** [days] of its quotes; NaN where missing. */
  days: Int32Array
  bid: Float64Array
  ask: Float64Array
  mid: Float64Array
  vol: Float64Array
  fitVol: Float64Array
  z: Float64Array
  spot: Float64Array
  volume: Float64Array
  openInterest: Float64Array
  /** Its row of the map on the day asked about. */
  row: number
  structure: StructureView
}

/** Legs to look at; prices are those of the chain of the day, else of its surface. */
export interface StructureQuery extends ChainQuery {
  legs: Leg[]
  contracts: number
  /** Days after `day` at which the value is drawn besides today and expiry. */
  daysLater: number
}

export interface Greeks {
  delta: number
  gamma: number
  /** Per point of volatility (0.01), and per day: as shown. */
  vega: number
  theta: number
  rho: number
}

/** Money of the whole position, multiplier included. */
export interface StructureView {
  /** Paid (positive) or received. */
  cost: number
  /** From selling it at once. */
  spreadCost: number
  spots: Float64Array
  /** [spots] profit at the first expiry, today, and on the day asked for */
  atExpiry: Float64Array
  today: Float64Array
  later: Float64Array
  breakEvens: number[]
  /** −Infinity and Infinity where unbounded. */
  mostProfit: number
  mostLoss: number
  /** Risk-neutral, from the smile of the expiry; NaN without one. */
  probabilityOfProfit: number
  margin: number
  marginRule: string
  greeks: Greeks
  /** Of each leg: its price a share, where the price is from, its volatility, its greeks (one contract, signed). */
  legs: { leg: Leg; price: number; from: MarkFrom; vol: number; greeks: Greeks }[]
}

export type MarkFrom = 'quoted' | 'surface' | 'model'

/** The structures of a run that are open at the close of a day. */
export interface OptionsDesk {
  day: number
  /** First and last day that can be asked for. */
  from: number
  to: number
  equity: number
  lots: DeskLot[]
  /** Every day of the run and how many lots were held over its close, so that a day can be chosen. */
  history: { dates: Int32Array; lots: Int32Array }
  total: Greeks & { value: number; profit: number; margin: number; exposure: number }
  /** Profit of the whole book if every share moved alike: moves as fractions; today, at the date asked for, at the last expiry. */
  payoff: {
    move: Float64Array
    today: Float64Array
    later: Float64Array
    daysLater: number
    last: Float64Array
  }
  /** Volatility points × moves: profit at once; [vols × moves]. */
  shocks: { move: Float64Array; vol: Float64Array; profit: Float64Array }
}

export interface DeskLot {
  symbol: string
  kind: StructureKind
  title: string
  legs: Leg[]
  contracts: number
  entryDay: number
  reason: string
  spot: number
  /** Money of the position. */
  paid: number
  value: number
  profit: number
  markFrom: MarkFrom
  greeks: Greeks
  margin: number
  daysToExpiry: number
  /** Values of the position at which it is closed; NaN = none. And how far the share would have to go, as a fraction, for it today. */
  stop: number
  target: number
  stopMove: number
  targetMove: number
  /** Epoch day of the time exit or the roll; 0 = none. */
  closesOn: number
  closesBy: 'horizon' | 'expiry' | 'roll' | 'none'
}

/** Attribution of profit by ordered revaluation: spot, time, volatility, rate, spread, fees; what is left is the rest. */
export interface ProfitParts {
  spot: number
  time: number
  volatility: number
  rate: number
  spread: number
  fees: number
  rest: number
  profit: number
}

/** What the report of a run in options has to say beside the one for shares; daily arrays as `Report.dates`. */
export interface OptionsReport {
  hash: string
  /** False where the run trades shares alone: everything else is then empty. */
  inOptions: boolean
  parts: ProfitParts
  byKind: ({ kind: StructureKind; trades: number } & ProfitParts)[]
  /** Daily marks of option legs by where they came from, and the same of fills. */
  marks: Record<MarkFrom, number>
  fills: Record<MarkFrom, number>
  /** Dollars at the close: delta × spot, gamma for 1 % of spot, vega for a point, theta for a day; margin held. */
  delta: Float64Array
  gamma: Float64Array
  vega: Float64Array
  theta: Float64Array
  margin: Float64Array
  /** Cumulated parts, for the picture. */
  cumulated: Record<Exclude<keyof ProfitParts, 'profit'>, Float64Array>
  /** Structures that were not opened, and why. */
  dropped: { noContract: number; tooWide: number; belowMinimum: number; noRoom: number }
  /** Closings by reason. */
  exits: { reason: string; trades: number; profit: number }[]
  /** Days on which a short leg had no time value left: it could have been assigned early, which is not simulated. */
  earlyAssignmentDays: number
}

/** The same signals through other structures; each counts as a trial. */
export interface ExpressionRow {
  kind: StructureKind
  trades: number
  winRate: number
  /** Of the part that is judged. */
  sharpe: number
  cagr: number
  maxDrawdown: number
  alpha: number
  profit: number
  /** Share of fills that no chain quoted. */
  modelled: number
  /** [days] of the run */
  equity: Float64Array
}

/** Runs of the same signals through some of the structures, over the same days. */
export interface Expressions {
  /** [days] epoch days */
  dates: Int32Array
  /** Index of the first day that is judged; the figures are of it and later. 1 = all of the run, which begins at a close. */
  from: number
  capital: number
  benchmark: Float64Array
  rows: ExpressionRow[]
}

/** A system as part of several. */
export interface CombinedPart {
  id: SystemId | 'integrated' | 'equal'
  label: string
  /** Why it is not there; '' = it is. */
  problem: string
  /** [days] equity, all from the same capital */
  equity: Float64Array
  trades: number
  sharpe: number
  cagr: number
  annualVolatility: number
  maxDrawdown: number
}

export interface Combined {
  /** [days] epoch days */
  dates: Int32Array
  /** Index of the first day that is judged; the figures are of it and later. 1 = all of the run, which begins at a close. */
  from: number
  parts: CombinedPart[]
  /** [parts × parts] correlation of daily returns, of the parts that are there; NaN elsewhere */
  correlation: Float64Array
  benchmark: Float64Array
  /** Volatility of the equal-weight book ÷ mean volatility of its parts: below 1 is what diversification saves. */
  diversification: number
}

/** What the page asks the backtest worker beside the report. Nothing here rejects. */
export interface OptionsApi {
  optionsStatus(): Promise<Outcome<OptionsStatus>>
  strikemap(query: ChainQuery): Promise<Outcome<Strikemap>>
  chainSurface(query: ChainQuery): Promise<Outcome<SurfaceView>>
  optionContract(query: ContractQuery): Promise<Outcome<ContractView>>
  optionStructure(query: StructureQuery): Promise<Outcome<StructureView>>
  optionsDesk(request: RunRequest, day: number | null, daysLater: number): Promise<Outcome<OptionsDesk>>
  optionsReport(request: RunRequest): Promise<Outcome<OptionsReport>>
  /** Asked for one structure after the other, so that the page knows how far it is and can stop. */
  optionsExpressions(request: RunRequest, kinds: StructureKind[]): Promise<Outcome<Expressions>>
  /** Jet, Tickets and Options by their settings, Options by those of the request, equally weighted, and integrated. */
  optionsCombined(request: RunRequest): Promise<Outcome<Combined>>
}

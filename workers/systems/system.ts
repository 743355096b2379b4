import type { DemandTables } from '../quant/demandTables.ts'
import type { Panel } from '../quant/panel.ts'
import type { StructureKind } from '../quant/structures.ts'
import type { JetInputs } from './jet/candidates.ts'

export type SystemId = 'jet' | 'tickets' | 'options' | 'custom'
export type TableName =
  | 'prices'
  | 'companies'
  | 'signals'
  | 'airports'
  | 'aircraft'
  | 'flights'
  | 'events'
  | 'tickets'
  | 'adoption'
  | 'incidents'
  | 'news'

export type ParamValue = number | boolean | string
export type Params = Record<string, ParamValue>

/** Another parameter has this value, or any but this. */
export type Condition = { param: string; equals: ParamValue } | { param: string; unlike: ParamValue }

interface SpecBase {
  label: string
  /** Fieldset of the form. */
  group: string
  /** One sentence a newcomer understands. */
  help: string
  /** The parameter only has an effect while this holds; the form dims it otherwise, or leaves out groups of such. */
  onlyWhen?: Condition & { or?: Condition }
}

/**
 * How a number is shown and typed. `fraction` is stored as 0.08 and shown as 8 %; `bps` is stored in
 * basis points; `multiple` is shown with ×.
 */
export type Unit = 'fraction' | 'bps' | 'days' | 'dollars' | 'multiple' | 'count' | 'plain'

export interface NumberSpec extends SpecBase {
  kind: 'number'
  unit: Unit
  min: number
  max: number
  step: number
  integer?: boolean
  /** 0 switches the rule off, and the form says “off”. */
  zeroIsOff?: boolean
  recommended: number
  original: number
}
export interface BooleanSpec extends SpecBase {
  kind: 'boolean'
  recommended: boolean
  original: boolean
}
export interface ChoiceSpec extends SpecBase {
  kind: 'choice'
  options: { value: string; label: string }[]
  recommended: string
  original: string
}

/** Drives the form, the link, the sweep axes and validation. The order of the keys is the order of the form. */
export type ParamSchema<P> = {
  [K in keyof P]: P[K] extends number ? NumberSpec : P[K] extends boolean ? BooleanSpec : ChoiceSpec
}
export type AnyParamSpec = NumberSpec | BooleanSpec | ChoiceSpec

/** Columns of a signals file, resolved against the panel by the system that reads them. */
export interface SignalRows {
  symbol: string[]
  /** [rows] epoch days */
  date: Int32Array
  direction: Int8Array
  /** [rows] 0–1 */
  conviction: Float64Array
  /** [rows] bars; 0 = no time exit */
  horizon: Int32Array
  /** [rows] fraction of equity, stop and target as price levels; NaN = by the rules */
  size: Float64Array
  stop: Float64Array
  target: Float64Array
}

export interface Inputs {
  panel: Panel
  /** [symbols] 1 where the system may trade; the benchmark is 0. */
  tradable: Uint8Array
  signals?: SignalRows
  /** Only for Jet. */
  jet?: JetInputs
  /** Only for Tickets. */
  demand?: DemandTables
}

/** Columns of equal length, ordered by day. Indices point into the panel. */
export interface Signals {
  /** Decided at the close of this day. */
  day: Int32Array
  symbol: Int32Array
  /** +1 long, −1 short, 0 close what is held. */
  direction: Int8Array
  /** 0–1 */
  conviction: Float64Array
  /** Bars held at most, the entry bar included; 0 = no time exit. */
  horizon: Int32Array
  /** Price levels; NaN = by the rules. */
  stop?: Float64Array
  target?: Float64Array
  /** Fractions of the fill; NaN = by the rules. */
  stopFraction?: Float64Array
  targetFraction?: Float64Array
  /** Fraction of equity; NaN = by the rules. */
  size?: Float64Array
  /** Index into the system's `reasons`. */
  reason?: Int32Array
  /** How sure the system is of the conviction, 0–1; absent = 1. */
  confidence?: Float64Array
  /** Index into `structureKinds`: what to trade it with; −1 = by the rules. */
  structure?: Int8Array
}

export interface RiskRules {
  capital: number
  sizing:
    | { kind: 'risk'; budget: number }
    | { kind: 'conviction'; scale: number; max: number }
    | { kind: 'equal'; fraction: number }
    | { kind: 'volatility'; target: number; days: number }
  wholeShares: boolean
  /** Fractions of the entry fill. */
  stop?: number
  target?: number
  trailingStop?: number
  maxBars?: number
  ambiguousBar: 'pessimistic' | 'optimistic' | 'nearest-open'
  allowShort: boolean
  /** Several lots of one symbol at once. */
  overlap: boolean
  /** Without overlap, what an opposite signal does; default close. */
  onOpposite?: 'close' | 'reverse'
  /** Equity used for sizing; default previousClose. */
  sizeOn?: 'previousClose' | 'open'
  trim?: { above: number; to: number; everyDays: number }
  /** Fractions of the previous close's equity, but for lots (a count) and minimumTrade (dollars). */
  limits: {
    position?: number
    gross?: number
    net?: number
    sector?: number
    lots?: number
    minimumTrade?: number
  }
  /** Per side in basis points; borrowRate a year. */
  costs: { commissionBps: number; slippageBps: number; borrowRate: number }
  /** What idle cash earns a year, which is also what excess returns are counted over; absent = 0. */
  cashRate?: number
  breakers?: { dailyLoss?: number; drawdown?: number }
  /** Options in place of shares; absent = shares. */
  expression?: Expression
}

/**
 * How a signal becomes a structure of options. Options are quoted at the close, so structures are opened and closed
 * at the close of the day after the decision.
 */
export interface Expression {
  /** What a signal without a structure of its own becomes. */
  structure: StructureKind
  /** Absolute delta of the option that follows the signal, and of the one sold or bought against it. */
  delta: number
  otherDelta: number
  /** Calendar days to expiry. */
  daysFrom: number
  daysTo: number
  /** `exposure`: contracts × delta × spot = the size a share position would have; `premium`: what they cost = it. */
  sizeBy: 'exposure' | 'premium'
  /** Fractions of what was paid (of the margin where money was received); absent = none. */
  premiumStop?: number
  /** At the money (delta of 0.45 and more), and out of it. */
  premiumTarget?: number
  premiumTargetOut?: number
  /** Structures quoted wider than this are left alone; fraction of the mid. */
  mostSpread?: number
  /** Calendar days before expiry at which it is closed, or rolled; 0 = held to expiry. */
  closeBefore: number
  roll: boolean
  /** Share of half the spread paid on each side: 1 = buy at the ask, sell at the bid. */
  spreadPaid: number
  /** Dollars a contract and side. */
  contractFee: number
  /** What options cost where no chain quotes them. */
  model: SurfaceModel
}

/**
 * Volatility of an option without a quote: realised volatility × premium at the money, plus skew × y + curvature ×
 * y², y = log(strike ÷ forward) ÷ √years (at least a tenth of a year).
 */
export interface SurfaceModel {
  /** Trading days of the realised volatility. */
  days: number
  premium: number
  skew: number
  curvature: number
  /** Half of the spread at a delta of a half, fraction of the mid; three times more of it far from there. */
  halfSpread: number
  /** Calendar days for which the smile of a chain holds. */
  staleAfter: number
  /** A year, continuous. */
  rate: number
}

/** Metric ids a claim can be about; all measured out of sample. */
export type ClaimMetric =
  | 'trades'
  | 'sharpe'
  | 'maxDrawdown'
  | 'winRate'
  | 'accuracy'
  | 'alpha'
  | 'scaledAlpha'
  | 'expectancy'
  | 'averageBars'
  | 'worstLoss'

export interface Claim {
  text: string
  metric: ClaimMetric
  /** The claim holds at or above (`atLeast`) or at or below (`atMost`) this value. */
  atLeast?: number
  atMost?: number
  /** A figure above this is flagged as implausible. */
  implausibleAbove?: number
}

export interface System<P> {
  id: SystemId
  name: string
  params: ParamSchema<P>
  tables: TableName[]
  /** Parameters that `signals` never reads: moving one of them leaves the decisions as they are. */
  onlyRules: readonly string[]
  /** What `Signals.reason` points into. */
  reasons: string[]
  claims: Claim[]
  signals(inputs: Inputs, params: P): Signals
  rules(params: P): RiskRules
}

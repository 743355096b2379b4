import type { Panel } from '../quant/panel.ts'
import type { RiskRules, Signals } from '../systems/system.ts'
import type { Counters, Trade } from './api.ts'
import { barsOf, keptBarsOf } from './bars.ts'
import type { Bars } from './bars.ts'
import { checkSignals } from './checkSignals.ts'
import { tradesOf } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { Simulator } from './simulator.ts'
import type { Lot } from './structures/lot.ts'
import { StructureSimulator } from './structures/structureSimulator.ts'

export type { Panel } from '../quant/panel.ts'
export type { RiskRules, Signals } from '../systems/system.ts'
export type { Counters, ExitReason, Trade } from './api.ts'

/** First and last panel day of the run, inclusive. Decisions made before the first day are not carried out. */
export interface DayRange {
  first: number
  last: number
  /**
   * The last day is only the newest: what is held is marked and not sold, in equity and cash; the ledger lists it as
   * if it were, with the reason `end`. A symbol is gone where the panel says so (`ended`), else after
   * `goneAfterBars` bars without trade. So every day up to the last is as in a run that goes on.
   */
  open?: boolean
}

/**
 * Daily arrays have one value per day of the run, at the close.
 *
 * `cash` is the money account: capital − what was paid for longs + what shorts were sold for − fees. So
 * the proceeds of a short are in it, and what is owed is in its mark: at every close equity = cash +
 * Σ direction × shares × last close over the lots held. On the last day everything is closed, and
 * equity = cash.
 */
export interface Simulation {
  equity: Float64Array
  cash: Float64Array
  /** Σ |marked lots| and Σ signed marked lots in money, on the last day before everything is closed. */
  gross: Float64Array
  net: Float64Array
  counters: Counters
  /** The closed trades as columns, in the order in which they were closed. */
  ledger: Ledger
  /** In money. Commission and borrow are the fees of the trades; slippage is inside their prices. */
  costs: { commission: number; slippage: number; borrow: number }
  /** Money that idle cash earned; in cash and equity, in no trade. */
  interest: number
  /** [trades] what was traded, where it was structures of options; see `StructureSimulator` */
  structures?: Lot[]
}

/** A simulation with its trades as objects, in the order of the ledger. */
export interface SimulationWithTrades extends Simulation {
  trades: Trade[]
}

/**
 * Runs signals through the market under risk rules, one pass over the days; the order of events in a
 * day, fills and limits are those of “Simulation rules” in the design. What they leave open is decided
 * thus:
 *
 * - A symbol trades on a day with both an open and a close. Days without are no bars: they do not count
 *   for time exits, and the lot keeps its last mark.
 * - Levels of a signal go before its fractions, those before the rules. A level that is not positive
 *   counts as absent; a fraction of 0 means none, whatever the rule.
 * - A trailing stop starts at its distance from the fill, keeps that distance behind the best close, and
 *   the tighter of it and the stop holds.
 * - Stop and target equally far from the open: `nearest-open` takes the stop.
 * - A level that the entry's own open has already passed (a long filled below its stop) closes the lot
 *   at that same open, as a gap. It costs the slippage and the fees, and is no breach.
 * - Without a stop, `risk` sizing puts the whole fill at risk.
 * - Exposure at the open is measured at today's opens (last mark where the symbol does not trade), new
 *   lots at their fill. Limits are fractions of the previous close's equity; only the gross limit of 1
 *   that holds where none is set is a fraction of the equity that the order is sized on, because it
 *   stands for “no borrowed money”. Unknown sectors (−1) are not limited.
 * - Amounts that differ by rounding alone (one part in 10¹²) are equal: a price reaches its level, a lot
 *   at its limit is not trimmed, and what rounding leaves between two limits is no order.
 * - The equity of the open is taken once a morning, before any order.
 * - Trims look at closes number everyDays, 2 × everyDays, … of the run, and sell each lot above the
 *   limit down to `to` of the sizing equity at the next open, if it is still above that then.
 * - A daily-loss breaker keeps the next morning free of entries. A drawdown breaker (from the highest
 *   close since the start or its last reset) does so for `drawdownPause` mornings, then the peak starts
 *   anew. What could not be closed while one is on is tried again every morning.
 * - Borrow is charged on the marked value of shorts held over a close, borrowRate ÷ 252 each. Interest is
 *   paid at the same moment, cashRate ÷ 252 of the equity that is in no position (equity − Σ |marked lots|).
 *
 * Rules with an expression trade structures of options, at closes: see `StructureSimulator`.
 *
 * @throws RangeError naming the row when signals are not ordered by day or point outside the panel.
 */
export function simulate(
  panel: Panel,
  signals: Signals,
  rules: RiskRules,
  range?: DayRange,
): SimulationWithTrades {
  const simulation = simulateBars(panel, barsOf(panel), signals, rules, range)
  return { ...simulation, trades: tradesOf(simulation.ledger, signals) }
}

/**
 * `simulate` without the trades as objects, for whoever reads the ledger or only the equity. The prices of the
 * panel are read once: it must not change between two calls.
 */
export function simulateColumns(
  panel: Panel,
  signals: Signals,
  rules: RiskRules,
  range?: DayRange,
): Simulation {
  return simulateBars(panel, keptBarsOf(panel), signals, rules, range)
}

function simulateBars(
  panel: Panel,
  bars: Bars,
  signals: Signals,
  rules: RiskRules,
  range?: DayRange,
): Simulation {
  const days = panel.dates.length
  const { first, last, open = false }: DayRange = range ?? { first: 0, last: days - 1 }
  checkSignals(panel, signals)
  const run = rules.expression === undefined ? simulator : structures
  run.run(panel, bars, signals, rules, first, last, open)
  const ledger = run.book.ledger.snapshot()
  let commission = 0
  let slippage = 0
  let borrow = 0
  for (let i = 0; i < ledger.length; i++) {
    commission += ledger.fees[i] - ledger.borrow[i]
    slippage += ledger.slippage[i]
    borrow += ledger.borrow[i]
  }
  return {
    equity: run.equity.slice(0, run.days),
    cash: run.cash.slice(0, run.days),
    gross: run.gross.slice(0, run.days),
    net: run.net.slice(0, run.days),
    counters: { ...run.book.counters },
    ledger,
    costs: { commission, slippage, borrow },
    interest: run.interest,
    ...(run === structures && { structures: structures.closed }),
  }
}

/** Used again by every run: a thousand a second would otherwise keep the garbage collector busy. */
const simulator = new Simulator()
const structures = new StructureSimulator()

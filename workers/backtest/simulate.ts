import type { Panel } from '../quant/panel.ts'
import type { RiskRules, Signals } from '../systems/system.ts'
import type { Counters, Trade } from './api.ts'
import { checkSignals } from './checkSignals.ts'
import { Book } from './book.ts'
import { exitCode, tradesOf } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { positive } from './levels.ts'
import { Morning } from './morning.ts'
import { daysPerYear, sameWithin } from './sizing.ts'

export type { Panel } from '../quant/panel.ts'
export type { RiskRules, Signals } from '../systems/system.ts'
export type { Counters, ExitReason, Trade } from './api.ts'

/** Mornings without entries after a drawdown breaker; at the close of the last one the peak starts anew. */
export const drawdownPause = 21

/** First and last panel day of the run, inclusive. Decisions made before the first day are not carried out. */
export interface DayRange {
  first: number
  last: number
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
}

/** A simulation with its trades as objects, in the order of the ledger. */
export interface SimulationWithTrades extends Simulation {
  trades: Trade[]
}

const { stop, target, time, delisted, end } = exitCode
const [stopGap, targetGap] = [exitCode['stop-gap'], exitCode['target-gap']]

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
 * @throws RangeError naming the row when signals are not ordered by day or point outside the panel.
 */
export function simulate(
  panel: Panel,
  signals: Signals,
  rules: RiskRules,
  range?: DayRange,
): SimulationWithTrades {
  const simulation = simulateColumns(panel, signals, rules, range)
  return { ...simulation, trades: tradesOf(simulation.ledger, signals) }
}

/** `simulate` without the trades as objects, for whoever reads the ledger or only the equity. */
export function simulateColumns(
  panel: Panel,
  signals: Signals,
  rules: RiskRules,
  range?: DayRange,
): Simulation {
  const days = panel.dates.length
  const { first, last } = range ?? { first: 0, last: days - 1 }
  checkSignals(panel, signals)
  const run = new Run(panel, signals, rules, first, last)
  for (let day = first; day <= last; day++) {
    run.openOf(day)
    run.barOf(day)
  }
  const { equity, cash, gross, net } = run
  const { counters } = run.book
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
    equity,
    cash,
    gross,
    net,
    counters,
    ledger,
    costs: { commission, slippage, borrow },
    interest: run.interest,
  }
}

class Run {
  readonly equity: Float64Array
  readonly cash: Float64Array
  readonly gross: Float64Array
  readonly net: Float64Array
  readonly book: Book
  private readonly morning: Morning
  /** [symbols] last day of the run on which the symbol trades; −1 if never. */
  private readonly lastDay: Int32Array
  interest = 0
  private readonly dailyBorrow: number
  private readonly dailyInterest: number
  private peak: number
  private trimDue = false
  /** Last morning on which a breaker keeps the book empty. */
  private closedUntil = -1
  private drawdownUntil = -1

  constructor(
    private readonly panel: Panel,
    signals: Signals,
    private readonly rules: RiskRules,
    private readonly first: number,
    private readonly last: number,
  ) {
    const length = Math.max(0, last - first + 1)
    this.equity = new Float64Array(length)
    this.cash = new Float64Array(length)
    this.gross = new Float64Array(length)
    this.net = new Float64Array(length)
    this.book = new Book(panel, rules)
    this.morning = new Morning(this.book, panel, signals, rules, first)
    this.dailyBorrow = rules.costs.borrowRate / daysPerYear
    this.dailyInterest = (rules.cashRate ?? 0) / daysPerYear
    this.peak = rules.capital
    this.lastDay = new Int32Array(panel.symbols.length)
    for (let symbol = 0; symbol < this.lastDay.length; symbol++) {
      let day = last
      while (day >= first && !this.book.trades(symbol, day)) day--
      this.lastDay[symbol] = day >= first ? day : -1
    }
  }

  openOf(day: number): void {
    this.morning.carryOut(day, this.trimDue, day <= this.closedUntil)
    this.trimDue = false
  }

  /** Exits during the bar and at its close, then marks, trailing stops, breakers. */
  barOf(day: number): void {
    const { panel, book, rules, lastDay } = this
    const { lots, days } = book
    const { open, high, low, close } = panel
    // No lot is added during a bar, so the columns stay where they are.
    const { symbol, direction, shares, mark, bars, maxBars, stop: stops, target: targets, entryPrice } = lots
    const trailing = positive(rules.trailingStop)
    const isLast = day === this.last
    const count = lots.length
    let exits = 0
    let gross = 0
    let net = 0
    for (let i = 0; i < count; i++) {
      const at = symbol[i] * days + day
      const side = direction[i]
      const o = side * open[at]
      const c = close[at]
      if (o === o && c === c) {
        bars[i]++
        const worst = side > 0 ? low[at] : -high[at]
        const best = side > 0 ? high[at] : -low[at]
        const equal = sameWithin * entryPrice[i]
        const stopAt = stops[i] + equal
        const targetAt = targets[i] - equal
        if (worst <= stopAt || o <= stopAt || best >= targetAt || o >= targetAt) {
          exits++
          this.exitInBar(i, day, o, worst, best, equal)
          continue
        }
        if (bars[i] === maxBars[i]) {
          book.close(i, day, c, shares[i], time, false, false)
          exits++
          continue
        }
        if (lastDay[symbol[i]] === day && !isLast) {
          book.counters.delisted++
          book.close(i, day, c, shares[i], delisted, false, false)
          exits++
          continue
        }
        mark[i] = c
        if (trailing === trailing) {
          const level = side * c - trailing * entryPrice[i]
          if (level > stops[i]) stops[i] = level
        }
      }
      const value = shares[i] * mark[i]
      gross += value
      net += side * value
      if (isLast) {
        book.close(i, day, mark[i], shares[i], end, false, false)
        exits++
      } else if (side < 0 && this.dailyBorrow !== 0) {
        const owed = value * this.dailyBorrow
        lots.borrow[i] += owed
        book.money -= owed
      }
    }
    if (exits > 0) lots.compact()
    let equity = book.money + (isLast ? 0 : net)
    if (!isLast && this.dailyInterest > 0 && equity > gross) {
      const earned = (equity - gross) * this.dailyInterest
      this.interest += earned
      book.money += earned
      equity += earned
    }
    const k = day - this.first
    this.gross[k] = gross
    this.net[k] = net
    this.cash[k] = book.money
    this.equity[k] = equity
    this.endOfDay(day, k, equity)
  }

  /**
   * Closes a lot that reached a level. Prices are times the direction of the lot: `worst` is the low of a long, minus the high of a short.
   * Closer than `equal` counts as reached.
   */
  private exitInBar(i: number, day: number, open: number, worst: number, best: number, equal: number): void {
    const { book } = this
    const { lots, counters } = book
    const side = lots.direction[i]
    const stopAt = lots.stop[i]
    const targetAt = lots.target[i]
    if (open <= stopAt + equal) {
      const breach = open < stopAt - equal && lots.entryDay[i] < day
      if (breach) counters.breaches++
      book.close(i, day, side * open, lots.shares[i], stopGap, false, breach)
      return
    }
    if (open >= targetAt - equal) {
      book.close(i, day, side * open, lots.shares[i], targetGap, false, false)
      return
    }
    const stopped = worst <= stopAt + equal
    const reached = best >= targetAt - equal
    const ambiguous = stopped && reached
    if (ambiguous) counters.ambiguous++
    const stopFirst = ambiguous ? this.stopComesFirst(open - stopAt, targetAt - open + equal) : stopped
    if (stopFirst) book.close(i, day, side * stopAt, lots.shares[i], stop, ambiguous, false)
    else book.close(i, day, side * targetAt, lots.shares[i], target, ambiguous, false)
  }

  private stopComesFirst(toStop: number, toTarget: number): boolean {
    switch (this.rules.ambiguousBar) {
      case 'pessimistic':
        return true
      case 'optimistic':
        return false
      case 'nearest-open':
        return toStop <= toTarget
    }
  }

  private endOfDay(day: number, k: number, equity: number): void {
    const { book } = this
    const { breakers, trim: trimming } = this.rules
    if (trimming !== undefined && trimming.everyDays > 0 && (k + 1) % trimming.everyDays === 0) {
      this.trimDue = true
    }
    if (breakers !== undefined) {
      const { dailyLoss, drawdown } = breakers
      if (dailyLoss !== undefined && isDown(equity, book.previousEquity, dailyLoss)) {
        book.counters.breakersTripped++
        this.closedUntil = Math.max(this.closedUntil, day + 1)
      }
      if (day === this.drawdownUntil || equity > this.peak) this.peak = equity
      if (drawdown !== undefined && day >= this.drawdownUntil && isDown(equity, this.peak, drawdown)) {
        book.counters.breakersTripped++
        this.drawdownUntil = day + drawdownPause
        this.closedUntil = Math.max(this.closedUntil, this.drawdownUntil)
      }
    }
    book.previousEquity = equity
  }
}

function isDown(equity: number, from: number, fraction: number): boolean {
  return equity - from * (1 - fraction) <= sameWithin * from
}

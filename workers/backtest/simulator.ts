import type { Panel } from '../quant/panel.ts'
import type { RiskRules, Signals } from '../systems/system.ts'
import { barClose, barHigh, barLow, barOpen } from './bars.ts'
import type { Bars } from './bars.ts'
import { Book } from './book.ts'
import { exitCode } from './ledger.ts'
import { positive } from './levels.ts'
import { Morning } from './morning.ts'
import { daysPerYear, sameWithin } from './sizing.ts'

/** Bars without trade, a month of them, after which a symbol counts as gone where nobody says whether it is. */
export const goneAfterBars = 21

/**
 * Whether a symbol may trade again after a run whose last day is only the newest.
 *
 * @param day of its last bar
 * @param ended what is public of it (`Panel.ended`)
 */
export function goesOn(day: number, last: number, ended: number | undefined): boolean {
  return ended === undefined ? day > last - goneAfterBars : ended === 0
}

/** Mornings without entries after a drawdown breaker; at the close of the last one the peak starts anew. */
export const drawdownPause = 21

const { stop, target, time, delisted, end } = exitCode
const [stopGap, targetGap] = [exitCode['stop-gap'], exitCode['target-gap']]

/**
 * The simulation behind `simulate`, to be used again and again: nothing is allocated once its columns have
 * grown, so that a sweep of any length leaves the memory as it is. What a run leaves in the fields holds
 * until the next run; the first `days` values of the daily columns count.
 */
export class Simulator {
  /** [days] see `Simulation` */
  equity = new Float64Array(0)
  cash = new Float64Array(0)
  gross = new Float64Array(0)
  net = new Float64Array(0)
  days = 0
  interest = 0

  /** @param accounts keep cash, gross and net of every day; a sweep reads the equity alone */
  constructor(private readonly accounts = true) {}

  readonly book = new Book()
  private readonly morning = new Morning(this.book)
  private bars!: Bars
  private rules!: RiskRules
  private first = 0
  private last = -1
  /** [symbols] last day of the run on which the symbol trades; −1 if never. Of the bars and days of `lastDayOf`. */
  private lastDay = new Int32Array(0)
  private lastDayOf: { bars: Bars; first: number; last: number; open: boolean } | null = null
  private open = false
  private dailyBorrow = 0
  private dailyInterest = 0
  private trailing = NaN
  /** Lots that may leave in the bar at hand. */
  private leaving = new Int32Array(64)
  private trimEvery = 0
  /** A day after whose close positions are trimmed, not before the day at hand. */
  private nextTrim = 0
  private peak = 0
  private trimDue = false
  /** Last morning on which a breaker keeps the book empty. */
  private closedUntil = -1
  private drawdownUntil = -1

  /**
   * Days `first` to `last` of the panel, inclusive; `bars` are its prices, the signals in order (`checkSignals`).
   *
   * @param open see `DayRange.open`
   */
  run(
    panel: Panel,
    bars: Bars,
    signals: Signals,
    rules: RiskRules,
    first: number,
    last: number,
    open = false,
  ): void {
    this.open = open
    this.begin(panel, bars, signals, rules, first, last)
    const { morning } = this
    const { lots } = this.book
    const { dailyLoss, drawdown } = rules.breakers ?? {}
    const watched = dailyLoss !== undefined || drawdown !== undefined
    let day = first
    while (day <= last) {
      morning.carryOut(day, this.trimDue, day <= this.closedUntil)
      this.trimDue = false
      if (day === last && !open) {
        this.lastBarOf(day)
        break
      }
      // The next morning with anything to do is the one after the next decision.
      let until = morning.nextDecision(last)
      if (until >= last) until = open ? last : last - 1
      if (lots.length === 0 && !watched && !(this.dailyInterest > 0)) {
        this.rest(day - first, until - first + 1)
        day = until + 1
        continue
      }
      if (watched) until = day
      if (this.trimEvery > 0) {
        while (this.nextTrim < day) this.nextTrim += this.trimEvery
        if (until > this.nextTrim) until = this.nextTrim
      }
      day = this.barsOf(day, until)
    }
    if (open) this.recordHeld(last)
  }

  /** What is held goes into the ledger as if it were sold at its mark; equity and cash are those of holding it. */
  private recordHeld(day: number): void {
    const { book } = this
    const { lots } = book
    for (let k = 0; k < lots.length; k++) {
      const i = lots.order[k]
      book.close(i, day, lots.mark[i], lots.shares[i], end, false, false)
    }
    lots.clear()
  }

  private begin(
    panel: Panel,
    bars: Bars,
    signals: Signals,
    rules: RiskRules,
    first: number,
    last: number,
  ): void {
    const days = Math.max(0, last - first + 1)
    if (this.equity.length < days) {
      this.equity = new Float64Array(days)
      this.cash = new Float64Array(days)
      this.gross = new Float64Array(days)
      this.net = new Float64Array(days)
    }
    this.days = days
    this.bars = bars
    this.rules = rules
    this.first = first
    this.last = last
    this.book.begin(bars, rules)
    this.morning.begin(panel, bars, signals, rules, first)
    this.interest = 0
    this.dailyBorrow = rules.costs.borrowRate / daysPerYear
    this.dailyInterest = (rules.cashRate ?? 0) / daysPerYear
    this.trailing = positive(rules.trailingStop)
    this.trimEvery = rules.trim !== undefined && rules.trim.everyDays > 0 ? rules.trim.everyDays : 0
    this.nextTrim = first + this.trimEvery - 1
    this.peak = rules.capital
    this.trimDue = false
    this.closedUntil = -1
    this.drawdownUntil = -1
    this.findLastDays(panel.ended)
  }

  private findLastDays(ended?: Uint8Array): void {
    const { bars, first, last, open, lastDayOf } = this
    const same = lastDayOf?.bars === bars && lastDayOf.first === first && lastDayOf.last === last
    if (same && lastDayOf.open === open) return
    this.lastDay = new Int32Array(bars.symbols)
    for (let symbol = 0; symbol < this.lastDay.length; symbol++) {
      let day = last
      while (day >= first && !this.book.trades(symbol, day)) day--
      if (open && goesOn(day, last, ended?.[symbol])) day = last + 1
      this.lastDay[symbol] = day >= first ? day : -1
    }
    this.lastDayOf = { bars, first, last, open }
  }

  /** Days from `from` to before `to`, counted from the first of the run, on which nothing is held. */
  private rest(from: number, to: number): void {
    const { money } = this.book
    this.equity.fill(money, from, to)
    if (this.accounts) {
      this.cash.fill(money, from, to)
      this.gross.fill(0, from, to)
      this.net.fill(0, from, to)
    }
    this.book.previousEquity = money
  }

  /**
   * The bars of days `from` to `until`, before whose mornings nothing is ordered but before the first: exits
   * during the bar and at its close, then marks, trailing stops, breakers. Stops early after a day on which a lot
   * left. The loops call nothing, so that the columns stay in registers; lots that leave are looked at after them.
   *
   * @returns the day after the last one done
   */
  private barsOf(from: number, until: number): number {
    const { book, lastDay, trailing, dailyBorrow, dailyInterest, first, accounts } = this
    const { lots } = book
    const { prices, symbols } = this.bars
    const { symbol, direction, shares, mark, bars, maxBars, stop: stops, target: targets, entryPrice } = lots
    const { borrow, order } = lots
    const { equity: equities, cash: cashes, gross: grosses, net: nets } = this
    const count = lots.length
    if (this.leaving.length < count) this.leaving = new Int32Array(2 * count)
    const { leaving } = this
    let day = from
    let exits = 0
    for (; day <= until; day++) {
      const today = day * symbols
      let gross = 0
      let net = 0
      let borrowed = 0
      for (let k = 0; k < count; k++) {
        const i = order[k]
        const s = symbol[i]
        const at = (today + s) * 4
        const side = direction[i]
        const o = side * prices[at + barOpen]
        const c = prices[at + barClose]
        if (o === o && c === c) {
          const worst = side > 0 ? prices[at + barLow] : -prices[at + barHigh]
          const best = side > 0 ? prices[at + barHigh] : -prices[at + barLow]
          const equal = sameWithin * entryPrice[i]
          const stopAt = stops[i] + equal
          const targetAt = targets[i] - equal
          const held = bars[i] + 1
          bars[i] = held
          if (
            worst <= stopAt ||
            o <= stopAt ||
            best >= targetAt ||
            o >= targetAt ||
            held === maxBars[i] ||
            lastDay[s] === day
          ) {
            leaving[exits++] = i
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
        if (side < 0) {
          const owed = value * dailyBorrow
          borrow[i] += owed
          borrowed += owed
        }
      }
      if (borrowed !== 0) book.money -= borrowed
      if (exits > 0) {
        this.leave(day, exits, gross, net)
        day++
        break
      }
      const k = day - first
      let equity = book.money + net
      if (dailyInterest > 0 && equity > gross) {
        const earned = (equity - gross) * dailyInterest
        this.interest += earned
        book.money += earned
        equity += earned
      }
      equities[k] = equity
      if (accounts) {
        cashes[k] = book.money
        grosses[k] = gross
        nets[k] = net
      }
    }
    this.endOfDay(day - 1)
    return day
  }

  /** Closes the lots that leave on a day, and takes its account. */
  private leave(day: number, exits: number, gross: number, net: number): void {
    const { book, leaving, dailyInterest } = this
    for (let k = 0; k < exits; k++) this.exitInBar(leaving[k], day)
    book.lots.compact()
    const k = day - this.first
    let equity = book.money + net
    if (dailyInterest > 0 && equity > gross) {
      const earned = (equity - gross) * dailyInterest
      this.interest += earned
      book.money += earned
      equity += earned
    }
    this.equity[k] = equity
    if (!this.accounts) return
    this.cash[k] = book.money
    this.gross[k] = gross
    this.net[k] = net
  }

  /** The bar of the last day: as any other, but what is left at its close is closed. */
  private lastBarOf(day: number): void {
    const { book } = this
    const { lots } = book
    let gross = 0
    let net = 0
    for (let k = 0; k < lots.length; k++) {
      const i = lots.order[k]
      if (book.trades(lots.symbol[i], day)) {
        lots.bars[i]++
        if (this.exitInBar(i, day)) continue
        lots.mark[i] = book.closeOf(lots.symbol[i], day)
      }
      const value = lots.shares[i] * lots.mark[i]
      gross += value
      net += lots.direction[i] * value
      book.close(i, day, lots.mark[i], lots.shares[i], end, false, false)
    }
    lots.clear()
    const k = day - this.first
    this.gross[k] = gross
    this.net[k] = net
    this.cash[k] = book.money
    this.equity[k] = book.money
    this.endOfDay(day)
  }

  /**
   * Closes a lot that leaves in this bar, and says whether it did. Prices are times the direction of the lot:
   * `worst` is the low of a long, minus the high of a short. Closer than `equal` counts as reached.
   */
  private exitInBar(i: number, day: number): boolean {
    const { book } = this
    const { lots, counters } = book
    const { prices, symbols } = this.bars
    const side = lots.direction[i]
    const at = (day * symbols + lots.symbol[i]) * 4
    const open = side * prices[at + barOpen]
    const close = prices[at + barClose]
    const worst = side > 0 ? prices[at + barLow] : -prices[at + barHigh]
    const best = side > 0 ? prices[at + barHigh] : -prices[at + barLow]
    const equal = sameWithin * lots.entryPrice[i]
    const stopAt = lots.stop[i]
    const targetAt = lots.target[i]
    if (open <= stopAt + equal) {
      const breach = open < stopAt - equal && lots.entryDay[i] < day
      if (breach) counters.breaches++
      book.close(i, day, side * open, lots.shares[i], stopGap, false, breach)
      return true
    }
    if (open >= targetAt - equal) {
      book.close(i, day, side * open, lots.shares[i], targetGap, false, false)
      return true
    }
    const stopped = worst <= stopAt + equal
    const reached = best >= targetAt - equal
    if (stopped || reached) {
      const ambiguous = stopped && reached
      if (ambiguous) counters.ambiguous++
      const stopFirst = ambiguous ? this.stopComesFirst(open - stopAt, targetAt - open + equal) : stopped
      if (stopFirst) book.close(i, day, side * stopAt, lots.shares[i], stop, ambiguous, false)
      else book.close(i, day, side * targetAt, lots.shares[i], target, ambiguous, false)
      return true
    }
    if (lots.bars[i] === lots.maxBars[i]) {
      book.close(i, day, close, lots.shares[i], time, false, false)
      return true
    }
    if (this.lastDay[lots.symbol[i]] === day && (day < this.last || this.open)) {
      counters.delisted++
      book.close(i, day, close, lots.shares[i], delisted, false, false)
      return true
    }
    return false
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

  private endOfDay(day: number): void {
    const { book } = this
    const k = day - this.first
    const equity = this.equity[k]
    const { breakers } = this.rules
    if (this.trimEvery > 0 && (k + 1) % this.trimEvery === 0) this.trimDue = true
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

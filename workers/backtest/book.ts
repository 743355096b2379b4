import type { RiskRules } from '../systems/system.ts'
import type { Counters } from './api.ts'
import { barClose, barOpen } from './bars.ts'
import type { Bars } from './bars.ts'
import { Ledger } from './ledger.ts'
import { Lots } from './lots.ts'

/** What a run holds and what it has closed: money, lots, ledger, counters. Used again by every run. */
export class Book {
  readonly lots = new Lots()
  readonly ledger = new Ledger(1024)
  readonly counters: Counters = {
    notTrading: 0,
    belowMinimum: 0,
    noRoom: 0,
    alreadyHeld: 0,
    shortsRefused: 0,
    breakerHeld: 0,
    breakersTripped: 0,
    ambiguous: 0,
    breaches: 0,
    delisted: 0,
  }
  /** The money account; see `Simulation.cash`. */
  money = 0
  /** Equity at the last close, the capital before the first. */
  previousEquity = 0
  /** [symbols] lots held, and the direction of the last one opened: without overlap, of all of them. */
  held = new Int32Array(0)
  heldDirection = new Int8Array(0)
  /** [symbols] place of the lot opened last, where it is still held; where one lot is held it is mostly that one. */
  newest = new Int32Array(0)
  /** Fractions of a fill. */
  slip = 0
  commission = 0
  private bars!: Bars

  begin(bars: Bars, { capital, costs }: RiskRules): void {
    this.lots.clear()
    this.ledger.length = 0
    this.money = capital
    this.previousEquity = capital
    this.bars = bars
    if (this.held.length === bars.symbols) this.held.fill(0)
    else {
      this.held = new Int32Array(bars.symbols)
      this.heldDirection = new Int8Array(bars.symbols)
      this.newest = new Int32Array(bars.symbols)
    }
    this.slip = costs.slippageBps / 10_000
    this.commission = costs.commissionBps / 10_000
    const { counters } = this
    counters.notTrading = 0
    counters.belowMinimum = 0
    counters.noRoom = 0
    counters.alreadyHeld = 0
    counters.shortsRefused = 0
    counters.breakerHeld = 0
    counters.breakersTripped = 0
    counters.ambiguous = 0
    counters.breaches = 0
    counters.delisted = 0
  }

  /** A symbol trades on a day with both an open and a close. */
  trades(symbol: number, day: number): boolean {
    const open = this.openOf(symbol, day)
    const close = this.closeOf(symbol, day)
    return open === open && close === close
  }

  openOf(symbol: number, day: number): number {
    return this.bars.prices[(day * this.bars.symbols + symbol) * 4 + barOpen]
  }

  closeOf(symbol: number, day: number): number {
    return this.bars.prices[(day * this.bars.symbols + symbol) * 4 + barClose]
  }

  /** Books the exit of `shares` of a lot at a price before slippage. */
  close(
    i: number,
    day: number,
    price: number,
    shares: number,
    reason: number,
    ambiguous: boolean,
    breach: boolean,
  ): void {
    const { lots, ledger } = this
    const direction = lots.direction[i]
    const fill = price * (1 - direction * this.slip)
    const entry = lots.entryPrice[i]
    const part = shares === lots.shares[i] ? 1 : shares / lots.shares[i]
    const borrow = lots.borrow[i] * part
    const exitCommission = this.commission * shares * fill
    const fees = this.commission * shares * entry + exitCommission + borrow
    this.money += direction * shares * fill - exitCommission

    const k = ledger.append()
    ledger.symbol[k] = lots.symbol[i]
    ledger.direction[k] = direction
    ledger.shares[k] = shares
    ledger.entryDay[k] = lots.entryDay[i]
    ledger.entryPrice[k] = entry
    ledger.exitDay[k] = day
    ledger.exitPrice[k] = fill
    ledger.exit[k] = reason
    ledger.ambiguous[k] = ambiguous ? 1 : 0
    ledger.breach[k] = breach ? 1 : 0
    ledger.row[k] = lots.row[i]
    ledger.bars[k] = lots.bars[i]
    ledger.stop[k] = lots.firstStop[i]
    ledger.target[k] = lots.firstTarget[i]
    ledger.fees[k] = fees
    ledger.borrow[k] = borrow
    ledger.slippage[k] = shares * (lots.slippage[i] + Math.abs(fill - price))
    ledger.profit[k] = direction * shares * (fill - entry) - fees

    lots.borrow[i] -= borrow
    if (part === 1) this.held[lots.symbol[i]]--
    lots.shares[i] = part === 1 ? 0 : lots.shares[i] - shares
  }
}

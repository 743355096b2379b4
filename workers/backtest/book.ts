import type { Panel } from '../quant/panel.ts'
import type { RiskRules } from '../systems/system.ts'
import type { Counters } from './api.ts'
import { Ledger } from './ledger.ts'
import { Lots } from './lots.ts'

/** Used again by every run: a thousand a second would otherwise keep the garbage collector busy. */
const scratchLedger = new Ledger(1024)
const scratchLots = new Lots()

/** What a run holds and what it has closed: money, lots, ledger, counters. One at a time. */
export class Book {
  readonly lots = scratchLots
  readonly ledger = scratchLedger
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
  money: number
  /** Equity at the last close, the capital before the first. */
  previousEquity: number
  readonly days: number
  /** [symbols] lots held, and the direction of the last one opened: without overlap, of all of them. */
  readonly held: Int32Array
  readonly heldDirection: Int8Array
  /** Fractions of a fill. */
  readonly slip: number
  readonly commission: number
  private readonly panel: Panel

  constructor(panel: Panel, { capital, costs }: RiskRules) {
    this.panel = panel
    this.lots.length = 0
    this.ledger.length = 0
    this.money = capital
    this.previousEquity = capital
    this.days = panel.dates.length
    this.held = new Int32Array(panel.symbols.length)
    this.heldDirection = new Int8Array(panel.symbols.length)
    this.slip = costs.slippageBps / 10_000
    this.commission = costs.commissionBps / 10_000
  }

  /** A symbol trades on a day with both an open and a close. */
  trades(symbol: number, day: number): boolean {
    const at = symbol * this.days + day
    const open = this.panel.open[at]
    const close = this.panel.close[at]
    return open === open && close === close
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

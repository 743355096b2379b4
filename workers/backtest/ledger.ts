import type { Signals } from '../systems/system.ts'
import type { ExitReason, Trade } from './api.ts'

/** Exit reasons by the code the simulation stores. */
export const exitReasons: readonly ExitReason[] = [
  'stop',
  'stop-gap',
  'target',
  'target-gap',
  'time',
  'signal',
  'trim',
  'breaker',
  'delisted',
  'end',
]

/**
 * Closed trades as columns, in the order in which they were closed; the first `length` entries count.
 * Days are panel indices, money is in the currency of the panel, shares in adjusted units.
 */
export class Ledger {
  length = 0
  symbol: Int32Array
  direction: Int8Array
  shares: Float64Array
  entryDay: Int32Array
  entryPrice: Float64Array
  exitDay: Int32Array
  exitPrice: Float64Array
  /** Index into `exitReasons`. */
  exit: Uint8Array
  ambiguous: Uint8Array
  /** A gap passed the stop: the loss is larger than the stop allowed. */
  breach: Uint8Array
  /** Row of the signals that opened the lot. */
  row: Int32Array
  /** Bars of the symbol while held, those of the entry and of the exit included. */
  bars: Int32Array
  /** Levels set at the entry; NaN where there was none. */
  stop: Float64Array
  target: Float64Array
  /** Commission of both sides and borrow of the closed part. */
  fees: Float64Array
  /** Of the fees, what borrowing cost. */
  borrow: Float64Array
  /** Paid on both sides against the prices of the bars; inside the prices, not in the fees. */
  slippage: Float64Array
  profit: Float64Array

  constructor(capacity: number) {
    this.symbol = new Int32Array(capacity)
    this.direction = new Int8Array(capacity)
    this.shares = new Float64Array(capacity)
    this.entryDay = new Int32Array(capacity)
    this.entryPrice = new Float64Array(capacity)
    this.exitDay = new Int32Array(capacity)
    this.exitPrice = new Float64Array(capacity)
    this.exit = new Uint8Array(capacity)
    this.ambiguous = new Uint8Array(capacity)
    this.breach = new Uint8Array(capacity)
    this.row = new Int32Array(capacity)
    this.bars = new Int32Array(capacity)
    this.stop = new Float64Array(capacity)
    this.target = new Float64Array(capacity)
    this.fees = new Float64Array(capacity)
    this.borrow = new Float64Array(capacity)
    this.slippage = new Float64Array(capacity)
    this.profit = new Float64Array(capacity)
  }

  /** Index of a fresh entry; its columns are for the caller to fill. */
  append(): number {
    if (this.length === this.symbol.length) this.grow()
    return this.length++
  }

  private grow(): void {
    const bigger = new Ledger(2 * this.symbol.length + 16)
    bigger.symbol.set(this.symbol)
    bigger.direction.set(this.direction)
    bigger.shares.set(this.shares)
    bigger.entryDay.set(this.entryDay)
    bigger.entryPrice.set(this.entryPrice)
    bigger.exitDay.set(this.exitDay)
    bigger.exitPrice.set(this.exitPrice)
    bigger.exit.set(this.exit)
    bigger.ambiguous.set(this.ambiguous)
    bigger.breach.set(this.breach)
    bigger.row.set(this.row)
    bigger.bars.set(this.bars)
    bigger.stop.set(this.stop)
    bigger.target.set(this.target)
    bigger.fees.set(this.fees)
    bigger.borrow.set(this.borrow)
    bigger.slippage.set(this.slippage)
    bigger.profit.set(this.profit)
    bigger.length = this.length
    Object.assign(this, bigger)
  }
}

/** The ledger as objects, one per closed trade; `signals` are those of the run. */
export function tradesOf(ledger: Ledger, signals: Signals): Trade[] {
  const trades = new Array<Trade>(ledger.length)
  for (let i = 0; i < ledger.length; i++) {
    trades[i] = {
      symbol: ledger.symbol[i],
      direction: ledger.direction[i] as 1 | -1,
      shares: ledger.shares[i],
      signalDay: signals.day[ledger.row[i]],
      entryDay: ledger.entryDay[i],
      entryPrice: ledger.entryPrice[i],
      exitDay: ledger.exitDay[i],
      exitPrice: ledger.exitPrice[i],
      exitReason: exitReasons[ledger.exit[i]],
      ambiguous: ledger.ambiguous[i] === 1,
      fees: ledger.fees[i],
      profit: ledger.profit[i],
    }
  }
  return trades
}

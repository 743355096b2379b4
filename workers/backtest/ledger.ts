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
  'expiry',
  'roll',
  'assignment',
]

/** Index of each exit reason. */
export const exitCode = Object.fromEntries(exitReasons.map((reason, i) => [reason, i])) as Record<
  ExitReason,
  number
>

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

  /** A ledger of exactly these trades, which later ones do not change. */
  snapshot(): Ledger {
    const exact = new Ledger(this.length)
    this.copyTo(exact)
    return exact
  }

  private grow(): void {
    const bigger = new Ledger(2 * this.symbol.length + 16)
    this.copyTo(bigger)
    Object.assign(this, bigger)
  }

  private copyTo(other: Ledger): void {
    const { length } = this
    other.length = length
    other.symbol.set(this.symbol.subarray(0, length))
    other.direction.set(this.direction.subarray(0, length))
    other.shares.set(this.shares.subarray(0, length))
    other.entryDay.set(this.entryDay.subarray(0, length))
    other.entryPrice.set(this.entryPrice.subarray(0, length))
    other.exitDay.set(this.exitDay.subarray(0, length))
    other.exitPrice.set(this.exitPrice.subarray(0, length))
    other.exit.set(this.exit.subarray(0, length))
    other.ambiguous.set(this.ambiguous.subarray(0, length))
    other.breach.set(this.breach.subarray(0, length))
    other.row.set(this.row.subarray(0, length))
    other.bars.set(this.bars.subarray(0, length))
    other.stop.set(this.stop.subarray(0, length))
    other.target.set(this.target.subarray(0, length))
    other.fees.set(this.fees.subarray(0, length))
    other.borrow.set(this.borrow.subarray(0, length))
    other.slippage.set(this.slippage.subarray(0, length))
    other.profit.set(this.profit.subarray(0, length))
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

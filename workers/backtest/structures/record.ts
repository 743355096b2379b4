import type { Ledger } from '../ledger.ts'
import type { Lot } from './lot.ts'

/**
 * Books a closed lot as a trade: prices are those of one share of the structure, and a structure for which money was
 * received is a short one.
 */
export function record(ledger: Ledger, lot: Lot, reason: number, breach: boolean): void {
  const side = lot.cost < 0 ? -1 : 1
  const k = ledger.append()
  ledger.symbol[k] = lot.symbol
  ledger.direction[k] = side
  ledger.shares[k] = lot.units
  ledger.entryDay[k] = lot.entryDay
  ledger.entryPrice[k] = Math.abs(lot.cost)
  ledger.exitDay[k] = lot.exitDay
  ledger.exitPrice[k] = side * lot.exitValue
  ledger.exit[k] = reason
  ledger.ambiguous[k] = 0
  ledger.breach[k] = breach ? 1 : 0
  ledger.row[k] = lot.row
  ledger.bars[k] = lot.bars
  ledger.stop[k] = side * lot.stop
  ledger.target[k] = side * lot.target
  ledger.fees[k] = lot.fees
  ledger.borrow[k] = lot.borrow
  ledger.slippage[k] = lot.units * (lot.spread + lot.exitSpread)
  ledger.profit[k] = lot.profit
}

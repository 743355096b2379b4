import type { Leg, StructureKind } from '../../quant/structures.ts'
import type { MarkFrom } from '../options/contract.ts'

/**
 * How one leg was valued at the close of a day. Prices and spots are in units of the day the lot was opened: after a
 * split of 7 for 1 they are seven times what is quoted, so that a split changes nothing.
 */
export interface LegMark {
  price: number
  /** Of shares: with dividends reinvested. */
  spot: number
  years: number
  dividendYield: number
  /** Volatility at which the option is worth the price; NaN for shares. */
  vol: number
  from: MarkFrom
  /** Half of the spread. */
  half: number
}

/** A structure that is held, or was. Money values are a share of the structure unless said otherwise. */
export interface Lot {
  symbol: number
  kind: StructureKind
  /** Of the signal. */
  direction: 1 | -1
  /** Strikes as listed on the day it was opened. */
  legs: Leg[]
  /** Shares of the structure: 100 a contract. */
  units: number
  contracts: number
  /** Row of the signals. */
  row: number
  entryDay: number
  /** Trading days of the symbol since, and the most of them; 0 = no limit. */
  bars: number
  maxBars: number
  /** First expiry of its options; 0 without. */
  expiry: number
  /** Shares that one share of the entry day has become. */
  ratio: number
  /** Paid, after the spread; negative where money was received. And what of it is spread. */
  cost: number
  spread: number
  /** What returns are measured on: the cost, or the margin where money was received. */
  atRisk: number
  mostLoss: number
  margin: number
  /** Values from selling at which it is closed; NaN = none. */
  stop: number
  target: number
  /** Money: commission, fees and, once closed, borrow. */
  fees: number
  /** Of shares sold short. */
  borrow: number
  /** [legs] */
  marks: LegMark[]
  /** Volatility of the last quote of each leg above what the smile said: it stays while nobody quotes. */
  rich: Float64Array
  /** Middle value, and what selling brings. */
  value: number
  proceeds: number
  /** Delta × spot of one share of the structure. */
  exposure: number
  adverse: number
  favourable: number
  quoted: number
  surface: number
  model: number
  /** Days on which a short option had no time value left. */
  assignable: number
  /** [days held + 1] of every leg, the entry first; empty where nothing is kept. */
  history: LegMark[][]
  /** Days of the history, panel indices. */
  days: number[]
  /** Of the panel; −1 while it is held. */
  exitDay: number
  /** What selling brought, and what of the middle value was lost as spread, a share. */
  exitValue: number
  exitSpread: number
  /** Money, after fees. */
  profit: number
}

/** A structure at the prices of a close, a share of it. */
export type Priced = Pick<
  Lot,
  | 'kind'
  | 'symbol'
  | 'direction'
  | 'legs'
  | 'marks'
  | 'rich'
  | 'value'
  | 'cost'
  | 'exposure'
  | 'mostLoss'
  | 'margin'
>

import type { Panel, RiskRules, Signals } from '../../../workers/backtest/simulate.ts'

/** open, high, low, close; null = the symbol does not trade. */
export type Bar = [open: number, high: number, low: number, close: number] | null

/** A bar on which nothing moves. */
export const flat = (price: number): Bar => [price, price, price, price]

/** A panel with one symbol per list of bars, named A, B, C, … */
export function market(...symbols: Bar[][]): Panel {
  const days = symbols[0].length
  const column = (at: number) =>
    Float64Array.from(symbols.flatMap((bars) => bars.map((bar) => (bar === null ? NaN : bar[at]))))
  return {
    dates: Int32Array.from({ length: days }, (_, day) => 18_000 + day),
    symbols: symbols.map((_, i) => String.fromCharCode(65 + i)),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: Float64Array.from(symbols.flatMap((bars) => bars.map((bar) => (bar === null ? NaN : 1000)))),
  }
}

export interface Decision {
  day: number
  symbol?: number
  direction?: 1 | 0 | -1
  conviction?: number
  horizon?: number
  stop?: number
  target?: number
  stopFraction?: number
  targetFraction?: number
  size?: number
}

export function decisions(...rows: Decision[]): Signals {
  const column = (of: (row: Decision) => number | undefined) =>
    Float64Array.from(rows, (row) => of(row) ?? NaN)
  return {
    day: Int32Array.from(rows, (row) => row.day),
    symbol: Int32Array.from(rows, (row) => row.symbol ?? 0),
    direction: Int8Array.from(rows, (row) => row.direction ?? 1),
    conviction: Float64Array.from(rows, (row) => row.conviction ?? 1),
    horizon: Int32Array.from(rows, (row) => row.horizon ?? 0),
    stop: column((row) => row.stop),
    target: column((row) => row.target),
    stopFraction: column((row) => row.stopFraction),
    targetFraction: column((row) => row.targetFraction),
    size: column((row) => row.size),
  }
}

/** Half of the equity in each trade, fractional shares, no costs, both directions, no exits of its own. */
export function rules(changes: Partial<RiskRules> = {}): RiskRules {
  return {
    capital: 10_000,
    sizing: { kind: 'equal', fraction: 0.5 },
    wholeShares: false,
    ambiguousBar: 'pessimistic',
    allowShort: true,
    overlap: false,
    limits: {},
    costs: { commissionBps: 0, slippageBps: 0, borrowRate: 0 },
    ...changes,
  }
}

export const costs = (commissionBps: number, slippageBps: number, borrowRate = 0) => ({
  commissionBps,
  slippageBps,
  borrowRate,
})

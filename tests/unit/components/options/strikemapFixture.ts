import { rowStates, type Strikemap } from '../../../../workers/backtest/api.ts'

export interface Row {
  /** Days to expiry. */
  days: number
  strike: number
  right: 1 | -1
  z?: number
  call?: -1 | 0 | 1
  tradable?: boolean
  edge?: number
  state?: (typeof rowStates)[number]
}

export const chainDay = 20_000

/** A chain of a share at 100, forwards at 100, with these contracts. */
export function smallMap(rows: Row[], more: Partial<Strikemap> = {}): Strikemap {
  const expiries = [...new Set(rows.map(({ days }) => days))].sort((a, b) => a - b)
  const column = (value: (row: Row) => number) => Float64Array.from(rows, value)
  const nothing = column(() => NaN)
  const called = (wanted: number) => rows.filter(({ call = 0 }) => call === wanted).length
  const stateOf = ({ state = 'used' }: Row) => rowStates.indexOf(state)
  const deltaOf = ({ strike, right }: Row) =>
    Math.max(0, Math.min(1, (120 - strike) / 40)) - (right === 1 ? 0 : 1)
  return {
    symbol: 'AAA',
    day: chainDay,
    spot: 100,
    spotFrom: 'prices',
    quoted: true,
    expiries: expiries.map((days) => ({
      expiry: chainDay + days,
      years: days / 365,
      first: 0,
      last: 0,
      forward: 100,
      forwardFrom: 'pairs',
      pairs: 1,
      parityBreaks: 0,
      dividendYield: 0,
      atmVol: 0.2,
      fit: { kind: 'none', parameters: [], error: NaN, from: NaN, to: NaN },
      strikes: 0,
    })),
    expiryOf: Int32Array.from(rows, ({ days }) => expiries.indexOf(days)),
    state: Uint8Array.from(rows, stateOf),
    mid: column(() => 2),
    vol: column(() => 0.2),
    volBid: column(() => 0.19),
    volAsk: column(() => 0.21),
    fitVol: column(() => 0.2),
    fitPrice: column(() => 2),
    residual: column(() => 0),
    z: column(({ z = 0 }) => z),
    otherZ: nothing,
    pValue: nothing,
    call: Int8Array.from(rows, ({ call = 0 }) => call),
    tradable: Uint8Array.from(rows, ({ tradable = true }) => (tradable ? 1 : 0)),
    edge: column(({ edge = NaN }) => edge),
    delta: column(deltaOf),
    gamma: nothing,
    vega: nothing,
    theta: nothing,
    arbitrage: [],
    expiry: Int32Array.from(rows, ({ days }) => chainDay + days),
    strike: column(({ strike }) => strike),
    right: Int8Array.from(rows, ({ right }) => right),
    bid: column(() => 1.9),
    ask: column(() => 2.1),
    last: nothing,
    volume: column(() => 60),
    openInterest: column(() => 200),
    vendorVol: nothing,
    historyZ: nothing,
    states: rowStates.map((_, code) => rows.filter((row) => stateOf(row) === code).length),
    tradableCount: rows.filter(({ tradable = true }) => tradable).length,
    cheap: called(-1),
    dear: called(1),
    otherCheap: 0,
    otherDear: 0,
    meanEdge: NaN,
    vendor: { compared: 0, median: NaN, p95: NaN },
    milliseconds: 1,
    ...more,
  }
}

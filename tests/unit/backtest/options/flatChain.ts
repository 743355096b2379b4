import type { ChainTables } from '../../../../workers/quant/chainTables.ts'
import { americanPrice } from '../../../../workers/quant/options.ts'

export const flat = { symbol: 'QQQ', day: 20_000, spot: 100, vol: 0.25, rate: 0.03, dividendYield: 0.01 }
export const expiries = [20_030, 20_090]
/** Half of the spread, of the mid. */
export const half = 0.01

/** The chain of one day, all contracts at one volatility; calls and puts from 80 to 120 in fives. */
export function flatChain(): ChainTables {
  const rows = expiries.flatMap((expiry) =>
    [80, 85, 90, 95, 100, 105, 110, 115, 120].flatMap((strike) =>
      (['call', 'put'] as const).map((right) => {
        const years = (expiry - flat.day) / 365
        const mid = americanPrice({ ...flat, right, strike, years })
        return {
          expiry,
          strike,
          right: right === 'call' ? 1 : -1,
          bid: mid * (1 - half),
          ask: mid * (1 + half),
        }
      }),
    ),
  )
  const column = (value: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, value)
  return {
    underlyings: { symbol: [flat.symbol], quoted: [true] },
    slices: {
      underlying: Int32Array.of(0),
      day: Int32Array.of(flat.day),
      spot: Float64Array.of(flat.spot),
      first: Int32Array.of(0, rows.length),
    },
    rows: {
      expiry: Int32Array.from(rows, ({ expiry }) => expiry),
      strike: column(({ strike }) => strike),
      right: Int8Array.from(rows, ({ right }) => right),
      bid: column(({ bid }) => bid),
      ask: column(({ ask }) => ask),
      last: column(() => NaN),
      volume: column(() => 1000),
      openInterest: column(() => 1000),
      vendorVol: column(() => NaN),
    },
    problems: [],
  }
}

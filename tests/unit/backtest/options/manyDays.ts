import type { ChainTables } from '../../../../workers/quant/chainTables.ts'
import { americanPrice } from '../../../../workers/quant/options.ts'

export interface QuotedRow {
  expiry: number
  strike: number
  right: 1 | -1
  bid: number
  ask: number
}

export interface QuotedDay {
  day: number
  /** NaN = the prices do not have it. */
  spot: number
  rows: QuotedRow[]
}

/** Contracts at one volatility, a spread of 2 % and their noise; calls before puts. */
export function quotedDay(
  day: number,
  spot: number,
  strikes: readonly number[],
  expiries: readonly number[],
  noise: () => number = () => 0,
): QuotedDay {
  const rows = expiries.flatMap((expiry) =>
    strikes.flatMap((strike) =>
      ([1, -1] as const).map((right): QuotedRow => {
        const price = americanPrice({
          right: right > 0 ? 'call' : 'put',
          spot,
          strike,
          years: (expiry - day) / 365,
          rate: 0.03,
          dividendYield: 0,
          vol: 0.25,
        })
        const mid = price * (1 + 0.004 * noise())
        return { expiry, strike, right, bid: 0.99 * mid, ask: 1.01 * mid }
      }),
    ),
  )
  return { day, spot, rows }
}

export function tablesOf(symbol: string, days: readonly QuotedDay[]): ChainTables {
  const rows = days.flatMap((day) => day.rows)
  const first = [0]
  for (const { rows } of days) first.push(first.at(-1)! + rows.length)
  const column = (value: (row: QuotedRow) => number) => Float64Array.from(rows, value)
  return {
    underlyings: { symbol: [symbol], quoted: [true] },
    slices: {
      underlying: new Int32Array(days.length),
      day: Int32Array.from(days, ({ day }) => day),
      spot: Float64Array.from(days, ({ spot }) => spot),
      first: Int32Array.from(first),
    },
    rows: {
      expiry: Int32Array.from(rows, ({ expiry }) => expiry),
      strike: column(({ strike }) => strike),
      right: Int8Array.from(rows, ({ right }) => right),
      bid: column(({ bid }) => bid),
      ask: column(({ ask }) => ask),
      last: column(() => NaN),
      volume: column(() => 500),
      openInterest: column(() => 1000),
      vendorVol: column(() => 0.26),
    },
    problems: [],
  }
}

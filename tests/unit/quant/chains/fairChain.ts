import { totalVariance } from '../../../../datasets/chains/surface.ts'
import type { ChainSlice } from '../../../../workers/quant/chainTables.ts'
import { americanPrice } from '../../../../workers/quant/options.ts'

export interface FairRow {
  expiry: number
  strike: number
  right: 1 | -1
  bid: number
  ask: number
  last: number
  volume: number
  openInterest: number
}

export const day = 20_000
export const spot = 100
export const rate = 0.03
export const dividendYield = 0.01

/** Volatility on the fair surface. */
export function fairVol(days: number, strike: number): number {
  const years = days / 365
  const forward = spot * Math.exp((rate - dividendYield) * years)
  const theta = 0.0625 * years
  const skew = { correlation: -0.5, curvature: 0.9 }
  return Math.sqrt(totalVariance(theta, Math.log(strike / forward), skew) / years)
}

/** American calls and puts at their fair prices, half a spread of `half` × price to either side. */
export function fairRows(
  days: readonly number[],
  strikes: readonly number[],
  half = 0.01,
  volOf = fairVol,
): FairRow[] {
  return days.flatMap((daysLeft) =>
    strikes.flatMap((strike) =>
      ([1, -1] as const).map((right): FairRow => {
        const price = americanPrice({
          right: right > 0 ? 'call' : 'put',
          spot,
          strike,
          years: daysLeft / 365,
          rate,
          dividendYield,
          vol: volOf(daysLeft, strike),
        })
        return {
          expiry: day + daysLeft,
          strike,
          right,
          bid: price * (1 - half),
          ask: price * (1 + half),
          last: price,
          volume: 500,
          openInterest: 1000,
        }
      }),
    ),
  )
}

export function sliceOfRows(rows: readonly FairRow[], spotKnown = spot): ChainSlice {
  const column = (value: (row: FairRow) => number) => Float64Array.from(rows, value)
  return {
    symbol: 'FAIR',
    day,
    spot: spotKnown,
    quoted: true,
    first: 0,
    rows: {
      expiry: Int32Array.from(rows, ({ expiry }) => expiry),
      strike: column(({ strike }) => strike),
      right: Int8Array.from(rows, ({ right }) => right),
      bid: column(({ bid }) => bid),
      ask: column(({ ask }) => ask),
      last: column(({ last }) => last),
      volume: column(({ volume }) => volume),
      openInterest: column(({ openInterest }) => openInterest),
      vendorVol: column(() => NaN),
    },
  }
}

export const strikesFrom = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step)

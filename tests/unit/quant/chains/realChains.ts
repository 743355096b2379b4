import type { ChainSlice } from '../../../../workers/quant/chainTables.ts'
import { sharedText } from '../../shared.ts'

interface Row {
  expiry: number
  strike: number
  right: 1 | -1
  bid?: number
  ask?: number
  last?: number
  volume?: number
  openInterest?: number
  vendorVol?: number
}

export const epochDay = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000

/** A chain from rows in any order. */
export function sliceFrom(symbol: string, day: number, spot: number, rows: readonly Row[]): ChainSlice {
  const ordered = rows.toSorted((a, b) => a.expiry - b.expiry || a.strike - b.strike || b.right - a.right)
  const column = (value: (row: Row) => number | undefined) =>
    Float64Array.from(ordered, (row) => value(row) ?? NaN)
  return {
    symbol,
    day,
    spot,
    quoted: rows.some(({ bid }) => bid !== undefined),
    first: 0,
    rows: {
      expiry: Int32Array.from(ordered, ({ expiry }) => expiry),
      strike: column(({ strike }) => strike),
      right: Int8Array.from(ordered, ({ right }) => right),
      bid: column(({ bid }) => bid),
      ask: column(({ ask }) => ask),
      last: column(({ last }) => last),
      volume: column(({ volume }) => volume),
      openInterest: column(({ openInterest }) => openInterest),
      vendorVol: column(({ vendorVol }) => vendorVol),
    },
  }
}

const cells = (text: string): string[][] =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
const numberOf = (cell: string): number => (cell === '' ? NaN : Number(cell))

/** SPY of 26 August 2025; volatilities of 1e-5 are placeholders. */
export function spyChain(spot = NaN): ChainSlice {
  const day = epochDay('2025-08-26')
  const [, ...lines] = cells(sharedText('realdata', 'options', 'SPY_options_yf_20250826.csv'))
  const rows = lines.map((cell): Row => {
    const [, , traded, strike, last, bid, ask, , , volume, interest, vol, , , , type, expiry] = cell
    return {
      expiry: epochDay(expiry),
      strike: Number(strike),
      right: type === 'c' ? 1 : -1,
      bid: numberOf(bid),
      ask: numberOf(ask),
      last: epochDay(traded) === day ? numberOf(last) : NaN,
      volume: numberOf(volume),
      openInterest: numberOf(interest),
      vendorVol: Number(vol) > 1e-4 ? Number(vol) : NaN,
    }
  })
  return sliceFrom('SPY', day, spot, rows)
}

/** MSFT of 22 November 2021: bids and asks, nothing else. */
export function msftChain(): ChainSlice {
  const [, ...lines] = cells(sharedText('realdata', 'options', 'msft_22-November-2021.csv'))
  const rows = lines.map(([type, strike, bid, ask, expiry]): Row => ({
    expiry: epochDay(expiry),
    strike: Number(strike),
    right: type === 'call' ? 1 : -1,
    bid: Number(bid),
    ask: Number(ask),
  }))
  return sliceFrom('MSFT', epochDay('2021-11-22'), NaN, rows)
}

/** AAPL of a day about its 7:1 split: closing prices without a spread. @param day such as 20140605 */
export function aaplChain(day: string): { slice: ChainSlice; close: number } {
  const iso = (compact: string) => `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}`
  const [, share, ...lines] = cells(
    sharedText('realdata', 'options', 'lean_aapl_universes', `aapl_${day}.csv`),
  )
  const rows = lines.map(([expiry, strike, right, , , , close, volume, interest, vol]): Row => ({
    expiry: epochDay(iso(expiry)),
    strike: Number(strike),
    right: right === 'C' ? 1 : -1,
    last: Number(close) > 0 ? Number(close) : NaN,
    volume: numberOf(volume),
    openInterest: numberOf(interest),
    vendorVol: Number(vol) > 1e-4 ? Number(vol) : NaN,
  }))
  return { slice: sliceFrom('AAPL', epochDay(iso(day)), NaN, rows), close: Number(share[6]) }
}

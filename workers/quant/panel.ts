import type { ChainTables } from './chainTables.ts'

/**
 * One aligned market. Matrices are symbol-major: the value of symbol s on day d is at
 * `s * dates.length + d`; NaN where the symbol did not trade. Prices are adjusted for splits
 * and dividends; `rawFactor` gives the raw price back (raw = adjusted × rawFactor).
 */
export interface Panel {
  /** [days] epoch days (days since 1970-01-01 UTC), ascending: the union of all trading days. */
  dates: Int32Array
  symbols: string[]
  /** [symbols × days] */
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  /** [symbols × days] shares, in adjusted units. */
  volume: Float64Array
  /** [symbols × days] */
  rawFactor?: Float64Array
  /** [symbols] an arbitrary but stable number per sector; −1 unknown. */
  sector?: Int32Array
  /** By the number of a sector. */
  sectorNames?: string[]
  /** Option quotes; their days need not be days of the panel, nor their underlyings among its symbols. */
  chains?: ChainTables
  /** The last day has begun and is not over: its bar carries the last close on. Runs end before it. */
  provisional?: true
  /** [symbols] 1 = it is public that the last bar is the last of all, 0 = it is not; absent = nobody says. */
  ended?: Uint8Array
}

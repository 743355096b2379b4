import type { Database } from '../database.ts'
import { quoteIdentifier, quoteLiteral } from '../sql.ts'

/** Quotes of all files, one a contract and day, by underlying, day, expiry, strike, calls before puts. */
export interface ChainRows {
  /** By name. */
  symbols: string[]
  /** Rows that came again, in the same file or another, and are left out. */
  repeated: number
  /** [rows] index into `symbols` */
  underlying: Int32Array
  day: Int32Array
  expiry: Int32Array
  strike: Float64Array
  /** +1 call, −1 put */
  right: Int32Array
  /** NaN where missing, as are all that follow. */
  bid: Float64Array
  ask: Float64Array
  last: Float64Array
  volume: Float64Array
  openInterest: Float64Array
  vendorVol: Float64Array
  /** [rows] 1 where the last trade is known to be of an earlier day. */
  oldTrade: Int32Array
}

/** A file of quotes. */
export interface ChainSource {
  table: string
  symbols: string[]
}

/** Strikes that were scaled (95,330 × 0.001) are decimals again. */
const strikeDecimals = 4

/**
 * Of a contract that is quoted twice on a day the row that has a price counts, then that of the file loaded last,
 * then the last of its file.
 */
export async function readChainRows(database: Database, sources: ChainSource[]): Promise<ChainRows> {
  const symbols = [...new Set(sources.flatMap((source) => source.symbols))].filter(Boolean).sort()
  const files = sources.map(
    ({ table }, file) =>
      `SELECT ${file} AS file, line, symbol, quote_date, expiry, round(strike, ${strikeDecimals}) AS strike,
         CASE "right" WHEN 'call' THEN 1 ELSE -1 END AS side, bid, ask, last, volume, open_interest, implied_vol,
         COALESCE(last_trade::DATE < quote_date, false) AS old_trade
       FROM ${quoteIdentifier(table)}`,
  )
  const listed = symbols.map((symbol, ordinal) => `(${quoteLiteral(symbol)}, ${ordinal})`)
  const found = await database.query(
    `WITH listed(symbol, ordinal) AS (VALUES ${listed.join(', ') || `('', 0)`}),
       quote AS (
         SELECT ordinal, (quote_date - DATE '1970-01-01')::INTEGER AS day,
           (expiry - DATE '1970-01-01')::INTEGER AS expiry, strike, side, bid, ask, last, volume, open_interest,
           implied_vol, old_trade,
           row_number() OVER (
             PARTITION BY ordinal, quote_date, expiry, strike, side
             ORDER BY (bid > 0 AND NOT isnan(bid)) OR (ask > 0 AND NOT isnan(ask)) OR (last > 0 AND NOT isnan(last)) DESC,
               file DESC, line DESC) AS place
         FROM (${files.join(' UNION ALL ')}) AS rows JOIN listed ON listed.symbol = rows.symbol)
     SELECT ordinal::INTEGER AS ordinal, day, expiry, strike, side::INTEGER AS side, bid, ask, last, volume,
       open_interest, implied_vol, old_trade::INTEGER AS old_trade
     FROM quote WHERE place = 1 ORDER BY ordinal, day, expiry, strike, side DESC`,
  )
  const all = await database.query(
    `SELECT count(*)::INTEGER AS n FROM (${files.join(' UNION ALL ')}) AS rows WHERE symbol <> ''`,
  )
  return {
    symbols,
    repeated: all.integers('n')[0] - found.rows,
    underlying: found.integers('ordinal'),
    day: found.integers('day'),
    expiry: found.integers('expiry'),
    strike: found.numbers('strike'),
    right: found.integers('side'),
    bid: found.numbers('bid'),
    ask: found.numbers('ask'),
    last: found.numbers('last'),
    volume: found.numbers('volume'),
    openInterest: found.numbers('open_interest'),
    vendorVol: found.numbers('implied_vol'),
    oldTrade: found.integers('old_trade'),
  }
}

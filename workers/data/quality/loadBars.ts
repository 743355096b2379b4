import type { Database } from '../database.ts'
import { quoteIdentifier } from '../sql.ts'
import type { Bars } from './bars.ts'

/** All rows of a table of prices, one `Bars` per symbol; rows of one day stand in the order of the file. */
export async function loadBars(database: Database, table: string): Promise<Bars[]> {
  const name = quoteIdentifier(table)
  const result = await database.query(
    `WITH listed AS (
       SELECT symbol, (row_number() OVER (ORDER BY symbol) - 1)::INTEGER AS ordinal
       FROM (SELECT DISTINCT symbol FROM ${name})
     )
     SELECT listed.ordinal, (bar.date - DATE '1970-01-01')::INTEGER AS day,
       open, high, low, close, volume, adj_factor AS factor
     FROM ${name} AS bar JOIN listed ON listed.symbol = bar.symbol
     ORDER BY listed.ordinal, bar.date, bar.line`,
  )
  const names = (await database.query(`SELECT DISTINCT symbol FROM ${name} ORDER BY symbol`)).texts('symbol')
  const ordinal = result.integers('ordinal')
  const day = result.integers('day')
  const [open, high, low, close, volume, factor] = ['open', 'high', 'low', 'close', 'volume', 'factor'].map(
    (column) => result.numbers(column),
  )
  const bars: Bars[] = []
  for (let start = 0; start < ordinal.length;) {
    let end = start
    while (end < ordinal.length && ordinal[end] === ordinal[start]) end++
    bars.push({
      symbol: names[ordinal[start]],
      day: day.subarray(start, end),
      open: open.subarray(start, end),
      high: high.subarray(start, end),
      low: low.subarray(start, end),
      close: close.subarray(start, end),
      volume: volume.subarray(start, end),
      factor: factor.subarray(start, end),
    })
    start = end
  }
  return bars
}

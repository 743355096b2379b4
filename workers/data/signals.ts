import type { PanelMessage } from './api.ts'
import type { Database } from './database.ts'
import { quoteIdentifier } from './sql.ts'

/** Uploaded signals as columns, by date and then in the order of the file. */
export async function readSignals(
  database: Database,
  table: string,
): Promise<NonNullable<PanelMessage['signals']>> {
  const rows = await database.query(
    `SELECT symbol, (date - DATE '1970-01-01')::INTEGER AS day, direction, conviction, horizon::INTEGER AS horizon,
       size, stop, target
     FROM ${quoteIdentifier(table)} ORDER BY date, line`,
  )
  return {
    symbol: rows.texts('symbol'),
    date: rows.integers('day'),
    direction: Int8Array.from(rows.numbers('direction')),
    conviction: rows.numbers('conviction'),
    horizon: rows.integers('horizon'),
    size: rows.numbers('size'),
    stop: rows.numbers('stop'),
    target: rows.numbers('target'),
  }
}

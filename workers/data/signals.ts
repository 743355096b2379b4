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
  // Copies, because the columns of a result share one buffer, which can be transferred only once.
  return {
    symbol: rows.texts('symbol'),
    date: rows.integers('day').slice(),
    direction: Int8Array.from(rows.numbers('direction')),
    conviction: rows.numbers('conviction').slice(),
    horizon: rows.integers('horizon').slice(),
    size: rows.numbers('size').slice(),
    stop: rows.numbers('stop').slice(),
    target: rows.numbers('target').slice(),
  }
}

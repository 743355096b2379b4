import { sha256 } from 'hash-wasm'
import type { ImportPlan } from './api.ts'
import type { Database } from './database.ts'
import { Problem } from './problem.ts'
import { noDate, parseDateText } from './read/dates.ts'
import { utf8Bytes, type NamedBlob } from './read/fileBytes.ts'
import { RecordSplitter } from './read/records.ts'
import { quoteIdentifier } from './sql.ts'

export interface FactorRow {
  /** Last epoch day on which the factors hold. */
  until: number
  /** Price factor (dividends) × split factor. */
  factor: number
}

/** The rows of a LEAN factor file, by date. Throws a `Problem` naming the first line that is none. */
export async function readLeanFactors(plan: ImportPlan, file: NamedBlob): Promise<FactorRow[]> {
  const rows: FactorRow[] = []
  const splitter = new RecordSplitter(plan.delimiter, plan.width, (spans, line) => {
    if (spans.count === 1 && spans.isEmpty(0)) return
    const until = parseDateText(spans.text(0), 'compact')
    const factor = Number(spans.text(1)) * Number(spans.text(2))
    if (spans.count !== plan.width || until === noDate || !(factor > 0)) {
      throw new Problem(
        'factors',
        `${plan.fileName}, line ${line}: expected a date, a price factor and a split factor above 0 ` +
          '(such as 20140606,0.9,0.25,645.57). Correct the line and drop the file again.',
      )
    }
    rows.push({ until, factor })
  })
  for await (const chunk of utf8Bytes(file)) splitter.push(chunk)
  splitter.finish()
  return rows.sort((a, b) => a.until - b.until)
}

/** Bytes of a factor file are few: hashed at once. */
export async function hashOf(file: Blob): Promise<string> {
  return sha256(new Uint8Array(await file.arrayBuffer()))
}

/**
 * Sets adj_factor of a symbol: on each day the factor of the first row whose date is on or after it, 1
 * after the last row. One statement, so all rows or none. Returns the rows changed.
 */
export async function applyLeanFactors(
  database: Database,
  table: string,
  symbol: string,
  factors: FactorRow[],
): Promise<number> {
  const values = factors.map((row, i) => {
    const after = i === 0 ? -1_000_000 : factors[i - 1].until
    return `(${after}, ${row.until}, ${row.factor}::DOUBLE)`
  })
  const name = quoteIdentifier(table)
  const steps = `(VALUES ${values.join(', ')}) AS step(after_day, until_day, factor)`
  await database.query(
    `UPDATE ${name} AS bar SET adj_factor = COALESCE((
       SELECT step.factor FROM ${steps}
       WHERE (bar.date - DATE '1970-01-01') > step.after_day
         AND (bar.date - DATE '1970-01-01') <= step.until_day), 1)
     WHERE bar.symbol = ?`,
    [symbol],
  )
  const counted = await database.query(`SELECT count(*)::INTEGER AS n FROM ${name} WHERE symbol = ?`, [
    symbol,
  ])
  return counted.integers('n')[0]
}

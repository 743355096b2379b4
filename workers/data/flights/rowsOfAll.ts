import { quoteIdentifier } from '../sql.ts'

/**
 * The rows of several SQL tables, to stand after FROM: `columns` and, to tell which row came last, `source`
 * (number of the table) and `line` (of its file).
 */
export function rowsOfAll(tables: string[], columns: string): string {
  const parts = tables.map(
    (table, source) => `SELECT ${columns}, ${source} AS source, line FROM ${quoteIdentifier(table)}`,
  )
  return `(${parts.join(' UNION ALL ')})`
}

/** Of rows that share `key`, the one that came last. To stand at the end of a query over `rowsOfAll`. */
export function lastOf(key: string): string {
  return `QUALIFY row_number() OVER (PARTITION BY ${key} ORDER BY source DESC, line DESC) = 1`
}

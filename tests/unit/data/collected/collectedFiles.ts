import type { TableName } from '../../../../workers/data/api.ts'
import { collectedColumns } from '../../../../workers/live/collectedRows.ts'
import { csv } from '../openService.ts'

type Collected = keyof typeof collectedColumns

/** The file that the collection hands over; columns that a row does not have are blank. */
export function collectedFile(
  table: Collected,
  rows: Record<string, string | number>[],
): { table: TableName; file: File } {
  const columns: readonly string[] = collectedColumns[table]
  const cell = (value: string | number = '') => `"${String(value).replaceAll('"', '""')}"`
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','))
  return { table, file: csv(`${table}.csv`, [columns.join(','), ...lines, ''].join('\n')) }
}

import type { Dataset } from '../catalog.ts'
import { tables, type TableName, type TableRule } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'

/** One table of the schema with the files loaded into it. */
export interface LoadedTable {
  kind: TableName
  rule: TableRule
  datasets: Dataset[]
}

/** What is loaded, by table. Where a person's own files are there, the simulated market stands aside. */
export type LoadedTables = ReadonlyMap<TableName, LoadedTable>

export function loadedTables(datasets: Dataset[]): LoadedTables {
  const loaded = new Map<TableName, LoadedTable>()
  for (const kind of new Set(datasets.map(({ summary }) => summary.kind))) {
    const all = datasets.filter(({ summary }) => summary.kind === kind)
    const own = all.filter(({ summary }) => !summary.simulated)
    loaded.set(kind, { kind, rule: tables[kind], datasets: own.length > 0 ? own : all })
  }
  return loaded
}

/** The rows of all files of a table, to stand after FROM. `columns` as SQL. */
export function rowsOf({ datasets }: Pick<LoadedTable, 'datasets'>, columns: string): string {
  const parts = datasets.map(({ table }) => `SELECT ${columns} FROM ${quoteIdentifier(table)}`)
  return `(${parts.join(' UNION ALL ')})`
}

export function rowCount({ datasets }: LoadedTable): number {
  return datasets.reduce((sum, { summary }) => sum + summary.rows, 0)
}

/** Of whom a row is, as SQL; events that name no ticker go by the name of the company. */
export function subjectSql({ kind, rule }: Pick<LoadedTable, 'kind' | 'rule'>): string {
  if (kind === 'events') return `CASE WHEN symbol = '' THEN company ELSE symbol END`
  return quoteIdentifier(rule.subject ?? '')
}

import type { BrowsePage, BrowseTarget } from '../api.ts'
import type { Catalog, Dataset } from '../catalog.ts'
import { Problem } from '../problem.ts'
import { tables, type ColumnType } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'

/** A column that can be shown, sorted and filtered by. */
export interface BrowseColumn {
  name: string
  type: ColumnType
  unit: string
  doc: string
}

/** The datasets behind a target, in the order of their rows. */
export function partsOf(catalog: Catalog, { datasetId, kind }: BrowseTarget): Dataset[] {
  if (datasetId === null) return catalog.all().filter(({ summary }) => summary.kind === kind)
  return [catalog.get(datasetId)]
}

/** The columns of the schema and the line in the file. */
export function columnsOf({ kind }: BrowseTarget): BrowseColumn[] {
  const columns = tables[kind].columns.map(({ name, type, unit, doc }) => ({ name, type, unit, doc }))
  return [...columns, { name: 'line', type: 'DOUBLE', unit: '', doc: 'Line of the row in its file.' }]
}

/** Over several datasets every row says which it is from. */
export function shownColumns(target: BrowseTarget): BrowsePage['columns'] {
  const file: BrowseColumn = { name: 'dataset', type: 'VARCHAR', unit: '', doc: 'File that the row is from.' }
  return target.datasetId === null ? [file, ...columnsOf(target)] : columnsOf(target)
}

/** Names from outside reach SQL only when they are names of the schema. */
export function columnNamed(target: BrowseTarget, name: string): BrowseColumn {
  const column = columnsOf(target).find((one) => one.name === name)
  if (!column) throw new Problem('no-column', `The table ${target.kind} has no column ${name} to go by.`)
  return column
}

/** NULL where the value is missing, so that missing values sort last and are never compared. */
export function valueSql({ name, type }: BrowseColumn): string {
  const column = quoteIdentifier(name)
  if (type === 'VARCHAR') return `nullif(${column}, '')`
  // What is counted in whole lines has no NaN.
  if (type === 'DOUBLE' && name !== 'line') return `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`
  return column
}

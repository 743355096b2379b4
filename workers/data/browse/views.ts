import type { Catalog, Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { tableNames, tables, type TableRule } from '../schema.ts'
import { quoteIdentifier, quoteLiteral } from '../sql.ts'

/**
 * One view per table of the schema, over all its datasets, for people who write SQL: the file as `dataset`, the
 * line as `line`, NULL where a value is missing. A table without datasets is an empty view of the same types.
 */
export async function refreshViews(database: Pick<Database, 'query'>, catalog: Catalog): Promise<void> {
  for (const name of tableNames) {
    const datasets = catalog.all().filter(({ summary }) => summary.kind === name)
    await database.query(
      `CREATE OR REPLACE VIEW ${quoteIdentifier(name)} AS ${viewOf(tables[name], datasets)}`,
    )
  }
}

function viewOf(table: TableRule, datasets: Dataset[]): string {
  if (datasets.length === 0) {
    const columns = table.columns.map(({ name, type }) => `NULL::${type} AS ${quoteIdentifier(name)}`)
    return `SELECT NULL::VARCHAR AS dataset, ${columns.join(', ')}, NULL::INTEGER AS line WHERE false`
  }
  const columns = table.columns.map(({ name, type }) => {
    const column = quoteIdentifier(name)
    if (type === 'DOUBLE') return `nullif(${column}, 'NaN'::DOUBLE) AS ${column}`
    return type === 'VARCHAR' ? `nullif(${column}, '') AS ${column}` : column
  })
  return datasets
    .map(
      ({ summary, table: rows }) =>
        `SELECT ${quoteLiteral(summary.name)} AS dataset, ${columns.join(', ')}, line::INTEGER AS line ` +
        `FROM ${quoteIdentifier(rows)}`,
    )
    .join(' UNION ALL ')
}

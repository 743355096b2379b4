import type { Database } from '../database.ts'
import type { TableRule } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'

/**
 * Rows of the same key become one: numbers outside the key are added up, of days the latest is kept. For
 * counts that a file splits by version or system, which come and go. Returns the rows made.
 */
export async function addUp(
  database: Database,
  staged: string,
  name: string,
  table: TableRule,
): Promise<number> {
  const key = table.columns.filter((column) => column.key).map((column) => quoteIdentifier(column.name))
  const columns = table.columns.map((column) => {
    const quoted = quoteIdentifier(column.name)
    if (column.key) return quoted
    return `${column.type === 'DOUBLE' ? 'sum' : 'max'}(${quoted}) AS ${quoted}`
  })
  await database.query(
    `CREATE TABLE ${quoteIdentifier(name)} AS
     SELECT ${columns.join(', ')}, min(line)::INTEGER AS line
     FROM ${quoteIdentifier(staged)} GROUP BY ${key.join(', ')} ORDER BY ${key.join(', ')}`,
  )
  const counted = await database.query(`SELECT count(*)::INTEGER AS n FROM ${quoteIdentifier(name)}`)
  return counted.integers('n')[0]
}

import { sha256 } from 'hash-wasm'
import { tables, type TableName } from './schema.ts'

/** Changes when a column of the table changes its name, type or unit; 16 hex digits. */
export async function schemaHash(table: TableName): Promise<string> {
  const columns = tables[table].columns.map(({ name, type, unit, required }) => [name, type, unit, required])
  return (await sha256(JSON.stringify([table, columns]))).slice(0, 16)
}

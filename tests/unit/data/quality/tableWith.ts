import type { DatasetSummary } from '../../../../workers/data/api.ts'
import type { Dataset } from '../../../../workers/data/catalog.ts'
import type { Database } from '../../../../workers/data/database.ts'
import { Refusals } from '../../../../workers/data/refusals.ts'
import { tables, type TableName } from '../../../../workers/data/schema.ts'
import { quoteIdentifier, quoteLiteral } from '../../../../workers/data/sql.ts'

let made = 0

export type Cells = Record<string, string | number | null>

/** A file of `kind` as import leaves it: missing numbers NaN, texts '', days and times NULL; lines from 2 on. */
export async function tableWith(
  database: Database,
  kind: TableName,
  rows: Cells[],
  about: Partial<DatasetSummary> = {},
): Promise<Dataset> {
  const { columns } = tables[kind]
  const unknown = rows
    .flatMap((row) => Object.keys(row))
    .find((name) => !columns.some((c) => c.name === name))
  if (unknown !== undefined) throw new Error(`${kind} has no column ${unknown}`)
  made++
  const table = `dataset_${made}`
  const types = columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`)
  await database.query(`CREATE TABLE ${table} (${types.join(', ')}, line INTEGER)`)
  const values = rows.map((row, i) => {
    const cells = columns.map(({ name, type }) => {
      const value = row[name] ?? null
      if (type === 'DOUBLE') return value === null ? `'NaN'::DOUBLE` : String(value)
      if (value === null) return type === 'VARCHAR' ? `''` : 'NULL'
      return `${quoteLiteral(String(value))}::${type}`
    })
    return `(${cells.join(', ')}, ${i + 2})`
  })
  for (let i = 0; i < values.length; i += 2000) {
    await database.query(`INSERT INTO ${table} VALUES ${values.slice(i, i + 2000).join(', ')}`)
  }
  return {
    table,
    refused: new Refusals(),
    summary: { ...(await summaryOf(database, kind, table)), ...about },
  }
}

/** What the catalog says of a table that is there already. */
export async function summaryOf(database: Database, kind: TableName, table: string): Promise<DatasetSummary> {
  const { columns, time, subject, knownAt } = tables[kind]
  const keys = columns.filter(({ key }) => key).map(({ name }) => quoteIdentifier(name))
  const days = (of: string) =>
    time === null ? '0' : `COALESCE((${of}(${quoteIdentifier(time)})::DATE - DATE '1970-01-01'), 0)`
  const found = await database.query(
    `SELECT count(*)::INTEGER AS n, (count(*) - count(DISTINCT hash(${keys.join(', ')})))::INTEGER AS repeated,
       (${days('min')})::INTEGER AS first, (${days('max')})::INTEGER AS last FROM ${table}`,
  )
  const symbols =
    subject === null
      ? []
      : (
          await database.query(`SELECT DISTINCT ${subject} AS s FROM ${table} WHERE s <> '' ORDER BY s`)
        ).texts('s')
  const rows = found.integers('n')[0]
  return {
    id: table,
    name: `${kind}.csv`,
    kind,
    simulated: false,
    records: rows,
    rows,
    refused: 0,
    repeated: found.integers('repeated')[0],
    symbols,
    from: found.integers('first')[0],
    to: found.integers('last')[0],
    bytes: 0,
    sha256: table,
    schemaHash: '',
    adjustedBy: [],
    knownAt: knownAt ? 'file' : null,
    notes: [],
    importedAt: 0,
    kept: false,
    keptMessage: '',
    vintageOf: null,
  }
}

import type { DatasetSummary, TableName } from '../../../../workers/data/api.ts'
import { Catalog } from '../../../../workers/data/catalog.ts'
import type { Database } from '../../../../workers/data/database.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { Refusals } from '../../../../workers/data/refusals.ts'
import { tables } from '../../../../workers/data/schema.ts'
import { quoteIdentifier, quoteLiteral } from '../../../../workers/data/sql.ts'

export type RowValues = Record<string, string | number | null>

/** A database with tables as an import leaves them: missing numbers NaN, missing texts empty, and `line`. */
export interface OpenedTables {
  database: Database
  catalog: Catalog
  open(): Promise<Database>
  /** Rows name the columns that they fill; the first is on line 2. */
  add(kind: TableName, name: string, rows: RowValues[]): Promise<string>
  /** As many rows as SQL makes, with every column of the table. */
  addSelect(kind: TableName, name: string, select: string): Promise<string>
}

export async function openTables(): Promise<OpenedTables> {
  const database = await openEmptyDatabase()
  const catalog = new Catalog()
  const register = (id: string, kind: TableName, name: string, rows: number) => {
    const summary = { id, kind, name, rows } as DatasetSummary
    catalog.add({ summary, table: id, refused: new Refusals() })
    return id
  }
  return {
    database,
    catalog,
    open: () => Promise.resolve(database),
    async add(kind, name, rows) {
      const id = catalog.nextId()
      const { columns } = tables[kind]
      const shape = columns.map((column) => `${quoteIdentifier(column.name)} ${column.type}`)
      await database.query(`CREATE TABLE ${id} (${shape.join(', ')}, line INTEGER)`)
      const lines = rows.map((row, i) => {
        const cells = columns.map(({ name: column, type }) => {
          const value = row[column] ?? null
          if (typeof value === 'number') return `${value}::DOUBLE`
          if (value !== null)
            return type === 'VARCHAR' ? quoteLiteral(value) : `${type} ${quoteLiteral(value)}`
          return type === 'DOUBLE' ? `'NaN'::DOUBLE` : type === 'VARCHAR' ? `''` : 'NULL'
        })
        return `(${cells.join(', ')}, ${i + 2})`
      })
      await database.query(`INSERT INTO ${id} VALUES ${lines.join(', ')}`)
      return register(id, kind, name, rows.length)
    },
    async addSelect(kind, name, select) {
      const id = catalog.nextId()
      await database.query(`CREATE TABLE ${id} AS ${select}`)
      const counted = await database.query(`SELECT count(*)::DOUBLE AS rows FROM ${id}`)
      return register(id, kind, name, counted.numbers('rows')[0])
    },
  }
}

/** Flights of 50,000 aircraft, a row every 37 seconds, as `SELECT` for `addSelect`. */
export function manyFlights(rows: number): string {
  const code = (multiplier: number, letter: string) =>
    `'K' || chr(65 + (i * ${multiplier} % 26)::INTEGER) || chr(65 + (i // 26 % 26)::INTEGER) || '${letter}'`
  return (
    `SELECT printf('%06x', i * 7919 % 50000) AS icao24, ` +
    `TIMESTAMP '2018-01-01' + to_seconds(i * 37) AS departed_at, ` +
    `${code(1, 'X')} AS origin, CASE WHEN i % 50 = 0 THEN '' ELSE ${code(5, 'Y')} END AS destination, ` +
    `CASE WHEN i % 40 = 0 THEN NULL ELSE TIMESTAMP '2018-01-01' + to_seconds(i * 37 + 3600 + i % 7000) END AS arrived_at, ` +
    `TIMESTAMP '2018-01-02' + to_seconds(i * 37) AS known_at, (i + 2)::INTEGER AS line ` +
    `FROM range(${rows}) rows(i)`
  )
}

import type { BrowseFilter, BrowseQuery, BrowseTarget } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Connection, Database } from '../database.ts'
import { quoteIdentifier } from '../sql.ts'
import { columnNamed, valueSql } from './columns.ts'
import { conditionOf } from './filters.ts'

/** A table of `part` (which of the datasets of the target) and `row` (its rowid there), in order. */
export interface Order {
  table: string
  rows: number
}

/** Six bytes a row: of five million rows 30 MB each. */
const kept = 4

/**
 * Which rows a filter leaves, and in what order a sort has them, as tables of row ids: made once, paged often,
 * dropped when the data change.
 */
export class RowOrders {
  readonly #open: () => Promise<Database>
  readonly #orders = new Map<string, Promise<Order>>()
  #made = 0
  #schema: Promise<unknown> | null = null

  constructor(open: () => Promise<Database>) {
    this.#open = open
  }

  /** Rows that pass the filters, in the order of the files. */
  filtered(target: BrowseTarget, filters: BrowseFilter[], parts: Dataset[]): Promise<Order> {
    const key = JSON.stringify([target, filters])
    const condition = conditionOf(target, filters)
    return this.#once(key, async (connection, table) => {
      await connection.query(`CREATE TABLE ${table} (part USMALLINT, row UINTEGER)`)
      for (const [part, { table: rows }] of parts.entries()) {
        await connection.query(
          `INSERT INTO ${table} SELECT ${part}, rowid FROM ${quoteIdentifier(rows)} WHERE ${condition.sql}`,
          condition.values,
        )
      }
    })
  }

  /** Rows that pass the filters, sorted; others have their turn while it is made. */
  sorted(query: BrowseQuery, from: string): Promise<Order> {
    const key = JSON.stringify([query.target, query.filters, query.sort])
    return this.#once(key, async (connection, table) => {
      const sql = `CREATE TABLE ${table} AS SELECT "#part"::USMALLINT AS part, "#row"::UINTEGER AS row FROM (${from})`
      // The count of rows made is of no use.
      for await (const _ of connection.stream(sql, new AbortController().signal)) void _
    })
  }

  /** After an import, a removal or a repair nothing of it holds. */
  async forget(): Promise<void> {
    const orders = [...this.#orders.values()]
    this.#orders.clear()
    for (const order of orders) await this.#drop(order)
  }

  async #once(key: string, make: (connection: Connection, table: string) => Promise<void>): Promise<Order> {
    const known = this.#orders.get(key)
    if (known) {
      // Used last, dropped last.
      this.#orders.delete(key)
      this.#orders.set(key, known)
      return known
    }
    const order = this.#make(make)
    this.#orders.set(key, order)
    order.catch(() => {
      if (this.#orders.get(key) === order) this.#orders.delete(key)
    })
    const [oldest] = this.#orders
    if (this.#orders.size > kept) {
      this.#orders.delete(oldest[0])
      void this.#drop(oldest[1])
    }
    return order
  }

  async #make(make: (connection: Connection, table: string) => Promise<void>): Promise<Order> {
    const database = await this.#open()
    // Apart from the tables that people see in the SQL console.
    this.#schema ??= database.query('CREATE SCHEMA IF NOT EXISTS browse')
    await this.#schema
    this.#made++
    const table = `browse.order_${this.#made}`
    const connection = await database.connect()
    try {
      await make(connection, table)
      const counted = await connection.query(`SELECT count(*)::DOUBLE AS rows FROM ${table}`)
      return { table, rows: counted.numbers('rows')[0] }
    } finally {
      await connection.close()
    }
  }

  async #drop(order: Promise<Order>): Promise<void> {
    try {
      const { table } = await order
      await (await this.#open()).query(`DROP TABLE IF EXISTS ${table}`)
    } catch {
      // What was never made need not be dropped.
    }
  }
}

/** Below this many rows all of them are compared. */
const many = 200_000

/**
 * SQL of the rows of the target in the order asked for: `#part`, `#row` and the columns of the table. Where only
 * the first `near` rows are wanted, rows that cannot be among them are left out: a value as good as the best
 * `near` of a sample is as good as the best `near` of all.
 */
export function orderSql(
  { target, sort }: BrowseQuery,
  parts: Dataset[],
  filtered: Order | null,
  near: number | null,
): string {
  const key = sort ? valueSql(columnNamed(target, sort.column)) : 'NULL'
  const direction = sort?.descending ? 'DESC' : 'ASC'
  const rows = parts.map(({ table }, part) => {
    const source = `(SELECT ${part} AS "#part", rowid AS "#row", ${key} AS "#key", * FROM ${quoteIdentifier(table)})`
    return filtered
      ? `SELECT data.* FROM ${filtered.table} JOIN ${source} AS data ON "#row" = row WHERE part = ${part}`
      : `SELECT * FROM ${source}`
  })
  const all = parts.reduce((sum, { summary }) => sum + summary.rows, 0)
  const edge =
    near === null || filtered || all < many
      ? ''
      : ` WHERE "#key" ${sort?.descending ? '>=' : '<='} (${edgeSql(key, direction, parts, near)})`
  return `SELECT * FROM (${rows.join(' UNION ALL ')})${edge} ORDER BY "#key" ${direction} NULLS LAST, "#part", "#row"`
}

function edgeSql(key: string, direction: 'ASC' | 'DESC', parts: Dataset[], near: number): string {
  const sample = parts.map(
    ({ table }) =>
      `SELECT ${key} AS k FROM ${quoteIdentifier(table)} TABLESAMPLE system(2 PERCENT) REPEATABLE (1)`,
  )
  const best = `SELECT k FROM (${sample.join(' UNION ALL ')}) WHERE k IS NOT NULL ORDER BY k ${direction} LIMIT ${near}`
  return `SELECT CASE WHEN count(*) = ${near} THEN ${direction === 'ASC' ? 'max' : 'min'}(k) END FROM (${best})`
}

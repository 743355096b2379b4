import type { BrowseFilter, BrowsePage, BrowseQuery, BrowseTarget, ColumnSummary } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Connection, QueryResult } from '../database.ts'
import type { DataSession } from '../session.ts'
import { quoteIdentifier } from '../sql.ts'
import { cellsOf, cellSql } from './cells.ts'
import { columnsOf, partsOf, shownColumns } from './columns.ts'
import { orderSql, RowOrders, type Order } from './rowOrders.ts'
import { summarize } from './summaries.ts'

type Row = (string | null)[]

/** Up to here the first rows of a sorted table are found without sorting all of it. */
const shallow = 5000
/** Rows that a page may have. */
const most = 1000

/** Pages of tables, queried and never loaded whole, and what their columns hold. */
export class Browsing {
  readonly #session: Pick<DataSession, 'open' | 'catalog'>
  readonly #orders: RowOrders
  readonly #counts = new Map<string, number>()
  #connection: Promise<Connection> | null = null
  #summaries = new AbortController()

  constructor(session: Pick<DataSession, 'open' | 'catalog'>) {
    this.#session = session
    this.#orders = new RowOrders(() => session.open())
  }

  async browse(query: BrowseQuery): Promise<BrowsePage> {
    const began = performance.now()
    const parts = partsOf(this.#session.catalog, query.target)
    const offset = Math.max(0, Math.floor(query.offset))
    const limit = Math.max(0, Math.min(most, Math.floor(query.limit)))
    const asked = { ...query, offset, limit }
    const { rows, total } =
      query.filters.length === 0 && query.sort === null
        ? await this.#inFileOrder(asked, parts)
        : await this.#inAnyOrder(asked, parts)
    return { columns: shownColumns(query.target), rows, total, milliseconds: performance.now() - began }
  }

  /** Newer summaries end those under way. */
  async columnSummaries(target: BrowseTarget, filters: BrowseFilter[]): Promise<ColumnSummary[]> {
    this.#summaries.abort()
    this.#summaries = new AbortController()
    const { signal } = this.#summaries
    const parts = partsOf(this.#session.catalog, target)
    let rows = 0
    for (const part of parts) rows += await this.#count(part)
    return summarize(await this.#connect(), target, parts, filters, rows, signal)
  }

  /** To be called when datasets come, go or change. */
  async forget(): Promise<void> {
    this.#summaries.abort()
    this.#counts.clear()
    await this.#orders.forget()
  }

  /** Skipping rows of a table costs next to nothing. */
  async #inFileOrder({ target, offset, limit }: BrowseQuery, parts: Dataset[]) {
    const rows: Row[] = []
    let total = 0
    for (const [index, part] of parts.entries()) {
      const count = await this.#count(part)
      const skip = Math.max(0, offset - total)
      total += count
      if (skip >= count || rows.length >= limit) continue
      const take = Math.min(count - skip, limit - rows.length)
      const result = await this.#query(
        `SELECT ${index} AS "#part", ${cellList(target)} ` +
          `FROM ${quoteIdentifier(part.table)} LIMIT ${take} OFFSET ${skip}`,
      )
      rows.push(...rowsOf(target, parts, result))
    }
    return { rows, total }
  }

  async #inAnyOrder(query: BrowseQuery, parts: Dataset[]) {
    const { target, filters, sort, offset, limit } = query
    const filtered = filters.length > 0 ? await this.#orders.filtered(target, filters, parts) : null
    let total = filtered?.rows ?? 0
    if (!filtered) for (const part of parts) total += await this.#count(part)
    if (total === 0) return { rows: [], total }
    if (filtered && !sort) return { rows: await this.#placed(query, parts, filtered), total }
    const deep = offset + limit > shallow
    // Whoever scrolls will scroll on: the whole order is made while the first pages are looked at.
    if (deep || offset > 0) {
      const whole = this.#orders.sorted(query, orderSql(query, parts, filtered, null))
      whole.catch(() => undefined)
      if (deep) return { rows: await this.#placed(query, parts, await whole), total }
    }
    return { rows: await this.#firstOf(query, parts, filtered), total }
  }

  /** The first rows of a sorted table, without sorting all of it. */
  async #firstOf(query: BrowseQuery, parts: Dataset[], filtered: Order | null): Promise<Row[]> {
    const { target, offset, limit } = query
    const near = offset + limit
    const sql = (of: number | null) =>
      `SELECT "#part"::INTEGER AS "#part", ${cellList(target)} ` +
      `FROM (${orderSql(query, parts, filtered, of)} LIMIT ${limit} OFFSET ${offset})`
    let result = await this.#query(sql(near))
    // Too many missing values for the sample to tell: then all rows are compared.
    if (result.rows < limit) result = await this.#query(sql(null))
    return rowsOf(target, parts, result)
  }

  async #placed({ target, offset, limit }: BrowseQuery, parts: Dataset[], order: Order): Promise<Row[]> {
    const rows: Row[] = []
    for (const [index, { table }] of parts.entries()) {
      const result = await this.#query(
        `SELECT "#place"::INTEGER AS "#place", ${index} AS "#part", ${cellList(target)} ` +
          `FROM (SELECT rowid AS "#place", row AS "#wanted" FROM ${order.table} ` +
          `WHERE rowid >= ${offset} AND rowid < ${offset + limit} AND part = ${index}) ` +
          `JOIN (SELECT rowid AS "#row", * FROM ${quoteIdentifier(table)}) ON "#row" = "#wanted"`,
      )
      const cells = rowsOf(target, parts, result)
      result.integers('#place').forEach((place, i) => (rows[place - offset] = cells[i]))
    }
    return rows
  }

  async #count({ table }: Dataset): Promise<number> {
    const known = this.#counts.get(table)
    if (known !== undefined) return known
    const result = await this.#query(`SELECT count(*)::DOUBLE AS rows FROM ${quoteIdentifier(table)}`)
    const [rows] = result.numbers('rows')
    this.#counts.set(table, rows)
    return rows
  }

  async #query(sql: string): Promise<QueryResult> {
    return (await this.#connect()).query(sql)
  }

  /** Apart from the connection of the imports, whose transaction is none of ours. */
  #connect(): Promise<Connection> {
    if (!this.#connection) {
      this.#connection = this.#session.open().then((database) => database.connect())
      this.#connection.catch(() => (this.#connection = null))
    }
    return this.#connection
  }
}

function cellList(target: BrowseTarget): string {
  return columnsOf(target).map(cellSql).join(', ')
}

/** [rows][columns], with the file in front where the target is a whole table. */
function rowsOf(target: BrowseTarget, parts: Dataset[], result: QueryResult): Row[] {
  const columns = columnsOf(target).map((column) => cellsOf(column, result))
  const part = result.integers('#part')
  return Array.from({ length: result.rows }, (_, i) => [
    ...(target.datasetId === null ? [parts[part[i]].summary.name] : []),
    ...columns.map((cells) => cells[i]),
  ])
}

import { DataType, tableFromIPC, type Field, type Table } from 'apache-arrow'
import type { SqlResult } from '../api.ts'
import type { Connection } from '../database.ts'
import { Problem } from '../problem.ts'
import type { DataSession } from '../session.ts'
import { exportResult } from './exportResult.ts'
import { refusal, sqlProblem } from './sqlProblem.ts'
import { refreshViews } from './views.ts'
import { cellReader, sqlColumn, type SqlCell } from './sqlValues.ts'

/** What a result may hold before it is cut. */
const mostCells = 10_000_000
const mostBytes = 150_000_000
/** Results kept for paging and export. */
const resultsKept = 3
const firstRows = 200
const mostAtOnce = 5000

/** One statement at a time on a connection of its own, which reads only unless told otherwise. */
export class SqlConsole {
  readonly #session: Pick<DataSession, 'open' | 'catalog'>
  readonly #results = new Map<string, Table>()
  #made = 0
  #queue: Promise<unknown> = Promise.resolve()
  #running: AbortController | null = null
  #attached: Promise<unknown> | null = null
  #views: Promise<void> | null = null

  constructor(session: Pick<DataSession, 'open' | 'catalog'>) {
    this.#session = session
  }

  /** A second call waits for the first. Throws a `Problem` that carries DuckDB's own words. */
  run(text: string, write: boolean): Promise<SqlResult> {
    const turn = this.#queue.then(() => this.#run(text, write))
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  page(resultId: string, offset: number, limit: number): SqlResult['cells'] {
    return cellsOf(this.#result(resultId), offset, Math.min(limit, mostAtOnce))
  }

  export(resultId: string, format: 'csv' | 'arrow' | 'parquet'): Promise<Blob> {
    return exportResult(this.#result(resultId), format)
  }

  /**
   * Ends the running statement within a slice of DuckDB's work, about a tenth of a second, a few tenths while it
   * merges a sort. One call of one function cannot be interrupted: list_sum(range(100000000)) runs to its end.
   */
  cancel(): void {
    this.#running?.abort()
  }

  /** To be called when datasets come, go or change: the views are made again before the next statement. */
  forget(): void {
    this.#views = null
  }

  /** Ends what is running, and takes away results and the tables made in `mine`. */
  clear(): Promise<null> {
    this.cancel()
    const turn = this.#queue.then(async () => {
      this.#results.clear()
      if (this.#attached) await (await this.#session.open()).query('DETACH mine')
      this.#attached = null
      return null
    })
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  async #run(text: string, write: boolean): Promise<SqlResult> {
    const began = performance.now()
    const controller = new AbortController()
    this.#running = controller
    const database = await this.#session.open()
    this.#attached ??= database.query("ATTACH IF NOT EXISTS ':memory:' AS mine")
    await this.#attached
    this.#views ??= refreshViews(database, this.#session.catalog)
    await this.#views
    const connection = await database.connect()
    try {
      const refused = refusal(await database.tokens(text), write)
      if (refused) throw refused
      await begin(connection, write)
      await connection.check(text)
      const { table, cut } = await collect(connection, text, controller.signal)
      if (write) await connection.query('COMMIT')
      return {
        columns: table.schema.fields.map(sqlColumn),
        cells: cellsOf(table, 0, firstRows),
        rows: table.numRows,
        cut,
        milliseconds: performance.now() - began,
        resultId: this.#keep(table),
      }
    } catch (error) {
      throw sqlProblem(error)
    } finally {
      this.#running = null
      // What was not committed goes with it.
      await connection.close()
    }
  }

  #keep(table: Table): string {
    this.#made++
    const id = `result_${this.#made}`
    this.#results.set(id, table)
    for (const [oldest] of this.#results) {
      if (this.#results.size <= resultsKept) break
      this.#results.delete(oldest)
    }
    return id
  }

  #result(id: string): Table {
    const result = this.#results.get(id)
    if (!result) throw new Problem('sql', 'This result is no longer kept. Run the statement again.')
    return result
  }
}

/**
 * A transaction that can write to one database alone: to none, or to `mine`. There it has written before the
 * statement comes, whereupon DuckDB refuses to write to the tables of the files.
 */
async function begin(connection: Connection, write: boolean): Promise<void> {
  await connection.query(write ? 'BEGIN TRANSACTION' : 'BEGIN TRANSACTION READ ONLY')
  if (!write) return
  await connection.query('CREATE TABLE mine."written first" (nothing INTEGER)')
  await connection.query('DROP TABLE mine."written first"')
}

async function collect(connection: Connection, text: string, signal: AbortSignal) {
  const pieces: Uint8Array[] = []
  let cut: string | null = null
  let columns = 0
  let rows = 0
  let bytes = 0
  for await (const piece of connection.stream(text, signal)) {
    pieces.push(piece)
    if (pieces.length === 1) {
      const { fields } = tableFromIPC(pieces).schema
      refuseEnums(fields)
      columns = fields.length
      continue
    }
    bytes += piece.byteLength
    // The schema in front makes a stream of a single piece readable.
    rows += tableFromIPC([pieces[0], piece]).numRows
    if (rows * columns >= mostCells || bytes >= mostBytes) {
      cut =
        `Only the first ${rows.toLocaleString('en-GB')} rows are here: more would fill the memory of the tab. ` +
        'Ask for fewer columns, or add LIMIT or GROUP BY.'
      break
    }
  }
  return { table: tableFromIPC(pieces), cut }
}

/** DuckDB streams the codes of an ENUM without their words. */
function refuseEnums(fields: Field[]): void {
  for (const { name, type } of fields) {
    if (DataType.isDictionary(type))
      throw new Problem(
        'sql',
        `Column ${name} is an ENUM, which does not come through. Write ${name}::VARCHAR.`,
      )
    refuseEnums((type as DataType & { children: Field[] | null }).children ?? [])
  }
}

function cellsOf(table: Table, offset: number, limit: number): SqlCell[][] {
  const readers = table.schema.fields.map((_, i) => cellReader(table.getChildAt(i)!))
  const from = Math.max(0, Math.min(table.numRows, Math.floor(offset)))
  const to = Math.min(table.numRows, from + Math.max(0, Math.floor(limit)))
  return Array.from({ length: to - from }, (_, i) => readers.map((read) => read(from + i)))
}

import * as duckdb from '@duckdb/duckdb-wasm'
import { DataType, Precision, tableToIPC, Type, type Table } from 'apache-arrow'
import { Problem } from './problem.ts'

export type SqlValue = string | number | boolean | null
export type Column = Float64Array | Int32Array | string[]

/** The result of a query, by column: DOUBLE → Float64Array, INTEGER → Int32Array, VARCHAR → string[]. */
export interface QueryResult {
  rows: number
  numbers(name: string): Float64Array
  integers(name: string): Int32Array
  texts(name: string): string[]
}

/** What the rest of the worker knows of DuckDB. */
export interface Database {
  version: string
  /** Values travel as parameters of a prepared statement, never inside the SQL text. */
  query(sql: string, values?: SqlValue[]): Promise<QueryResult>
  /** Appends an Arrow table; `create` makes the SQL table first. */
  insert(table: string, rows: Table, create: boolean): Promise<void>
  /** Another connection: its transaction is its own, and its queries take turns with those of others. */
  connect(): Promise<Connection>
  /** The words and signs of a statement as DuckDB reads them, comments left out. */
  tokens(sql: string): Promise<string[]>
  close(): Promise<void>
}

export interface Connection {
  query(sql: string, values?: SqlValue[]): Promise<QueryResult>
  /** Throws what DuckDB has against a statement, or against several at once, without running it. */
  check(sql: string): Promise<void>
  /**
   * Runs a statement in slices of about a tenth of a second, between which other connections have their turn,
   * and hands out the result as it comes: pieces of an Arrow IPC stream, the schema first. Aborting ends the
   * query within a slice and throws; a reader who wants no more simply stops reading.
   */
  stream(sql: string, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

/** The network and extensions off, for good: hosts that send no headers have no other protection. */
const lockDown = [
  'SET autoinstall_known_extensions=false',
  'SET autoload_known_extensions=false',
  'SET enable_external_access=false',
  'SET lock_configuration=true',
]

/** Bytes of DuckDB's module that have arrived, as they are once unpacked. */
export type Arriving = (bytes: number) => void

/** Opens an in-memory database in `worker` and locks it down. Throws a `Problem`. */
export async function openDatabase(
  worker: Worker,
  wasmUrl: string,
  timeoutMs: number,
  arriving?: Arriving,
): Promise<Database> {
  return emptyDatabase(await startEngine(worker, wasmUrl, timeoutMs, arriving))
}

/**
 * DuckDB in `worker`. Instantiation is raced with a timeout and the worker's `error` event, because it may
 * hang instead of rejecting. Throws a `Problem`.
 *
 * @param timeoutMs without any sign of life: a slow line may take longer as long as something arrives
 */
export async function startEngine(
  worker: Worker,
  wasmUrl: string,
  timeoutMs: number,
  arriving: Arriving = () => undefined,
): Promise<duckdb.AsyncDuckDB> {
  const engine = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker)
  const start = (alive: () => void) =>
    engine.instantiate(wasmUrl, null, ({ bytesLoaded }) => {
      alive()
      arriving(bytesLoaded)
    })
  try {
    await raceWithFailure(start, worker, timeoutMs)
  } catch (error) {
    worker.terminate()
    throw error
  }
  return engine
}

/** A database without tables, in memory, locked down; whatever the engine held before is gone. */
export async function emptyDatabase(engine: duckdb.AsyncDuckDB): Promise<Database> {
  await engine.open({ path: ':memory:' })
  const connection = await engine.connect()
  for (const setting of lockDown) await connection.query(setting)
  return new WasmDatabase(engine, connection, await engine.getVersion())
}

function raceWithFailure(
  start: (alive: () => void) => Promise<unknown>,
  worker: Worker,
  timeoutMs: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (detail: string) => {
      const message =
        'The database could not start. Reload the page; if it fails again, the browser may be too old ' +
        '(WebAssembly with exception handling is needed) or the files of the site are incomplete.'
      reject(new Problem('database-start', message, detail))
    }
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        fail(`no answer within ${timeoutMs / 1000} s`)
      }, timeoutMs)
    }
    wait()
    worker.addEventListener('error', (event) => {
      fail(event.message || 'the worker could not be loaded')
    })
    start(wait)
      .then(resolve, (error: unknown) => {
        fail(error instanceof Error ? error.message : String(error))
      })
      .finally(() => {
        clearTimeout(timer)
      })
  })
}

class WasmDatabase implements Database {
  readonly version: string
  readonly #engine: duckdb.AsyncDuckDB
  #connection: duckdb.AsyncDuckDBConnection

  constructor(engine: duckdb.AsyncDuckDB, connection: duckdb.AsyncDuckDBConnection, version: string) {
    this.#engine = engine
    this.#connection = connection
    this.version = version
  }

  query(sql: string, values: SqlValue[] = []): Promise<QueryResult> {
    return queryOn(this.#connection, sql, values)
  }

  async insert(table: string, rows: Table, create: boolean): Promise<void> {
    try {
      await this.#connection.insertArrowFromIPCStream(tableToIPC(rows, 'stream'), { name: table, create })
    } catch (error) {
      // What is left of a stream that failed would spoil every later insert on the same connection.
      const failed = this.#connection
      this.#connection = await this.#engine.connect()
      await failed.close().catch(() => undefined)
      throw error
    }
  }

  async connect(): Promise<Connection> {
    return new WasmConnection(this.#engine, await this.#engine.connect())
  }

  async tokens(sql: string): Promise<string[]> {
    const { offsets } = await this.#engine.tokenize(sql)
    const bytes = new TextEncoder().encode(sql)
    const decoder = new TextDecoder()
    return offsets.map((from, i) => decoder.decode(bytes.subarray(from, offsets[i + 1])).trimEnd())
  }

  async close(): Promise<void> {
    await this.#connection.close()
    await this.#engine.terminate()
  }
}

async function queryOn(
  connection: duckdb.AsyncDuckDBConnection,
  sql: string,
  values: SqlValue[],
): Promise<QueryResult> {
  if (values.length === 0) return new ArrowResult(await connection.query(sql))
  const statement = await connection.prepare(sql)
  try {
    return new ArrowResult(await statement.query(...values))
  } finally {
    await statement.close()
  }
}

class WasmConnection implements Connection {
  readonly #engine: duckdb.AsyncDuckDB
  readonly #connection: duckdb.AsyncDuckDBConnection
  readonly #id: number

  constructor(engine: duckdb.AsyncDuckDB, connection: duckdb.AsyncDuckDBConnection) {
    this.#engine = engine
    this.#connection = connection
    this.#id = connection.useUnsafe((_, id) => id)
  }

  query(sql: string, values: SqlValue[] = []): Promise<QueryResult> {
    return queryOn(this.#connection, sql, values)
  }

  async check(sql: string): Promise<void> {
    await this.#engine.closePrepared(this.#id, await this.#engine.createPrepared(this.#id, sql))
  }

  // The calls beneath `send`, because that reads the result with the copy of Arrow that it is bundled with.
  async *stream(sql: string, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    let running = true
    const stopIfAborted = async () => {
      if (!signal.aborted) return
      await this.#engine.cancelPendingQuery(this.#id)
      running = false
      throw new Problem('cancelled', 'Stopped; nothing was changed.')
    }
    try {
      let piece = await this.#engine.startPendingQuery(this.#id, sql, true)
      while (piece === null) {
        await stopIfAborted()
        piece = await this.#engine.pollPendingQuery(this.#id)
      }
      // An empty piece ends the result.
      while (piece === null || piece.length > 0) {
        await stopIfAborted()
        if (piece !== null) yield piece as Uint8Array<ArrayBuffer>
        piece = await this.#engine.fetchQueryResults(this.#id)
      }
      running = false
    } finally {
      if (running) await this.#engine.cancelPendingQuery(this.#id).catch(() => false)
    }
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }
}

class ArrowResult implements QueryResult {
  readonly rows: number
  readonly #table: Table

  constructor(table: Table) {
    this.#table = table
    this.rows = table.numRows
  }

  numbers(name: string): Float64Array {
    return this.#column(name, Type.Float, 'DOUBLE', (v) => v as Float64Array)
  }

  integers(name: string): Int32Array {
    return this.#column(name, Type.Int, 'INTEGER', (v) => {
      if (!(v instanceof Int32Array)) throw new Error(`column ${name}: cast to INTEGER in SQL`)
      return v
    })
  }

  texts(name: string): string[] {
    return [...(this.#vector(name) as Iterable<string | null>)].map((text) => text ?? '')
  }

  /** Decimals and big integers come through Arrow unscaled, nulls as garbage: refuse them, cast in SQL. */
  #column<T>(name: string, type: Type, wanted: string, convert: (values: unknown) => T): T {
    const vector = this.#vector(name)
    const found = vector.type as DataType
    if (found.typeId !== type || (DataType.isFloat(found) && found.precision !== Precision.DOUBLE))
      throw new Error(`column ${name}: cast to ${wanted} in SQL`)
    if (vector.nullCount > 0) throw new Error(`column ${name}: holds NULL, use COALESCE in SQL`)
    return convert(vector.toArray())
  }

  #vector(name: string) {
    const vector = this.#table.getChild(name)
    if (!vector) throw new Error(`no column ${name} in the result`)
    return vector
  }
}

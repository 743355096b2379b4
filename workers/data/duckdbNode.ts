import { createRequire } from 'node:module'
import NodeWorker from 'web-worker'
import { openDatabase, type Database } from './database.ts'

/** The same build of DuckDB in Node, so that tests and benchmarks run the very same SQL. */
export function openNodeDatabase(): Promise<Database> {
  const { resolve } = createRequire(import.meta.url)
  // As a module, because as a classic worker the .cjs file would be evaluated without `module`.
  const worker = new NodeWorker(resolve('@duckdb/duckdb-wasm/dist/duckdb-node-eh.worker.cjs'), {
    type: 'module',
  })
  return openDatabase(worker, resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'), 30_000)
}

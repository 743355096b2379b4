import { createRequire } from 'node:module'
import type { AsyncDuckDB } from '@duckdb/duckdb-wasm'
import NodeWorker from 'web-worker'
import { emptyDatabase, startEngine, type Database } from './database.ts'

/** The same build of DuckDB in Node, so that tests and benchmarks run the very same SQL. */
export async function openNodeDatabase(): Promise<Database> {
  return emptyDatabase(await startNodeEngine())
}

/** Starting takes seconds; `emptyDatabase` then makes do with milliseconds. */
export function startNodeEngine(): Promise<AsyncDuckDB> {
  const { resolve } = createRequire(import.meta.url)
  // As a module, because as a classic worker the .cjs file would be evaluated without `module`.
  const worker = new NodeWorker(resolve('@duckdb/duckdb-wasm/dist/duckdb-node-eh.worker.cjs'), {
    type: 'module',
  })
  return startEngine(worker, resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'), 30_000)
}

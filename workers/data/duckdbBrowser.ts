import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url'
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import { openDatabase, type Database } from './database.ts'

const startTimeoutMs = 60_000

/** DuckDB from the files of the site: a classic worker, started from ours, and the EH build alone. */
export function openBrowserDatabase(): Promise<Database> {
  const worker = new Worker(new URL(workerUrl, import.meta.url))
  return openDatabase(worker, new URL(wasmUrl, import.meta.url).href, startTimeoutMs)
}

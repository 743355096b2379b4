import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url'
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import { openDatabase, type Arriving, type Database } from './database.ts'

const startTimeoutMs = 60_000

/** DuckDB from the files of the site: a classic worker, started from ours, and the EH build alone. */
export function openBrowserDatabase(arriving: Arriving): Promise<Database> {
  const worker = new Worker(new URL(workerUrl, import.meta.url))
  const module = new URL(wasmUrl, import.meta.url).href
  void failIfUnreachable(module, worker)
  return openDatabase(worker, module, startTimeoutMs, arriving)
}

/** DuckDB's worker waits for ever when its module cannot be fetched, so that is found out apart. */
async function failIfUnreachable(module: string, worker: Worker): Promise<void> {
  const fail = (message: string) => worker.dispatchEvent(new ErrorEvent('error', { message }))
  const status = (await statusOf(module, 'HEAD')) ?? (await statusOf(module, 'GET'))
  // Hosts that refuse to be asked without a download are no reason to give up.
  if (status === 404) fail(`${module} is not on the host`)
  if (status === null) fail(`${module} could not be fetched`)
}

/** Without the body; null where nothing answers. A page that works offline answers GET alone. */
async function statusOf(url: string, method: 'HEAD' | 'GET'): Promise<number | null> {
  const enough = new AbortController()
  try {
    return (await fetch(url, { method, signal: enough.signal })).status
  } catch {
    return null
  } finally {
    enough.abort()
  }
}

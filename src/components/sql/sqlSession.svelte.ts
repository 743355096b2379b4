import type { Remote } from 'comlink'
import type { DataApi, SqlResult } from '../../../workers/data/api.ts'
import type { Workspace } from '../../state/workspace.svelte.ts'
import type { GridColumn } from '../browse/gridColumns.ts'
import { PagedRows } from '../browse/pagedRows.svelte.ts'
import { cellText, sqlGridColumns, type SqlCell } from './sqlCells.ts'
import { sqlExamples } from './sqlExamples.ts'
import { forgetHistory, localStorageOrNull, readHistory, remember } from './sqlHistory.ts'

/** The SQL console of a tab: its text, what was run, and the result. */
export class SqlSession {
  text = $state.raw(sqlExamples[0].sql)
  write = $state(false)
  running = $state(false)
  /** Seconds since the statement was started. */
  elapsed = $state(0)
  result = $state.raw<SqlResult | null>(null)
  columns = $state.raw<GridColumn[]>([])
  rows = $state.raw(new PagedRows<string | null>(() => Promise.resolve([])))
  problem = $state.raw<{ message: string; detail: string } | null>(null)
  history = $state.raw<string[]>([])
  readonly #data: () => Remote<DataApi> | null
  readonly #storage: Storage | null

  constructor(data: () => Remote<DataApi> | null, storage: Storage | null) {
    this.#data = data
    this.#storage = storage
    this.history = readHistory(storage)
  }

  async run(): Promise<void> {
    const data = this.#data()
    const text = this.text
    if (!data || this.running || text.trim() === '') return
    this.running = true
    this.elapsed = 0
    const began = performance.now()
    const clock = setInterval(() => (this.elapsed = (performance.now() - began) / 1000), 100)
    try {
      const outcome = await data.sql(text, this.write)
      this.history = remember(text, this.history, this.#storage)
      if (outcome.ok) this.#show(data, outcome.value)
      else this.problem = { message: outcome.message, detail: outcome.detail ?? '' }
    } catch (cause) {
      this.problem = { message: cause instanceof Error ? cause.message : String(cause), detail: '' }
    } finally {
      clearInterval(clock)
      this.elapsed = (performance.now() - began) / 1000
      this.running = false
    }
  }

  async cancel(): Promise<void> {
    await this.#data()?.cancelSql()
  }

  /** The first rows of the result, for a chart. */
  async cells(limit: number): Promise<SqlCell[][]> {
    const { result } = this
    if (!result) return []
    if (result.cells.length >= Math.min(limit, result.rows)) return result.cells.slice(0, limit)
    const outcome = await this.#data()?.sqlPage(result.resultId, 0, limit)
    return outcome?.ok ? outcome.value : result.cells
  }

  async file(format: 'csv' | 'arrow' | 'parquet'): Promise<Blob | null> {
    if (!this.result) return null
    const outcome = await this.#data()?.exportSql(this.result.resultId, format)
    if (outcome?.ok) return outcome.value
    this.problem = { message: outcome?.message ?? 'The engine is not running.', detail: '' }
    return null
  }

  forget(): void {
    this.history = forgetHistory(this.#storage)
  }

  #show(data: Remote<DataApi>, result: SqlResult): void {
    const rows = new PagedRows<string | null>(async (offset, limit) => {
      const outcome = await data.sqlPage(result.resultId, offset, limit)
      if (!outcome.ok) throw new Error(outcome.message)
      return outcome.value.map((row) => row.map(cellText))
    })
    rows.put(
      0,
      result.cells.map((row) => row.map(cellText)),
    )
    this.result = result
    this.columns = sqlGridColumns(result)
    this.rows = rows
    this.problem = null
  }
}

const sessions = new WeakMap<Workspace, SqlSession>()

/** One console per tab, so that its text and result are there when the person comes back to the page. */
export function sqlSessionOf(workspace: Workspace): SqlSession {
  const known = sessions.get(workspace)
  if (known) return known
  const session = new SqlSession(() => workspace.engine?.data ?? null, localStorageOrNull())
  sessions.set(workspace, session)
  return session
}

import type {
  BrowseFilter,
  BrowsePage,
  BrowseQuery,
  BrowseTarget,
  ColumnSummary,
  Outcome,
} from '../../../workers/data/api.ts'
import { parseFilter } from './filterText.ts'
import { columnWidth, type GridColumn } from './gridColumns.ts'
import { pageRows, PagedRows } from './pagedRows.svelte.ts'

/** What of the data worker is needed to look at tables. */
export interface Tables {
  browse(query: BrowseQuery): Promise<Outcome<BrowsePage>>
  columnSummaries(target: BrowseTarget, filters: BrowseFilter[]): Promise<Outcome<ColumnSummary[]>>
}

/** One table on screen: which, filtered by what, sorted how, and the rows that are in sight. */
export class TableBrowser {
  target = $state.raw<BrowseTarget>({ datasetId: null, kind: 'prices' })
  sort = $state.raw<BrowseQuery['sort']>(null)
  /** What is typed above each column. */
  typed = $state.raw<Record<string, string>>({})
  columns = $state.raw<GridColumn[]>([])
  types = $state.raw<BrowsePage['columns']>([])
  total = $state(0)
  rows = $state.raw(new PagedRows<string | null>(() => Promise.resolve([])))
  problem = $state.raw('')
  /** Counts the questions: another table, filter or order begins at its first row, a reload does not. */
  question = $state(0)
  /** The first page is on its way. */
  loading = $state(false)
  /** By column; null while they are computed. */
  summaries = $state.raw<Map<string, ColumnSummary> | null>(null)
  summarized = $state(false)
  readonly #tables: Tables
  #asked = 0

  constructor(tables: Tables) {
    this.#tables = tables
  }

  get filters(): BrowseFilter[] {
    return this.types.flatMap(({ name, type }) => parseFilter(name, type, this.typed[name] ?? ''))
  }

  async open(target: BrowseTarget): Promise<void> {
    this.target = target
    this.sort = null
    this.typed = {}
    this.columns = []
    this.types = []
    this.total = 0
    this.question++
    await this.reload()
  }

  /** Ascending, descending, as in the file. */
  async sortBy(column: string): Promise<void> {
    const { sort } = this
    this.sort =
      sort?.column !== column
        ? { column, descending: false }
        : sort.descending
          ? null
          : { column, descending: true }
    this.question++
    await this.#fetch()
  }

  async type(column: string, text: string): Promise<void> {
    this.typed = { ...this.typed, [column]: text }
    this.question++
    await this.reload()
  }

  async clearFilters(): Promise<void> {
    this.typed = {}
    this.question++
    await this.reload()
  }

  async summarize(wanted: boolean): Promise<void> {
    this.summarized = wanted
    if (wanted) await this.#summaries()
  }

  /** The rows may have changed. */
  async reload(): Promise<void> {
    await this.#fetch()
    if (this.summarized) await this.#summaries()
  }

  async #fetch(): Promise<void> {
    this.#asked++
    const asked = this.#asked
    const query = { target: this.target, filters: this.filters, sort: this.sort }
    const page = async (offset: number, limit: number): Promise<BrowsePage> => {
      const outcome = await this.#tables.browse({ ...query, offset, limit })
      if (!outcome.ok) throw new Error(outcome.message)
      return outcome.value
    }
    this.loading = true
    try {
      const first = await page(0, pageRows)
      if (asked !== this.#asked) return
      const rows = new PagedRows<string | null>(async (offset, limit) => (await page(offset, limit)).rows)
      rows.put(0, first.rows)
      // Widths stay while the same table is filtered and sorted.
      if (this.columns.length === 0) this.columns = gridColumns(first)
      this.types = first.columns
      this.total = first.total
      this.rows = rows
      this.problem = ''
    } catch (cause) {
      if (asked === this.#asked) this.problem = cause instanceof Error ? cause.message : String(cause)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }

  async #summaries(): Promise<void> {
    this.summaries = null
    const asked = this.#asked
    const outcome = await this.#tables.columnSummaries(this.target, this.filters)
    if (asked !== this.#asked) return
    if (outcome.ok) this.summaries = new Map(outcome.value.map((summary) => [summary.name, summary]))
    else if (outcome.code !== 'superseded') this.problem = outcome.message
  }
}

function gridColumns({ columns, rows }: BrowsePage): GridColumn[] {
  return columns.map(({ name, type, unit, doc }, i) => ({
    name,
    numeric: type === 'DOUBLE',
    doc: unit ? `${doc} Unit: ${unit}.` : doc,
    width: columnWidth(
      name,
      rows.map((row) => row[i]),
      type === 'VARCHAR' ? 112 : type === 'DOUBLE' ? 128 : 172,
    ),
  }))
}

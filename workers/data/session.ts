import type { Outcome, Progress } from './api.ts'
import { Catalog, type Dataset } from './catalog.ts'
import type { Arriving, Database } from './database.ts'
import { outcomeOf } from './problem.ts'
import type { Fetch } from './simulated.ts'
import { quoteIdentifier } from './sql.ts'

/** What the parts of the data worker share: the database, what is loaded, and whose turn it is. */
export class DataSession {
  readonly catalog = new Catalog()
  readonly fetchFrom: Fetch
  baseUrl = ''
  progress: Progress = () => undefined
  readonly #openDatabase: (arriving: Arriving) => Promise<Database>
  #database: Promise<Database> | null = null
  #queue: Promise<unknown> = Promise.resolve()
  #running: AbortController | null = null

  constructor(openDatabase: (arriving: Arriving) => Promise<Database>, fetchFrom: Fetch) {
    this.#openDatabase = openDatabase
    this.fetchFrom = fetchFrom
  }

  open(): Promise<Database> {
    if (!this.#database) {
      this.#database = this.#openDatabase((done) =>
        this.progress({ label: 'Loading DuckDB', done, total: 0, unit: 'bytes' }),
      )
      // A start that failed may be tried again.
      this.#database.catch(() => (this.#database = null))
    }
    return this.#database
  }

  /** Tasks that touch the tables run one after the other; a cancelled one leaves the next unharmed. */
  inTurn<T>(task: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>> {
    const turn = this.#queue.then(() =>
      outcomeOf(async () => {
        const controller = new AbortController()
        this.#running = controller
        try {
          return await task(controller.signal)
        } finally {
          this.#running = null
        }
      }),
    )
    this.#queue = turn
    return turn
  }

  cancel(): void {
    this.#running?.abort()
  }

  async dropDataset({ table, texts, ends }: Pick<Dataset, 'table' | 'texts' | 'ends'>): Promise<void> {
    await this.drop(table)
    if (texts !== undefined) await this.drop(texts)
    if (ends !== undefined) await this.drop(ends)
  }

  async drop(table: string): Promise<void> {
    const database = await this.open()
    await database.query(`DROP TABLE IF EXISTS ${quoteIdentifier(table)}`)
  }
}

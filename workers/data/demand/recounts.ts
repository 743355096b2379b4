import type { Progress, TicketWords } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { DataSession } from '../session.ts'
import { countTickets } from '../staging/countTickets.ts'

/** Counts of tickets by words of a person’s own: the newest of each dataset are kept until it goes. */
export class Recounts {
  readonly #session: DataSession
  /** By the table of the tickets: the words, and the table of the counts. */
  readonly #counted = new Map<string, { words: string; table: string }>()
  #made = 0

  constructor(session: DataSession) {
    this.#session = session
  }

  /**
   * The SQL table of the counts of `texts` by `words`.
   * @param stop called now and then, to stop by throwing; what was counted before stays
   */
  async tableOf(texts: string, words: TicketWords, progress: Progress, stop: () => void): Promise<string> {
    const key = JSON.stringify([words.negative, words.positive])
    const known = this.#counted.get(texts)
    if (known?.words === key) return known.table
    this.#made++
    const table = `recount_${this.#made}`
    await countTickets(await this.#session.open(), texts, table, words, (done, total) => {
      stop()
      progress({ label: 'Reading the words of the tickets', done, total, unit: 'rows' })
    })
    this.#counted.set(texts, { words: key, table })
    if (known) await this.#session.drop(known.table)
    return table
  }

  /** Drops the counts of datasets that are gone. */
  async follow(datasets: Dataset[]): Promise<void> {
    const there = new Set(datasets.map(({ texts }) => texts))
    for (const [texts, { table }] of [...this.#counted]) {
      if (there.has(texts)) continue
      this.#counted.delete(texts)
      await this.#session.drop(table)
    }
  }
}

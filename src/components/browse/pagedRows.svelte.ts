/** Rows that a worker hands out by the page; those in sight are asked for, those scrolled past are not. */
export class PagedRows<Cell> {
  /** Counts the pages that came, so that what reads rows is drawn again. */
  arrived = $state(0)
  problem = $state.raw('')
  readonly #load: (offset: number, limit: number) => Promise<Cell[][]>
  readonly #pages = new Map<number, Cell[][]>()
  #wanted: [first: number, last: number] = [0, -1]
  #loading = false

  /** `load` throws with a sentence for the person. */
  constructor(load: (offset: number, limit: number) => Promise<Cell[][]>) {
    this.#load = load
  }

  /** Null while it is on its way. */
  row(index: number): Cell[] | null {
    void this.arrived
    return this.#pages.get(Math.floor(index / pageRows))?.[index % pageRows] ?? null
  }

  /** Rows known already, such as those that came with the size of the result. */
  put(offset: number, rows: Cell[][]): void {
    for (let from = 0; from < rows.length; from += pageRows)
      this.#pages.set((offset + from) / pageRows, rows.slice(from, from + pageRows))
    this.arrived++
  }

  /** Rows in sight, both ends included; an earlier wish not yet begun is forgotten. */
  want(first: number, last: number): void {
    this.#wanted = [Math.floor(first / pageRows), Math.floor(last / pageRows)]
    if (!this.#loading) void this.#next()
  }

  async #next(): Promise<void> {
    this.#loading = true
    try {
      for (let page = this.#missing(); page !== null; page = this.#missing()) {
        this.#pages.set(page, await this.#load(page * pageRows, pageRows))
        this.arrived++
        this.#forgetOldest()
      }
      this.problem = ''
    } catch (cause) {
      this.problem = cause instanceof Error ? cause.message : String(cause)
    } finally {
      this.#loading = false
    }
  }

  #missing(): number | null {
    const [first, last] = this.#wanted
    for (let page = first; page <= last; page++) if (!this.#pages.has(page)) return page
    return null
  }

  #forgetOldest(): void {
    for (const [page] of this.#pages) {
      if (this.#pages.size <= pagesKept) return
      if (page < this.#wanted[0] || page > this.#wanted[1]) this.#pages.delete(page)
    }
  }
}

export const pageRows = 100
const pagesKept = 60

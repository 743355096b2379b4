import type { RefusedRow } from './api.ts'

/** Spreadsheets run a cell that starts like this as a formula. */
const formulaStart = /^[=+\-@\t\r]/

/** Rows that the screen may show; the others are in the CSV alone. */
const atHand = 5000
const linesOfPart = 10_000

/**
 * Rows of a file that were refused. All of them may be: so only the first are objects, and the lines of the CSV
 * go into blobs, which the browser may put on the disk.
 */
export class Refusals {
  readonly first: RefusedRow[] = []
  readonly #parts: Blob[] = []
  #lines = ['file,line,column,value,reason\r\n']
  #count = 0

  get count(): number {
    return this.#count
  }

  add(row: RefusedRow): void {
    const { file, line, column, value, reason } = row
    this.#count++
    if (this.first.length < atHand) this.first.push(row)
    this.#lines.push(`${[file, String(line), column, value, reason].map(csvCell).join(',')}\r\n`)
    if (this.#lines.length < linesOfPart) return
    this.#parts.push(new Blob([this.#lines.join('')]))
    this.#lines = []
  }

  /** Columns file, line, column, value and reason; formulas are defused with an apostrophe. */
  csv(): Blob {
    return new Blob([...this.#parts, ...this.#lines], { type: 'text/csv;charset=utf-8' })
  }
}

/** A field of a CSV file: quoted where needed, and never a formula. */
export function csvCell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

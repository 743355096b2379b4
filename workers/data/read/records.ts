import { CellSpans, splitCells } from './cells.ts'
import { LineSplitter } from './lines.ts'

/** Physical lines that one record may have. */
export const mostLinesOfNumbers = 20
export const mostLinesOfText = 2000
const quote = 34
const backslash = 92

/** Called for each record with the number of its first physical line and the bytes it was read from. */
export type OnRecord = (spans: CellSpans, line: number, start: number, end: number) => void

/**
 * Lines become records. A quote still open at the end of a line is followed over the next lines, but only
 * if closing it gives a record as wide as the table; otherwise the line stands alone (`spans.count` −1),
 * so that one stray quote never swallows the rows after it.
 */
export class RecordSplitter {
  readonly #lines: LineSplitter
  readonly #spans = new CellSpans()
  readonly #delimiter: number
  readonly #width: number
  readonly #onRecord: OnRecord
  readonly #mostLines: number
  /** Whether a quote is open after the lines held, as far as the number of quotes tells. */
  #open = false
  #held: { bytes: Uint8Array; line: number }[] = []

  constructor(delimiter: string, width: number, onRecord: OnRecord, mostLines = mostLinesOfNumbers) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#width = width
    this.#onRecord = onRecord
    this.#mostLines = mostLines
    this.#lines = new LineSplitter((bytes, start, end, line) => {
      this.#take(bytes, start, end, line)
    })
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  finish(): void {
    this.#lines.finish()
    while (this.#held.length > 0) this.#giveUp()
  }

  #take(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#held.length > 0) {
      this.#hold(bytes.slice(start, end), line)
      return
    }
    splitCells(bytes, start, end, this.#delimiter, this.#spans)
    if (this.#spans.count === -1) {
      this.#held = [{ bytes: bytes.slice(start, end), line }]
      this.#open = true
    } else this.#onRecord(this.#spans, line, start, end)
  }

  #hold(bytes: Uint8Array, line: number): void {
    this.#held.push({ bytes, line })
    const quotes = quotesIn(bytes)
    if (quotes.count % 2 === 1) this.#open = !this.#open
    if (this.#open && !quotes.escaped) {
      if (this.#held.length > this.#mostLines) this.#giveUp()
      return
    }
    const joined = join(this.#held.map((held) => held.bytes))
    splitCells(joined, 0, joined.length, this.#delimiter, this.#spans)
    if (this.#spans.count === this.#width) {
      const first = this.#held[0].line
      this.#held = []
      this.#onRecord(this.#spans, first, 0, joined.length)
    } else if (this.#spans.count !== -1 || this.#held.length > this.#mostLines) {
      this.#giveUp()
    }
  }

  /** The first line held stands alone; the others are read again as lines of their own. */
  #giveUp(): void {
    const [first, ...others] = this.#held
    this.#held = []
    this.#spans.bytes = first.bytes
    this.#spans.count = -1
    this.#onRecord(this.#spans, first.line, 0, first.bytes.length)
    for (const { bytes, line } of others) this.#take(bytes, 0, bytes.length, line)
  }
}

/** Quotes of a line, and whether one stands behind a backslash: then their number says nothing. */
export function quotesIn(bytes: Uint8Array): { count: number; escaped: boolean } {
  let count = 0
  let escaped = false
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== quote) continue
    count++
    escaped ||= bytes[at - 1] === backslash
  }
  return { count, escaped }
}

export function join(lines: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, -1))
  let at = 0
  for (const line of lines) {
    if (at > 0) joined[at++] = 10
    joined.set(line, at)
    at += line.length
  }
  return joined
}

import { CellSpans, mostCells } from './cells.ts'
import type { OnRecord } from './recordSource.ts'

const separator = 44
/** UTF-8 takes at most three bytes per unit of a string. */
const bytesPerUnit = 3
const shortText = 64

/**
 * Writes texts as the cells of one record, for files whose records are no lines. A separator stands before
 * every cell, because a quote there would say that the cell is quoted.
 */
export class CellWriter {
  readonly #spans = new CellSpans()
  readonly #encoder = new TextEncoder()
  #bytes = new Uint8Array(1 << 16)
  #at = 0

  /** Cells beyond the most that a table may have are left out. */
  write(cells: string[], line: number, onRecord: OnRecord): void {
    const spans = this.#spans
    this.#at = 0
    const count = Math.min(cells.length, mostCells)
    for (let cell = 0; cell < count; cell++) {
      const text = cells[cell].trim()
      this.#reserve(1 + bytesPerUnit * text.length)
      this.#bytes[this.#at++] = separator
      spans.starts[cell] = this.#at
      this.#put(text)
      spans.ends[cell] = this.#at
    }
    spans.bytes = this.#bytes
    spans.count = count
    onRecord(spans, line, Math.min(1, this.#at), this.#at)
  }

  /** Short plain texts, which nearly all are, byte by byte: calling the encoder costs more than they do. */
  #put(text: string): void {
    let at = this.#at
    if (text.length <= shortText) {
      let i = 0
      for (; i < text.length; i++) {
        const code = text.charCodeAt(i)
        if (code > 127) break
        this.#bytes[at++] = code
      }
      if (i === text.length) {
        this.#at = at
        return
      }
    }
    this.#at += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#at)).written
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const larger = new Uint8Array(2 * (this.#at + more))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }
}

const lf = 10
const cr = 13
/** A line longer than this is no row of a table; only its start is kept. */
export const longestLine = 1 << 20

/** Called for each physical line: bytes `start` to `end` of `bytes`, without the line end; 1-based number. */
export type OnLine = (bytes: Uint8Array, start: number, end: number, line: number) => void

/** Cuts chunks of bytes into physical lines, ended by LF, CR LF or CR alone, mixed as they come. */
export class LineSplitter {
  #rest: Uint8Array = new Uint8Array(0)
  #line = 0
  #afterCr = false
  /** In a line that grew too long: its end is looked for, its bytes are dropped. */
  #skipping = false
  readonly #onLine: OnLine

  constructor(onLine: OnLine) {
    this.#onLine = onLine
  }

  push(chunk: Uint8Array): void {
    let bytes = chunk
    if (this.#rest.length > 0) {
      bytes = new Uint8Array(this.#rest.length + chunk.length)
      bytes.set(this.#rest)
      bytes.set(chunk, this.#rest.length)
    }
    let start = 0
    // What was kept holds no line end.
    let at = this.#rest.length
    const end = bytes.length
    if (this.#afterCr && at < end) {
      if (bytes[at] === lf) {
        at++
        start = at
      }
      this.#afterCr = false
    }
    for (; at < end; at++) {
      const byte = bytes[at]
      if (byte !== lf && byte !== cr) continue
      this.#emit(bytes, start, at)
      if (byte === cr) {
        if (at + 1 === end) this.#afterCr = true
        else if (bytes[at + 1] === lf) at++
      }
      start = at + 1
    }
    this.#rest = bytes.subarray(start)
    if (this.#rest.length > longestLine) {
      if (!this.#skipping) this.#emit(this.#rest, 0, longestLine)
      this.#skipping = true
      this.#rest = new Uint8Array(0)
    }
  }

  /** The last line, where the file does not end with a line end. */
  finish(): void {
    if (this.#rest.length > 0) this.#emit(this.#rest, 0, this.#rest.length)
    this.#rest = new Uint8Array(0)
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    if (this.#skipping) {
      this.#skipping = false
      return
    }
    this.#line++
    this.#onLine(bytes, start, end, this.#line)
  }
}

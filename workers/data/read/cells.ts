const quote = 34
const space = 32
/** Cells beyond this are counted, not kept: no table of ours is that wide. */
export const mostCells = 1024

/** Where the cells of one line lie in its bytes; reused from line to line. */
export class CellSpans {
  readonly starts = new Int32Array(mostCells)
  readonly ends = new Int32Array(mostCells)
  /** Of quoted cells: the byte before a quote that is part of the text; `doubled` where it is another quote. */
  readonly escapes = new Uint8Array(mostCells)
  bytes: Uint8Array = new Uint8Array(0)
  /** −1: a quote is opened and not closed on this line. */
  count = 0

  text(cell: number): string {
    if (cell >= this.count) return ''
    const start = this.starts[cell]
    const quoted = start > 0 && this.bytes[start - 1] === quote
    const text = decodeText(this.bytes, start, this.ends[cell])
    if (!quoted) return text
    return this.escapes[cell] === doubled
      ? text.replaceAll('""', '"')
      : text.replaceAll(`${String.fromCharCode(this.escapes[cell])}"`, '"')
  }

  isEmpty(cell: number): boolean {
    return this.starts[cell] === this.ends[cell]
  }
}

const notQuoted = -2
const unclosed = -1

/** What may stand before a quote that is part of the text. Files that double it are the rule. */
const doubled = 255
const backslash = 92
const nul = 0

/** Splits bytes `start` to `end` at the delimiter, quotes respected, blanks around each cell taken off. */
export function splitCells(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  spans: CellSpans,
): void {
  spans.bytes = bytes
  let count = 0
  let at = start
  for (;;) {
    while (at < end && bytes[at] === space) at++
    let from = at
    let to: number
    let close = notQuoted
    if (at < end && bytes[at] === quote) {
      let escape = doubled
      close = closingQuote(bytes, at + 1, end, delimiter)
      for (const other of close < 0 ? escapes : none) {
        const found = closingEscaped(bytes, at + 1, end, delimiter, other)
        if (found < 0) continue
        close = found
        escape = other
        break
      }
      if (count < mostCells) spans.escapes[count] = escape
    }
    if (close === unclosed) {
      spans.count = unclosed
      return
    }
    if (close === notQuoted) {
      while (at < end && bytes[at] !== delimiter) at++
      to = at
      while (to > from && bytes[to - 1] === space) to--
    } else {
      from = at + 1
      to = close
      at = close + 1
      while (at < end && bytes[at] !== delimiter) at++
    }
    if (count < mostCells) {
      spans.starts[count] = from
      spans.ends[count] = to
    }
    count++
    if (at >= end) break
    at++
  }
  spans.count = count
}

/** A quote closes a cell only where the delimiter or the end follows; other text makes the cell a plain one. */
function closingQuote(bytes: Uint8Array, start: number, end: number, delimiter: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== quote) continue
    if (bytes[at + 1] === quote && at + 1 < end) {
      at++
      continue
    }
    let after = at + 1
    while (after < end && bytes[after] === space) after++
    return after === end || bytes[after] === delimiter ? at : notQuoted
  }
  return unclosed
}

const escapes = [backslash, nul]
const none: number[] = []

/** The same where `escape` stands before the quotes of the text; `notQuoted` where there is no such quote. */
function closingEscaped(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  escape: number,
): number {
  let seen = false
  for (let at = start; at < end; at++) {
    if (bytes[at] === escape) {
      seen ||= bytes[at + 1] === quote
      at++
    } else if (bytes[at] === quote) {
      let after = at + 1
      while (after < end && bytes[after] === space) after++
      return seen && (after === end || bytes[after] === delimiter) ? at : notQuoted
    }
  }
  return notQuoted
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const western = new TextDecoder('windows-1252')

/** UTF-8, or Windows-1252 where the bytes are no UTF-8. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end)
  try {
    return utf8.decode(part)
  } catch {
    return western.decode(part)
  }
}

import type { ImportPlan } from '../api.ts'
import { CellSpans, mostCells, splitCells } from '../read/cells.ts'
import { join, mostLinesOfText, quotesIn } from '../read/records.ts'
import { looksLikeDate, looksLikeNumber } from './lookLike.ts'

export type Delimiter = ImportPlan['delimiter']
const delimiters: Delimiter[] = [',', ';', '\t', '|']
const sampledLines = 200
/** Where records go over several lines, their lines must stand together. */
const sampledTogether = 1000

export interface HeadLine {
  /** Physical line, 1-based. */
  line: number
  bytes: Uint8Array
}

export interface HeadRow {
  line: number
  cells: string[]
  /** Has a date and a number: a row of data by its looks. */
  data: boolean
}

export interface Layout {
  delimiter: Delimiter
  /** Rows of the first part of the file under this delimiter. */
  rows: HeadRow[]
  /** Commonest number of cells of the rows of data (of all rows where none looks like data). */
  width: number
}

/** The delimiter under which most cells of the lines read as dates and numbers. */
export function layoutOf(lines: HeadLine[]): Layout {
  const step = Math.max(1, Math.floor(lines.length / sampledLines))
  const inOneLine = lines.every(({ bytes }) => quotesIn(bytes).count % 2 === 0)
  const sample = inOneLine ? lines.filter((_, i) => i % step === 0) : lines.slice(0, sampledTogether)
  let best: Delimiter = ','
  let bestScore = 0
  for (const delimiter of delimiters) {
    const delimiterScore = score(layoutUnder(delimiter, sample))
    if (delimiterScore > bestScore) {
      best = delimiter
      bestScore = delimiterScore
    }
  }
  return layoutUnder(best, lines)
}

export function layoutUnder(delimiter: Delimiter, lines: HeadLine[]): Layout {
  const spans = new CellSpans()
  const rows: HeadRow[] = []
  const widths = new Set<number>()
  for (let at = 0; at < lines.length; at++) {
    const { line, bytes } = lines[at]
    splitCells(bytes, 0, bytes.length, delimiter.charCodeAt(0), spans)
    if (spans.count === -1) at += followed(lines, at, delimiter.charCodeAt(0), widths, spans)
    else if (spans.count > 1) widths.add(spans.count)
    const cells: string[] = []
    for (let i = 0; i < Math.min(spans.count, mostCells); i++) cells.push(spans.text(i))
    rows.push(headRow(line, cells))
  }
  const dataRows = rows.filter((row) => row.data)
  return {
    delimiter,
    rows,
    width: commonest((dataRows.length > 0 ? dataRows : rows).map((r) => r.cells.length)),
  }
}

/**
 * Follows a quote that is open at the end of a line; the lines it takes, none where it never closes in a record
 * as wide as one before it.
 */
function followed(
  lines: HeadLine[],
  at: number,
  delimiter: number,
  widths: Set<number>,
  spans: CellSpans,
): number {
  let open = true
  for (let more = 1; more <= mostLinesOfText && at + more < lines.length; more++) {
    const quotes = quotesIn(lines[at + more].bytes)
    if (quotes.count % 2 === 1) open = !open
    if (open && !quotes.escaped) continue
    const joined = join(lines.slice(at, at + more + 1).map(({ bytes }) => bytes))
    splitCells(joined, 0, joined.length, delimiter, spans)
    if (spans.count === -1) continue
    if (widths.has(spans.count)) return more
    break
  }
  spans.count = -1
  return 0
}

export function headRow(line: number, cells: string[]): HeadRow {
  const date = cells.findIndex(looksLikeDate)
  return { line, cells, data: date >= 0 && cells.some((cell, i) => i !== date && looksLikeNumber(cell)) }
}

/** Data rows count most, then rows as wide as the commonest. */
function score({ rows, width }: Layout): number {
  if (width < 2) return 0
  let sum = 0
  for (const { cells, data } of rows) {
    if (cells.length !== width) continue
    sum += 1
    if (data) sum += 10 + 10 * cells.filter((cell) => looksLikeNumber(cell) || looksLikeDate(cell)).length
  }
  return sum
}

function commonest(values: number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best = 0
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value
  return best
}

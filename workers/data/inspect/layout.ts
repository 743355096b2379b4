import type { ImportPlan } from '../api.ts'
import { CellSpans, mostCells, splitCells } from '../read/cells.ts'
import { looksLikeDate, looksLikeNumber } from './lookLike.ts'

export type Delimiter = ImportPlan['delimiter']
const delimiters: Delimiter[] = [',', ';', '\t', '|']
const sampledLines = 200

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
  const sample = lines.filter((_, i) => i % step === 0)
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
  for (const { line, bytes } of lines) {
    splitCells(bytes, 0, bytes.length, delimiter.charCodeAt(0), spans)
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

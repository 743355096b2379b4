import type { TableRule } from '../schema.ts'
import { columnsByHeader, columnsByPosition, headerScore, scalesByHeader, type Columns } from './columns.ts'
import type { HeadRow, Layout } from './layout.ts'
import { looksLikeDate, looksLikeNumber } from './lookLike.ts'
import type { Sight } from './sight.ts'
import type { Target } from './target.ts'

/** Beyond the first lines, only the data of price files are so buried that their header must be looked for. */
const likelyHeaderLines = 60

/** The head of a file read as one of the tables. */
export interface Reading {
  target: Target
  header: string[] | null
  /** Null where there is no header, or no line of it. */
  headerLine: number | null
  width: number
  columns: Columns
  scales: Record<string, number>
  /** Columns of a file with types that hold numbers. */
  numbers: string[]
  /** Rows under the header. */
  body: HeadRow[]
  /** Those of them that look like rows of the table. */
  data: HeadRow[]
}

/** How a shape settles what is otherwise looked for. */
export interface Settled {
  header?: HeadRow | null
  columns?: Columns
}

export function readAs(sight: Sight, target: Target, settled: Settled = {}): Reading {
  const { table } = target
  const { layout } = sight
  const header = settled.header === undefined ? headerIn(sight, table) : settled.header
  const width = sight.columns ? sight.columns.length : widthOf(layout, header)
  const body = header && !sight.columns ? layout.rows.filter((row) => row.line > header.line) : layout.rows
  const wide = body.filter((row) => row.cells.length === width)
  const data = isBars(table) ? wide.filter((row) => row.data) : wide
  const columns = settled.columns ?? columnsOf(header?.cells ?? null, data, width, table)
  return {
    target,
    header: header?.cells ?? null,
    headerLine: sight.columns ? null : (header?.line ?? null),
    width,
    columns,
    scales: header ? scalesByHeader(header.cells, columns, table) : {},
    numbers: sight.numbers,
    body,
    data,
  }
}

export function cellsOf({ columns, data }: Reading, role: string): string[] {
  const cell = columns[role] as number | undefined
  return cell === undefined ? [] : data.map(({ cells }) => cells[cell] ?? '')
}

/** Names of a file’s cells, where its first row is one of names and not of data. */
export function plainHeader({ columns, layout }: Sight): HeadRow | null {
  if (columns) return { line: 0, cells: columns, data: false }
  const first = layout.rows.find(({ cells }) => cells.length === layout.width)
  if (!first || first.data || layout.width < 2) return null
  const words = first.cells.filter((cell) => cell !== '')
  const named = words.length >= layout.width * 0.6 && words.every((cell) => /[\p{L}#%]/u.test(cell))
  return named && !words.some((cell) => looksLikeDate(cell)) && new Set(words).size > words.length / 2
    ? first
    : null
}

/** Tables whose every row has a day and numbers: their data are told by that. */
function isBars({ name }: TableRule): boolean {
  return name === 'prices' || name === 'signals'
}

/** The line that names columns of the table; else the line of words right above the first row of data. */
function headerIn(sight: Sight, table: TableRule): HeadRow | null {
  if (sight.columns) return plainHeader(sight)
  const { rows, width } = sight.layout
  const firstData = rows.findIndex((row) => row.data)
  const all = firstData < 0 ? rows : rows.slice(0, firstData)
  const above = isBars(table) ? all : all.slice(0, likelyHeaderLines)
  let best: HeadRow | null = null
  let bestScore = 0
  for (const row of above) {
    const score = headerScore(row.cells, table)
    if (score > bestScore) {
      best = row
      bestScore = score
    }
  }
  if (best) return best
  const last = firstData < 0 ? above[0] : above.at(-1)
  if (!last || last.cells.length !== width || width < 2) return null
  const words = last.cells.filter((cell) => cell !== '')
  const named = words.length >= width - 1 && words.every((cell) => /^[^{}[\]"]*\p{L}/u.test(cell))
  return named && !words.some(looksLikeNumber) ? last : null
}

/** That of the header where a fair part of the rows has it, else the commonest: rows may end in a comma. */
function widthOf({ rows, width }: Layout, header: HeadRow | null): number {
  const data = rows.some((row) => row.data) ? rows.filter((row) => row.data) : rows
  const rowsAsWideAs = (cells: number) => data.filter((row) => row.cells.length === cells).length
  if (!header || rowsAsWideAs(header.cells.length) < rowsAsWideAs(width) * 0.3) return width
  return header.cells.length
}

function columnsOf(header: string[] | null, data: HeadRow[], width: number, table: TableRule): Columns {
  if (!header) {
    const placed = table.name === 'prices' ? columnsByPosition(data, width) : null
    return placed ?? (isBars(table) ? dateColumn({}, data, width) : {})
  }
  const columns = columnsByHeader(header.slice(0, Math.max(width, header.length)), table)
  return !isBars(table) || 'date' in columns ? columns : dateColumn(columns, data, width)
}

/** Where the header does not name the dates (an unnamed index): the first cell that holds them in most rows. */
function dateColumn(columns: Columns, data: HeadRow[], width: number): Columns {
  const taken = new Set(Object.values(columns))
  for (let cell = 0; cell < Math.min(width, 100); cell++) {
    if (taken.has(cell)) continue
    const dates = data.filter(({ cells }) => looksLikeDate(cells[cell])).length
    if (dates > 0 && dates >= data.length * 0.8) return { ...columns, date: cell }
  }
  return columns
}

import type { TableName, ImportPlan } from '../api.ts'
import { dateInWords, noDate, parseDateText } from '../read/dates.ts'
import { roleOf, tables, type TableRule } from '../schema.ts'
import { columnsByHeader, columnsByPosition, headerScore, normalised, type Columns } from './columns.ts'
import { dateFormatOf } from './dateFormat.ts'
import { emptyPlan, type FileFacts } from './emptyPlan.ts'
import { decimalSignOf } from './decimalSign.ts'
import { layoutOf, layoutUnder, type HeadLine, type HeadRow, type Layout } from './layout.ts'
import { looksLikeDate, looksLikeNumber } from './lookLike.ts'
import { problemsOf } from './problems.ts'
import { symbolFromName } from './symbolFromName.ts'

const sampleRows = 8
const leanScale = 10_000

/** What a file seems to be, from its first lines. */
export function planFor(file: FileFacts, lines: HeadLine[], kind: TableName): ImportPlan {
  return describe(file, layoutOf(lines), kind)
}

/**
 * Reads an edited plan again. What the user may edit is kept; header and width follow from the
 * delimiter, and the columns are guessed anew where the header changed with it.
 */
export function replanFor(plan: ImportPlan, lines: HeadLine[]): ImportPlan {
  const layout = layoutUnder(plan.delimiter, lines)
  const fresh = describe(plan, layout, plan.kind)
  const sameHeader = plan.width === fresh.width && plan.headerLine === fresh.headerLine
  const columns = sameHeader ? plan.columns : fresh.columns
  const { decimal, dateFormat, dateAmbiguous, priceScale, symbol } = plan
  const edited: ImportPlan = { ...fresh, columns, decimal, dateFormat, dateAmbiguous, priceScale, symbol }
  edited.symbol = columns.symbol === undefined ? (symbol ?? fresh.symbol ?? '') : null
  return withSample(edited, layout)
}

function describe(file: FileFacts, layout: Layout, kind: TableName): ImportPlan {
  const table = tables[kind]
  const { delimiter, rows } = layout
  const header = headerOf(rows, table, layout.width)
  const width = widthOf(layout, header)
  const data = rows.filter((row) => row.data && row.cells.length === width)
  const columns = columnsOf(header?.cells ?? null, data, width, table)
  const cellsOf = (role: string) =>
    data.flatMap(({ cells }) => (role in columns ? [cells[columns[role]] ?? ''] : []))

  if (cellsOf('volume').every((cell) => cell === '' || cell === '-' || cell === 'N/A')) delete columns.volume
  const numbers = table.columns.filter((c) => c.type === 'DOUBLE').flatMap((c) => cellsOf(roleOf(c)))
  const dates = dateFormatOf(cellsOf('date'))
  const lean = kind === 'prices' && !header && isLeanDaily(data, columns)
  const factors = kind === 'prices' && !header && isLeanFactors(data, width)
  const plan: ImportPlan = {
    ...emptyPlan({ fileId: file.fileId, fileName: file.fileName, bytes: file.bytes }, kind),
    shape: factors ? 'LEAN factors' : lean ? 'LEAN' : shapeOf(header?.cells ?? null, columns, kind),
    content: factors ? 'lean-factors' : 'rows',
    header: header?.cells ?? null,
    headerLine: header?.line ?? null,
    width,
    columns,
    delimiter,
    decimal: decimalSignOf(numbers, delimiter),
    dateFormat: dates?.format ?? 'iso',
    dateAmbiguous: dates?.ambiguous ?? false,
    priceScale: lean ? leanScale : 1,
    symbol: 'symbol' in columns ? null : symbolFromName(file.fileName),
  }
  return withSample(plan, layout)
}

function withSample(plan: ImportPlan, { rows }: Layout): ImportPlan {
  const body = rows.filter((row) => plan.headerLine === null || row.line > plan.headerLine)
  const data = body.filter((row) => row.data && row.cells.length === plan.width)
  const sample = (data.length > 0 ? data : body).slice(0, sampleRows).map(({ cells }) => {
    const date = plan.columns.date
    const day = date === undefined ? noDate : parseDateText(cells[date] ?? '', plan.dateFormat)
    return { cells: cells.slice(0, 40), dateInWords: day === noDate ? null : dateInWords(day) }
  })
  return { ...plan, sample, problems: problemsOf(plan, body, data) }
}

/** The line that names columns of the table; else the line of words right above the first row of data. */
function headerOf(rows: HeadRow[], table: TableRule, width: number): HeadRow | null {
  const firstData = rows.findIndex((row) => row.data)
  const above = firstData < 0 ? rows : rows.slice(0, firstData)
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
  const rowsAsWideAs = (cells: number) => rows.filter((row) => row.data && row.cells.length === cells).length
  if (!header || rowsAsWideAs(header.cells.length) < rowsAsWideAs(width) * 0.3) return width
  return header.cells.length
}

function columnsOf(header: string[] | null, data: HeadRow[], width: number, table: TableRule): Columns {
  if (!header)
    return (table.name === 'prices' && columnsByPosition(data, width)) || dateColumn({}, data, width)
  const columns = columnsByHeader(header.slice(0, Math.max(width, header.length)), table)
  return 'date' in columns ? columns : dateColumn(columns, data, width)
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

/** `yyyymmdd hh:mm`, then whole numbers: prices × 10,000. */
function isLeanDaily(data: HeadRow[], columns: Columns): boolean {
  if (!('open' in columns) || data.length === 0) return false
  return data.every(
    ({ cells }) => /^\d{8} \d\d:\d\d$/.test(cells[0]) && cells.slice(1).every((c) => /^\d+$/.test(c)),
  )
}

/** Date, price factor, split factor, reference close; no header. */
function isLeanFactors(data: HeadRow[], width: number): boolean {
  if (width !== 4 || data.length === 0) return false
  return data.every(({ cells }) => /^\d{8}$/.test(cells[0]) && cells.slice(1).every((c) => Number(c) >= 0))
}

function shapeOf(header: string[] | null, columns: Columns, kind: TableName): string {
  if (kind === 'signals') return 'signals'
  if (!header) return 'open' in columns ? 'prices without a header' : 'unknown shape'
  const names = new Set(header.map(normalised))
  if ('adjFactor' in columns) return 'Contrail'
  if (names.has('closelast')) return 'Nasdaq'
  if (names.has('ticker') && names.has('per') && names.has('openint')) return 'Stooq'
  if (names.has('adjclose') || (names.has('stocksplits') && names.has('dividends'))) return 'Yahoo'
  if (names.size === 6 && ['date', 'open', 'high', 'low', 'close', 'volume'].every((n) => names.has(n))) {
    return 'Stooq or Yahoo'
  }
  return 'open' in columns && 'close' in columns ? 'prices by name' : 'unknown shape'
}

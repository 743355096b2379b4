import { roleOf, type ColumnRule, type TableRule } from '../schema.ts'
import type { HeadRow } from './layout.ts'

export type Columns = Record<string, number>

/** A name of a column as aliases are written: lower-case letters and digits. `<DATE>`, `Close/Last` → `date`, `closelast`. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Role → cell, by the names of the header. The likeliest alias wins; a cell has one role. */
export function columnsByHeader(header: string[], table: TableRule): Columns {
  const names = header.map(normalised)
  const columns: Columns = {}
  const taken = new Set<number>()
  const candidates = rules(table).flatMap((rule) =>
    rule.aliases.map((alias, rank) => ({ role: roleOf(rule), alias, rank })),
  )
  candidates.sort((a, b) => a.rank - b.rank)
  for (const { role, alias } of candidates) {
    const cell = names.indexOf(alias)
    if (cell < 0 || taken.has(cell) || role in columns) continue
    columns[role] = cell
    taken.add(cell)
  }
  return columns
}

/** Cells whose names stand twice in the header, for columns that are used. */
export function repeatedNames(header: string[], columns: Columns): { name: string; cells: number[] }[] {
  const names = header.map(normalised)
  return Object.values(columns).flatMap((cell) => {
    const cells = names.flatMap((name, i) => (name === names[cell] ? [i] : []))
    return cells.length > 1 ? [{ name: header[cell], cells }] : []
  })
}

/** Enough names of prices to know a header by, although its dates stand in an unnamed index. */
const namesWithoutDate = 4
/** A line that names the dates is a better header than one that names all the rest. */
const dateCounts = 10

/** Columns of the table that a line names, weighed; 0 where it names too few to be its header. */
export function headerScore(cells: string[], table: TableRule): number {
  const columns = columnsByHeader(cells, table)
  const found = Object.keys(columns).length
  if ('date' in columns) return found >= 2 ? found + dateCounts : 0
  return found >= namesWithoutDate ? found : 0
}

function rules(table: TableRule): ColumnRule[] {
  return [...table.columns, ...table.sources]
}

/** Roles of price rows without a header: `date, open, high, low, close[, adjusted close], volume`. */
export function columnsByPosition(rows: HeadRow[], width: number): Columns | null {
  const layouts: Record<number, string[]> = {
    5: ['date', 'open', 'high', 'low', 'close'],
    6: ['date', 'open', 'high', 'low', 'close', 'volume'],
    7: ['date', 'open', 'high', 'low', 'close', 'adjClose', 'volume'],
  }
  if (!(width in layouts)) return null
  const columns: Columns = {}
  layouts[width].forEach((role, cell) => (columns[role] = cell))
  const numbers = rows.map(({ cells }) => cells.map((cell) => Number(cell.replaceAll(',', '.'))))
  const fitting = numbers.filter(
    (n) => n[2] >= Math.max(n[1], n[4]) * 0.99 && n[3] <= Math.min(n[1], n[4]) * 1.01,
  )
  return fitting.length >= rows.length * 0.9 ? columns : null
}

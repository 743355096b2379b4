import { roleOf, type ColumnRule, type TableRule } from '../schema.ts'
import type { HeadRow } from './layout.ts'

export type Columns = Record<string, number>

/** A name of a column as aliases are written: lower-case letters and digits. `<DATE>`, `Close/Last`, `1. open` → `date`, `closelast`, `open`. */
export function normalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\d+\.\s+|\s*\((?:utc|gmt|usd)\)\s*$/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Role → cell, by the names of the header. The likeliest alias wins; a cell has one role. */
export function columnsByHeader(header: string[], table: TableRule): Columns {
  const names = header.map(normalised)
  const columns: Columns = {}
  const taken = new Set<number>()
  for (const { role, alias } of candidatesOf(table)) {
    if (role in columns) continue
    const cell = names.indexOf(alias)
    if (cell < 0 || taken.has(cell)) continue
    columns[role] = cell
    taken.add(cell)
  }
  return columns
}

/** Role → what its values are multiplied by, where the name of its column tells another unit. */
export function scalesByHeader(header: string[], columns: Columns, table: TableRule): Record<string, number> {
  const scales: Record<string, number> = {}
  for (const rule of rules(table)) {
    const cell = columns[roleOf(rule)] as number | undefined
    const name = cell === undefined ? '' : normalised(header[cell] ?? '')
    if (rule.scaledAliases && Object.hasOwn(rule.scaledAliases, name) && !rule.aliases.includes(name))
      scales[roleOf(rule)] = rule.scaledAliases[name]
  }
  return scales
}

interface Candidate {
  role: string
  alias: string
}

const candidates = new WeakMap<TableRule, Candidate[]>()

/** Names of the columns of a table, the likeliest of each first. */
function candidatesOf(table: TableRule): Candidate[] {
  let known = candidates.get(table)
  if (!known) {
    known = rules(table)
      .flatMap((rule) => namesOf(rule).map((alias, rank) => ({ role: roleOf(rule), alias, rank })))
      .sort((a, b) => a.rank - b.rank)
    candidates.set(table, known)
  }
  return known
}

/** Normalised names by which a file may call a column. */
export function namesOf({ aliases, scaledAliases }: ColumnRule): string[] {
  return [...aliases, ...Object.keys(scaledAliases ?? {})]
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
  const time = table.columns.find(({ name }) => name === table.time)
  if (!time || time.name !== 'date') return found >= 2 ? found : 0
  if ('date' in columns) return found >= 2 ? found + dateCounts : 0
  return found >= namesWithoutDate ? found : 0
}

export function rules(table: TableRule): ColumnRule[] {
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

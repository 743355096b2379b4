import type { SqlColumn, SqlResult } from '../../../workers/data/api.ts'
import { columnWidth, type GridColumn } from '../browse/gridColumns.ts'

export type SqlCell = SqlResult['cells'][number][number]

/** A cell as text; numbers without commas, because a year is one too. Null where there is nothing. */
export function cellText(cell: SqlCell): string | null {
  if (cell === null) return null
  if (typeof cell === 'number') return numberText(cell)
  return String(cell)
}

/** Twelve digits: 0.1 + 0.2 is 0.3, and a price in full. */
function numberText(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value)
  return String(Number(value.toPrecision(12)))
}

export function sqlGridColumns({ columns, cells }: Pick<SqlResult, 'columns' | 'cells'>): GridColumn[] {
  return columns.map(({ name, type }, i) => ({
    name,
    numeric: type === 'number',
    doc: `${name}: ${typeWords[type]}`,
    width: columnWidth(
      name,
      cells.map((row) => cellText(row[i])),
    ),
  }))
}

const typeWords: Record<SqlColumn['type'], string> = {
  number: 'numbers',
  text: 'texts',
  date: 'days',
  time: 'times in UTC',
  boolean: 'true or false',
  other: 'values shown as text',
}

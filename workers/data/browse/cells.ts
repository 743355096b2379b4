import type { QueryResult } from '../database.ts'
import { quoteIdentifier } from '../sql.ts'
import type { BrowseColumn } from './columns.ts'

/** A column as the query hands it out for the screen: numbers as they are, days and times as texts. */
export function cellSql({ name, type }: BrowseColumn): string {
  const column = quoteIdentifier(name)
  if (type === 'DATE') return `strftime(${column}, '%Y-%m-%d') AS ${column}`
  if (type === 'TIMESTAMP') return `strftime(${column}, '%Y-%m-%d %H:%M') AS ${column}`
  if (type === 'DOUBLE') return `coalesce(${column}::DOUBLE, 'NaN'::DOUBLE) AS ${column}`
  return column
}

/** [rows] texts to show; null where the value is missing. */
export function cellsOf({ name, type, unit }: BrowseColumn, result: QueryResult): (string | null)[] {
  const textOf = unit === 'currency per share' ? priceText : numberText
  if (type === 'DOUBLE')
    return Array.from(result.numbers(name), (value) => (Number.isNaN(value) ? null : textOf(value)))
  return result.texts(name).map((text) => (text === '' ? null : text))
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const price = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 6 })
const fraction = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 8 })

/** 1234567 → 1,234,567; 0.30000000000000004 → 0.3; very large and very small ones in powers of ten. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return whole.format(value)
  const size = Math.abs(value)
  if (!Number.isFinite(value) || size >= 1e15 || size < 1e-6) return String(Number(value.toPrecision(6)))
  return fraction.format(value)
}

/** Prices keep their cents, so that a column of them lines up: 97 → 97.00, 0.1275 → 0.1275. */
function priceText(value: number): string {
  return Math.abs(value) < 1e15 && (value === 0 || Math.abs(value) >= 0.01)
    ? price.format(value)
    : numberText(value)
}

import type { BrowseFilter, BrowseTarget } from '../api.ts'
import type { SqlValue } from '../database.ts'
import { Problem } from '../problem.ts'
import { quoteIdentifier } from '../sql.ts'
import { columnNamed, valueSql, type BrowseColumn } from './columns.ts'

export interface Condition {
  /** '' = every row. */
  sql: string
  values: SqlValue[]
}

/** What the filters ask for, every value as a parameter. Throws a `Problem` for a value of the wrong kind. */
export function conditionOf(target: BrowseTarget, filters: BrowseFilter[]): Condition {
  const conditions = filters.map((filter) => oneCondition(columnNamed(target, filter.column), filter))
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}

function oneCondition(column: BrowseColumn, { test, value }: BrowseFilter): Condition {
  const stored = valueSql(column)
  if (test === 'blank') return { sql: `${stored} IS NULL`, values: [] }
  if (test === 'notBlank') return { sql: `${stored} IS NOT NULL`, values: [] }
  if (test === 'contains') {
    return { sql: `contains(lower(${textSql(column)}), lower(?))`, values: [value] }
  }
  if (column.type === 'VARCHAR') return compare(stored, test, value)
  if (column.type === 'DOUBLE') return compare(stored, test, numberIn(column, value))
  return compareTimes(stored, column, test, value)
}

const signs = { equals: '=', atLeast: '>=', atMost: '<=', above: '>', below: '<' }
type Comparison = keyof typeof signs

function compare(stored: string, test: Comparison, value: SqlValue): Condition {
  return { sql: `${stored} ${signs[test]} ?`, values: [value] }
}

const day = /^\d{4}-\d{2}-\d{2}$/
const time = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?$/

/** Whether the calendar and the clock know it: there is no 30 February. */
function exists(text: string): boolean {
  const milliseconds = Date.parse(`${text.replace(' ', 'T')}${day.test(text) ? '' : 'Z'}`)
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text.slice(0, 10))
}

/** A day stands for all of its hours. */
function compareTimes(stored: string, column: BrowseColumn, test: Comparison, value: string): Condition {
  const text = value.trim()
  if (!(day.test(text) || time.test(text)) || !exists(text)) {
    throw new Problem(
      'filter',
      `“${value}” is no day for ${column.name}. Write it as 2024-01-31, or 2024-01-31 14:05.`,
    )
  }
  if (!day.test(text) || column.type === 'DATE')
    return { sql: `${stored} ${signs[test]} CAST(? AS TIMESTAMP)`, values: [text] }
  const next = `${stored} < CAST(? AS TIMESTAMP) + INTERVAL 1 DAY`
  const from = `${stored} >= CAST(? AS TIMESTAMP)`
  if (test === 'above') return { sql: `${stored} >= CAST(? AS TIMESTAMP) + INTERVAL 1 DAY`, values: [text] }
  if (test === 'below') return { sql: `${stored} < CAST(? AS TIMESTAMP)`, values: [text] }
  if (test === 'atLeast') return { sql: from, values: [text] }
  if (test === 'atMost') return { sql: next, values: [text] }
  return { sql: `${from} AND ${next}`, values: [text, text] }
}

function numberIn({ name }: BrowseColumn, value: string): number {
  const number = Number(value.replaceAll(/[,\s]/g, '').replace('−', '-'))
  if (value.trim() === '' || !Number.isFinite(number))
    throw new Problem('filter', `“${value}” is no number for ${name}. Write it as 1234.5.`)
  return number
}

/** The text that a person sees, as far as it is searched. */
function textSql({ name, type }: BrowseColumn): string {
  const column = quoteIdentifier(name)
  if (type === 'VARCHAR') return column
  if (type === 'TIMESTAMP') return `strftime(${column}, '%Y-%m-%d %H:%M')`
  return `${column}::VARCHAR`
}

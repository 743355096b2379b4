import type { DateFormat, ImportPlan } from '../api.ts'
import { isNoValue } from '../read/textForms.ts'
import { roleOf } from '../schema.ts'
import { dateFormatOf } from './dateFormat.ts'
import { rules } from './columns.ts'
import { cellsOf, type Reading } from './reading.ts'

type Dates = Pick<ImportPlan, 'dateFormat' | 'dateFormats' | 'dateAmbiguous'>

/** How the days and times of a file are written: that of its main column, and of those written otherwise. */
export function dateFormatsOf(reading: Reading): Dates {
  const { table } = reading.target
  const found = new Map<string, { format: DateFormat; ambiguous: boolean }>()
  for (const rule of rules(table)) {
    if (rule.type !== 'DATE' && rule.type !== 'TIMESTAMP') continue
    const role = roleOf(rule)
    const format = dateFormatOf(cellsOf(reading, role).filter((cell) => !isNoValue(cell)))
    if (format) found.set(role, format)
  }
  const main = mainTime(reading)
  const first = (main === null ? undefined : found.get(main)) ?? [...found.values()][0]
  if (!first) return { dateFormat: 'iso', dateFormats: {}, dateAmbiguous: false }
  // A column that can be read in one way only tells it of the others that are written with slashes, too.
  const sure = [...found.values()].find(({ format, ambiguous }) => isSlashed(format) && !ambiguous)
  const dateFormat = first.ambiguous && sure ? sure.format : first.format
  const dateFormats: Partial<Record<string, DateFormat>> = {}
  for (const [role, { format, ambiguous }] of found) {
    if (role === main || (ambiguous && isSlashed(dateFormat)) || format === dateFormat) continue
    dateFormats[role] = format
  }
  const open = [...found.values()].some(({ ambiguous }) => ambiguous)
  return { dateFormat, dateFormats, dateAmbiguous: open && !sure }
}

/** Role of the column of time of a table, where the file has it. */
export function mainTime({ target, columns }: Reading): string | null {
  const rule = target.table.columns.find(({ name }) => name === target.table.time)
  const role = rule ? roleOf(rule) : null
  return role !== null && role in columns ? role : null
}

function isSlashed(format: DateFormat): boolean {
  return format === 'day-first' || format === 'month-first'
}

import type { DateFormat, ImportPlan } from '../../../workers/data/api.ts'
import { bothReadings, type Readings } from './ambiguousDate.ts'
import { roleRules, tableRead, type Role } from './columnRoles.ts'
import { roleOf } from '../../../workers/data/schema.ts'

export const dateFormats: { value: DateFormat; label: string }[] = [
  { value: 'iso', label: '2015-01-02' },
  { value: 'iso-offset', label: '2015-01-02 00:00:00-05:00' },
  { value: 'compact', label: '20150102' },
  { value: 'day-first', label: '02/01/2015, day first' },
  { value: 'month-first', label: '01/02/2015, month first' },
  { value: 'month-name', label: '2 Jan 2015' },
  { value: 'epoch', label: '1420156800, seconds since 1970' },
]

/** Roles of the columns that hold days or times, in the order of the table. */
export function dateRoles({ kind, content, columns }: ImportPlan): Role[] {
  return roleRules(kind, content)
    .filter(
      ({ role, rule }) => rule.type !== 'VARCHAR' && rule.type !== 'DOUBLE' && columns[role] !== undefined,
    )
    .map(({ role }) => role)
}

/** The time a row belongs to; the sample says it in words. */
export function mainDate(plan: ImportPlan): Role | null {
  const { time, columns } = tableRead(plan.kind, plan.content)
  const rule = columns.find(({ name }) => name === time)
  const role = rule ? roleOf(rule) : null
  const roles = dateRoles(plan)
  return role !== null && roles.includes(role) ? role : (roles[0] ?? null)
}

export function formatOf(plan: ImportPlan, role: Role): DateFormat {
  return plan.dateFormats[role] ?? plan.dateFormat
}

/** The plan with the dates of one column written otherwise; the main one leads those that follow it. */
export function withDateFormat(plan: ImportPlan, role: Role, format: DateFormat): Partial<ImportPlan> {
  const dateFormats = { ...plan.dateFormats }
  delete dateFormats[role]
  if (role === mainDate(plan)) return { dateFormat: format, dateFormats, dateAmbiguous: false }
  if (format !== plan.dateFormat) dateFormats[role] = format
  return { dateFormats }
}

/** The chosen order of day and month, for every column written that way. */
export function withDayOrder(plan: ImportPlan, order: 'day-first' | 'month-first'): Partial<ImportPlan> {
  const numeric = (format: DateFormat | undefined) => format === 'day-first' || format === 'month-first'
  const dateFormats = Object.fromEntries(
    Object.entries(plan.dateFormats).map(([role, format]) => [role, numeric(format) ? order : format]),
  )
  const others = Object.values(dateFormats).some(numeric)
  // The doubt is about the main date, unless that is written in a way that leaves none.
  const dateFormat = numeric(plan.dateFormat) || !others ? order : plan.dateFormat
  return { dateFormat, dateFormats, dateAmbiguous: false }
}

/** Both readings of the first date in the sample that can be read two ways. */
export function doubtfulDate(plan: ImportPlan): Readings | null {
  const roles = dateRoles(plan)
  for (const role of roles) {
    const readings = bothReadings(plan.sample.map(({ cells }) => cells[plan.columns[role] ?? -1] ?? ''))
    if (readings) return readings
  }
  return null
}

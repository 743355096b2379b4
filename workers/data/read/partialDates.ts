import { epochDay, noDate } from './dates.ts'

export type Precision = 'day' | 'month' | 'year'

export interface PartialDate {
  /** Epoch day: the last that the text may mean, so that nothing is known too early; `noDate` where it is none. */
  day: number
  precision: Precision
}

const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const none: PartialDate = { day: noDate, precision: 'day' }
const yearMonth = /^(\d{4})[-/. ]?(\d{1,2})$/
const monthYear = /^(\d{1,2})[-/. ](\d{4})$/
const namedMonth = /^([a-z]{3,9})\.?[-/., ]*(\d{4})$|^(\d{4})[-/., ]*([a-z]{3,9})\.?$/i
const quarter = /^(\d{4})[-/. ]?Q([1-4])$|^Q([1-4])[-/. ]?(\d{4})$/i
const year = /^(\d{4})$/

/** A month (`2014-11`, `Nov 2014`), a quarter (`2023Q4`) or a year alone. */
export function parsePartialDate(text: string): PartialDate {
  const [, y] = year.exec(text) ?? []
  if (y !== undefined) return lastOf(+y, null)
  const [, y1, m1] = yearMonth.exec(text) ?? []
  if (y1 !== undefined) return lastOf(+y1, +m1)
  const [, m2, y2] = monthYear.exec(text) ?? []
  if (y2 !== undefined) return lastOf(+y2, +m2)
  const quarterly = quarter.exec(text)
  if (quarterly) return lastOf(+(quarterly[1] ?? quarterly[4]), 3 * +(quarterly[2] ?? quarterly[3]))
  const named = namedMonth.exec(text)
  const month = named ? monthNumber(named[1] ?? named[4]) : null
  return named && month !== null ? lastOf(+(named[2] ?? named[3]), month) : none
}

/** A date whose parts stand in cells of their own; month and day may be missing, the month be a name. */
export function dateOfParts(yearText: string, monthText: string, dayText: string): PartialDate {
  if (!/^\d{4}$/.test(yearText)) return none
  const month = /^\d{1,2}$/.test(monthText) ? +monthText : monthNumber(monthText)
  if (month === null) return lastOf(+yearText, null)
  if (!/^\d{1,2}$/.test(dayText)) return lastOf(+yearText, month)
  return { day: epochDay(+yearText, month, +dayText), precision: 'day' }
}

function monthNumber(name: string): number | null {
  const at = names.indexOf(name.slice(0, 3).toLowerCase())
  return at < 0 ? null : at + 1
}

/** The last day of a month whose first is given; any other day as it is. */
export function endOfMonth(day: number): PartialDate {
  const date = new Date(day * 86_400_000)
  if (date.getUTCDate() !== 1) return { day, precision: 'day' }
  return lastOf(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

function lastOf(year: number, month: number | null): PartialDate {
  if (month === null) return { day: epochDay(year, 12, 31), precision: 'year' }
  const after = month === 12 ? epochDay(year + 1, 1, 1) : epochDay(year, month + 1, 1)
  const first = epochDay(year, month, 1)
  return { day: first === noDate || after === noDate ? noDate : after - 1, precision: 'month' }
}

import type { DateFormat } from '../api.ts'

export const noDate = -2147483648
const msPerDay = 86_400_000
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const earliestYear = 1700
const latestYear = 2200

/** Days since 1970-01-01 of a calendar date; `noDate` where the calendar has no such day. */
export function epochDay(year: number, month: number, day: number): number {
  if (year < earliestYear || year > latestYear || month < 1 || month > 12 || day < 1) return noDate
  if (day > daysInMonth(year, month)) return noDate
  // Days from civil, H. Hinnant, “chrono-Compatible Low-Level Date Algorithms”.
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  )
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function isoOf(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10)
}

/** “2 January 2015”. */
export function dateInWords(day: number): string {
  return new Date(day * msPerDay).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** A time after the date, with or without an offset: read over, because the day written is the day meant. */
const time = String.raw`(?:(?:,?(?:\s+at)?\s+|T)\d{1,2}(?::?\d{2}){0,2}(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|E[SD]?T|[+-]\d{2}(?::?\d{2})?)?)?`
const iso = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`, 'i')
const compact = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${time}$`, 'i')
const numeric = new RegExp(String.raw`^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})${time}$`, 'i')
const dayMonthName = new RegExp(
  String.raw`^(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-/.\s]*([a-z]{3,9})\.?[-/.,\s]*(\d{4}|\d{2})${time}$`,
  'i',
)
const monthNameDay = new RegExp(
  String.raw`^(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?[-/.\s]*(\d{1,2})(?:st|nd|rd|th)?[-/.,\s]+(\d{4}|\d{2})${time}$`,
  'i',
)
const yearMonthName = new RegExp(String.raw`^(\d{4})[-/.\s]([a-z]{3,9})\.?[-/.\s](\d{1,2})${time}$`, 'i')
const epoch = /^(\d{8,10}|\d{12,13})(\.\d+)?$/

/** The epoch day of a text in the given format, `noDate` where it does not fit. No time zone ever shifts it. */
export function parseDateText(text: string, format: DateFormat): number {
  switch (format) {
    case 'iso':
    case 'iso-offset': {
      const match = iso.exec(text)
      return match ? epochDay(+match[1], +match[3], +match[4]) : noDate
    }
    case 'compact': {
      const match = compact.exec(text)
      return match ? epochDay(+match[1], +match[2], +match[3]) : noDate
    }
    case 'day-first': {
      const match = numeric.exec(text)
      return match ? epochDay(fullYear(match[4]), +match[3], +match[1]) : noDate
    }
    case 'month-first': {
      const match = numeric.exec(text)
      return match ? epochDay(fullYear(match[4]), +match[1], +match[3]) : noDate
    }
    case 'month-name':
      return parseMonthName(text)
    case 'epoch': {
      const match = epoch.exec(text)
      if (!match) return noDate
      const seconds = match[1].length >= 12 ? +match[1] / 1000 : +match[1]
      return Math.floor(seconds / 86_400)
    }
  }
}

function parseMonthName(text: string): number {
  const dayFirst = dayMonthName.exec(text)
  if (dayFirst) return epochDay(fullYear(dayFirst[3]), monthOf(dayFirst[2]), +dayFirst[1])
  const monthFirst = monthNameDay.exec(text)
  if (monthFirst) return epochDay(fullYear(monthFirst[3]), monthOf(monthFirst[1]), +monthFirst[2])
  const yearFirst = yearMonthName.exec(text)
  return yearFirst ? epochDay(+yearFirst[1], monthOf(yearFirst[2]), +yearFirst[3]) : noDate
}

function monthOf(name: string): number {
  return monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

/** Two digits: the hundred years up to 2069, as POSIX reads them. */
function fullYear(text: string): number {
  const year = +text
  if (text.length > 2) return year
  return year < 70 ? 2000 + year : 1900 + year
}

const dash = 45

/** As `parseDateText`, from bytes; the commonest form, yyyy-mm-dd, without making a string. */
export function parseDate(bytes: Uint8Array, start: number, end: number, format: DateFormat): number {
  if ((format === 'iso' || format === 'iso-offset') && end - start === 10) {
    if (bytes[start + 4] === dash && bytes[start + 7] === dash) {
      const year = digits(bytes, start, start + 4)
      const month = digits(bytes, start + 5, start + 7)
      const day = digits(bytes, start + 8, start + 10)
      if (year >= 0 && month >= 0 && day >= 0) return epochDay(year, month, day)
    }
  }
  if (end - start > 64) return noDate
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i])
  return parseDateText(text, format)
}

function digits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

import { isoOf, noDate, parseDateText } from '../read/dates.ts'

const written: { pattern: RegExp; text: (match: RegExpExecArray) => string; format: 'iso' | 'month-name' }[] =
  [
    {
      pattern: /(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/,
      text: ([, year, month, day]) => `${year}-${month}-${day}`,
      format: 'iso',
    },
    {
      pattern: /(?<!\d)(\d{1,2})[-_. ]?([A-Za-z]{3,9})[-_. ]?(\d{4})(?!\d)/,
      text: ([, day, month, year]) => `${day} ${month} ${year}`,
      format: 'month-name',
    },
  ]

/** The day that a file name tells, as 2025-08-26; '' where it tells none, or only one that may be read two ways. */
export function dateFromName(fileName: string): string {
  for (const { pattern, text, format } of written) {
    const match = pattern.exec(fileName)
    const day = match ? parseDateText(text(match), format) : noDate
    if (day !== noDate) return isoOf(day)
  }
  return ''
}

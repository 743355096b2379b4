import type { DateFormat } from '../api.ts'
import { dateFormats, formatsOf } from './lookLike.ts'

/**
 * The one format that reads most dates. Ambiguous when day-first and month-first read every one of them
 * alike (no day after the twelfth), unless both say the same days.
 */
export function dateFormatOf(dates: string[]): { format: DateFormat; ambiguous: boolean } | null {
  const counts = new Map<DateFormat, number>()
  for (const date of dates) {
    for (const format of formatsOf(date)) counts.set(format, (counts.get(format) ?? 0) + 1)
  }
  let best: DateFormat | null = null
  for (const format of dateFormats) {
    const count = counts.get(format) ?? 0
    if (count > (best ? (counts.get(best) ?? 0) : 0)) best = format
  }
  if (best === null) return null
  const dayFirst = counts.get('day-first') ?? 0
  const slashed = best === 'day-first' || best === 'month-first'
  const sameDay = (date: string) => {
    const [, first, second] = /^(\d{1,2})\D(\d{1,2})\D/.exec(date) ?? []
    return +first === +second
  }
  const ambiguous = slashed && dayFirst === counts.get('month-first') && !dates.every(sameDay)
  if (
    best === 'iso' &&
    dates.some((date) => /\d(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/.test(date) && /[T\s]/.test(date))
  ) {
    best = 'iso-offset'
  }
  return { format: best, ambiguous }
}

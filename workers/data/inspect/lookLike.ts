import type { DateFormat } from '../api.ts'
import { noDate, parseDateText } from '../read/dates.ts'

const numberLike =
  /^[-+]?\s*(?:US\$|[$€£¥])?\s*[-+]?(?:\d[\d.,'’\s\u00a0\u202f]*|\.\d+)(?:e[+-]?\d+)?\s*[KMBT%€$]?$/i
const firstDay = -25_567
const lastDay = 47_482

export const dateFormats: DateFormat[] = ['iso', 'compact', 'day-first', 'month-first', 'month-name', 'epoch']

/** Whether a cell could be a number in some notation. */
export function looksLikeNumber(cell: string): boolean {
  return cell.length < 40 && numberLike.test(cell.trim())
}

/** The formats in which a cell is a date between 1900 and 2100. */
export function formatsOf(cell: string): DateFormat[] {
  if (cell.length > 40) return []
  return dateFormats.filter((format) => {
    const day = parseDateText(cell, format)
    if (day === noDate || day < firstDay || day > lastDay) return false
    // Eight digits are a compact date before they are seconds of 1970, and a price is neither.
    return format !== 'epoch' || (/^\d{9,}/.test(cell) && day > 0)
  })
}

export function looksLikeDate(cell: string): boolean {
  return formatsOf(cell).length > 0
}

import type { DateFormat } from '../api.ts'
import { noDate, parseDateText } from './dates.ts'

const msPerDay = 86_400_000
const clock =
  /^(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i
const wholeDay = /^(.*?\d)(?:[T\s]+(\d{1,2}:?\d{2}.*))?$/i
const epoch = /^(\d{9,11}|\d{12,14}|\d{15,17}|\d{18,20})(\.\d+)?$/
const nothing = Number.NaN

/**
 * Epoch milliseconds of a moment, NaN where the text does not fit the format of its date. An offset is
 * counted in; without one the time is UTC; without a time it is midnight. Epochs may be written in
 * seconds, milli-, micro- or nanoseconds.
 */
export function parseTimeText(text: string, format: DateFormat): number {
  if (format === 'epoch') return parseEpoch(text)
  const [, datePart, timePart] = wholeDay.exec(text.trim()) ?? []
  if (datePart === undefined) return nothing
  const day = parseDateText(datePart, format)
  if (day === noDate) return nothing
  if (timePart === undefined) return day * msPerDay
  const match = clock.exec(timePart.trim())
  if (!match) return nothing
  const [, hours, minutes, seconds = '0', fraction = '', half, zone] = match
  const hour = hourOf(+hours, half)
  if (hour > 24 || +minutes > 59 || +seconds > 60) return nothing
  const ms = fraction === '' ? 0 : Math.floor(+`0.${fraction}` * 1000)
  return day * msPerDay + ((hour * 60 + +minutes - offsetMinutes(zone)) * 60 + +seconds) * 1000 + ms
}

function parseEpoch(text: string): number {
  const match = epoch.exec(text)
  if (!match) return nothing
  const digits = match[1].length
  if (digits <= 11) return Math.round(+text * 1000)
  return Math.floor(+match[1] / (digits <= 14 ? 1 : digits <= 17 ? 1e3 : 1e6))
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0)
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const hours = +zone.slice(1, 3)
  const minutes = +zone.slice(3).replace(':', '') || 0
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

const dash = 45
const colon = 58
const dot = 46
const blank = 32
const letterT = 84
const letterZ = 90

/** As `parseTimeText`, from bytes; `yyyy-mm-ddThh:mm:ss(.sss)Z` and whole epoch seconds without making a string. */
export function parseTime(bytes: Uint8Array, start: number, end: number, format: DateFormat): number {
  const length = end - start
  const zone = bytes[end - 1] === letterZ ? 1 : 0
  const inMilliseconds = length === 23 + zone && bytes[start + 19] === dot
  if (format === 'epoch' && length === 10) {
    const seconds = digits(bytes, start, end)
    if (seconds >= 0) return seconds * 1000
  }
  if (
    (format === 'iso' || format === 'iso-offset') &&
    (length === 19 + zone || inMilliseconds) &&
    bytes[start + 4] === dash &&
    bytes[start + 7] === dash &&
    (bytes[start + 10] === letterT || bytes[start + 10] === blank) &&
    bytes[start + 13] === colon &&
    bytes[start + 16] === colon
  ) {
    const year = digits(bytes, start, start + 4)
    const month = digits(bytes, start + 5, start + 7)
    const day = digits(bytes, start + 8, start + 10)
    const hour = digits(bytes, start + 11, start + 13)
    const minute = digits(bytes, start + 14, start + 16)
    const second = digits(bytes, start + 17, start + 19)
    const ms = inMilliseconds ? digits(bytes, start + 20, start + 23) : 0
    if (year >= 0 && month >= 0 && day >= 0 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60) {
      const date = epochDayOf(year, month, day)
      if (date !== noDate && second >= 0 && second < 61 && ms >= 0)
        return date * msPerDay + ((hour * 60 + minute) * 60 + second) * 1000 + ms
    }
  }
  if (length > 64) return nothing
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i])
  return parseTimeText(text, format)
}

let lastYear = -1
let lastMonth = -1
let lastMonthStart = noDate

/** Rows of a file come by time, so the month is seldom another than that of the row before. */
function epochDayOf(year: number, month: number, day: number): number {
  if (day < 1 || day > 28) return parseDateText(`${year}-${month}-${day}`, 'iso')
  if (year !== lastYear || month !== lastMonth) {
    lastMonthStart = parseDateText(`${year}-${month}-1`, 'iso')
    lastYear = year
    lastMonth = month
  }
  return lastMonthStart === noDate ? noDate : lastMonthStart + day - 1
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

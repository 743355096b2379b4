import { epochDay } from './read/dates.ts'

/**
 * Trading days of the New York Stock Exchange by its holiday rules since 1990 and the days it closed for
 * other reasons (NYSE, “Holidays and Trading Hours”; “Special closings”). Early closes are trading days.
 */
export const calendarFrom = epochDay(1990, 1, 1)

const specialClosings = new Set([
  epochDay(1994, 4, 27),
  epochDay(2001, 9, 11),
  epochDay(2001, 9, 12),
  epochDay(2001, 9, 13),
  epochDay(2001, 9, 14),
  epochDay(2004, 6, 11),
  epochDay(2007, 1, 2),
  epochDay(2012, 10, 29),
  epochDay(2012, 10, 30),
  epochDay(2018, 12, 5),
  epochDay(2025, 1, 9),
])

const holidays = new Map<number, Set<number>>()

export function isTradingDay(day: number): boolean {
  const weekday = weekdayOf(day)
  if (weekday === 0 || weekday === 6 || specialClosings.has(day)) return false
  const year = new Date(day * 86_400_000).getUTCFullYear()
  let closed = holidays.get(year)
  if (!closed) {
    closed = holidaysOf(year)
    holidays.set(year, closed)
  }
  return !closed.has(day)
}

/** Trading days from `from` to `to`, both included. */
export function tradingDays(from: number, to: number): Int32Array {
  const days: number[] = []
  for (let day = from; day <= to; day++) if (isTradingDay(day)) days.push(day)
  return Int32Array.from(days)
}

function holidaysOf(year: number): Set<number> {
  const days = [
    nthWeekday(year, 2, 1, 3),
    easter(year) - 2,
    lastMonday(year, 5),
    observed(epochDay(year, 7, 4)),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 11, 4, 4),
    observed(epochDay(year, 12, 25)),
  ]
  // A New Year's Day on a Saturday is not made up for: the Friday belongs to the old year.
  const newYear = epochDay(year, 1, 1)
  if (weekdayOf(newYear) !== 6) days.push(observed(newYear))
  if (year >= 1998) days.push(nthWeekday(year, 1, 1, 3))
  if (year >= 2022) days.push(observed(epochDay(year, 6, 19)))
  return new Set(days)
}

/** 0 = Sunday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

function observed(day: number): number {
  const weekday = weekdayOf(day)
  return weekday === 6 ? day - 1 : weekday === 0 ? day + 1 : day
}

function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  const first = epochDay(year, month, 1)
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1)
}

function lastMonday(year: number, month: number): number {
  const last = epochDay(year, month, 31)
  return last - ((weekdayOf(last) + 6) % 7)
}

/** Gregorian Easter Sunday (Meeus, Jones and Butcher). */
function easter(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return epochDay(year, Math.floor(f / 31), (f % 31) + 1)
}

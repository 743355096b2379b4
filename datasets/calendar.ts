/** Days on which the New York Stock Exchange stayed shut outside its rules, with the reason. */
const CLOSED_ONCE: Record<string, string> = {
  '2001-09-11': 'attacks of 11 September',
  '2001-09-12': 'attacks of 11 September',
  '2001-09-13': 'attacks of 11 September',
  '2001-09-14': 'attacks of 11 September',
  '2004-06-11': 'mourning for President Reagan',
  '2007-01-02': 'mourning for President Ford',
  '2012-10-29': 'hurricane Sandy',
  '2012-10-30': 'hurricane Sandy',
  '2018-12-05': 'mourning for President G. H. W. Bush',
  '2025-01-09': 'mourning for President Carter',
}

/** Days since 1970-01-01 of a date of the Gregorian calendar; month 1–12. */
export function epochDay(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 86_400_000
}

/** 0 Sunday … 6 Saturday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** `2020-01-02` for an epoch day. */
export function isoDate(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** The n-th (from 1) given weekday of a month; n = −1 is the last one. */
function nthWeekday(year: number, month: number, wanted: number, n: number): number {
  if (n > 0) {
    const first = epochDay(year, month, 1)
    return first + ((wanted - weekday(first) + 7) % 7) + 7 * (n - 1)
  }
  const last = epochDay(year, month + 1, 1) - 1
  return last - ((weekday(last) - wanted + 7) % 7)
}

/** Easter Sunday, Gregorian (Meeus, Jones and Butcher). */
function easterSunday(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return epochDay(year, Math.floor(n / 31), (n % 31) + 1)
}

/** A holiday on Saturday is kept on Friday, one on Sunday on Monday. */
function observed(day: number): number {
  const w = weekday(day)
  return w === 6 ? day - 1 : w === 0 ? day + 1 : day
}

/** Epoch days on which the exchange is shut in a year, weekends left out. Rules of NYSE Rule 7.2. */
export function exchangeHolidays(year: number): Set<number> {
  const days = [
    nthWeekday(year, 1, 1, 3), // Martin Luther King
    nthWeekday(year, 2, 1, 3), // Washington's birthday
    easterSunday(year) - 2, // Good Friday
    nthWeekday(year, 5, 1, -1), // Memorial Day
    observed(epochDay(year, 7, 4)),
    nthWeekday(year, 9, 1, 1), // Labor Day
    nthWeekday(year, 11, 4, 4), // Thanksgiving
    observed(epochDay(year, 12, 25)),
  ]
  // New Year's Day on a Saturday is not moved into the old year.
  const newYear = epochDay(year, 1, 1)
  if (weekday(newYear) !== 6) days.push(observed(newYear))
  if (year >= 2022) days.push(observed(epochDay(year, 6, 19)))
  for (const date of Object.keys(CLOSED_ONCE)) {
    if (date.startsWith(`${year}-`)) days.push(Date.parse(date) / 86_400_000)
  }
  return new Set(days)
}

/** All trading days of the New York Stock Exchange in `years` calendar years, as epoch days. */
export function tradingDays(firstYear: number, years: number): Int32Array {
  const days: number[] = []
  for (let year = firstYear; year < firstYear + years; year++) {
    const shut = exchangeHolidays(year)
    for (let day = epochDay(year, 1, 1); day < epochDay(year + 1, 1, 1); day++) {
      const w = weekday(day)
      if (w !== 0 && w !== 6 && !shut.has(day)) days.push(day)
    }
  }
  return Int32Array.from(days)
}

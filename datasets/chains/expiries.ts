import { exchangeHolidays, weekday } from '../calendar.ts'

const WEDNESDAY = 3
const FRIDAY = 5
/** Weekly expiries lie between so many days ahead; nearer ones are left to those who quote by the minute. */
const FIRST_WEEKLY = 7
const LAST_WEEKLY = 38
const MONTHLIES = 3

/** Index of the trading day of each weekly quote: Wednesday, or the last day before it in a short week. */
export function quoteDays(dates: Int32Array, first: number): number[] {
  const days: number[] = []
  for (let day = first; day < dates.length; day++) {
    const wednesday = dates[day] + WEDNESDAY - weekday(dates[day])
    const next = day + 1 < dates.length ? dates[day + 1] : Infinity
    if (dates[day] <= wednesday && next > wednesday) days.push(day)
  }
  return days
}

/** Epoch days on which the contracts quoted on a day expire, ascending: Fridays of five weeks, then three
 * third Fridays of months; the day before where the exchange is shut. */
export function expiriesOn(today: number): number[] {
  const friday = today + FRIDAY - weekday(today)
  const fridays: number[] = []
  for (let day = friday; day <= today + LAST_WEEKLY; day += 7) {
    if (day >= today + FIRST_WEEKLY) fridays.push(day)
  }
  const monthly: number[] = []
  const last = fridays.at(-1)!
  for (let day = last + 7; monthly.length < MONTHLIES; day += 7) {
    const ofMonth = new Date(day * 86_400_000).getUTCDate()
    if (ofMonth > 14 && ofMonth <= 21) monthly.push(day)
  }
  return [...fridays, ...monthly].map(openDay)
}

function openDay(day: number): number {
  const year = new Date(day * 86_400_000).getUTCFullYear()
  return exchangeHolidays(year).has(day) ? openDay(day - 1) : day
}

/** Years from a day to an expiry, in calendar days. */
export function yearsTo(today: number, expiry: number): number {
  return (expiry - today) / 365
}

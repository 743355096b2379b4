import { dayMs } from './instants.ts'

const hourMs = 3_600_000
/** New York closes at 20:00 UTC in summer and at 21:00 in winter: by then a day’s bar is final. */
export const finalAtMs = 21 * hourMs
/** The open in summer, the earlier one. */
const opensAtMs = 13.5 * hourMs

/** Whether the bar of a day has closed. */
export function hasClosed(day: number, now: number): boolean {
  return now >= day * dayMs + finalAtMs
}

/** The day whose closing quotes are shown now; null while the market may be open. Weekends belong to Friday. */
export function dayOfQuotes(now: number): number | null {
  let day = Math.floor(now / dayMs)
  const time = now - day * dayMs
  if (!isWeekend(day) && time >= opensAtMs && time < finalAtMs) return null
  if (time < finalAtMs) day--
  while (isWeekend(day)) day--
  return day
}

/** Day 0 was a Thursday. */
function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}

export const minutesPerDay = 1440
/** The close in summer, UTC; in winter it is an hour later, which leaves an hour to spare. */
const close = 20 * 60

/** First epoch day on whose close something can be known that became public at this minute of the epoch. */
export function knownOnCloseOf(minute: number): number {
  return Math.floor((minute + minutesPerDay - close) / minutesPerDay)
}

/** Minute of the epoch of the close of an epoch day. */
export function minuteOfClose(day: number): number {
  return day * minutesPerDay + close
}

/** 2024-01-31 14:05 */
export function minuteText(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ')
}

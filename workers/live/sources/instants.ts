import * as v from 'valibot'

export const dayMs = 86_400_000

/** Epoch milliseconds of an ISO 8601 time that says its offset; NaN where the text is none. */
export function instantOf(text: string): number {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i.test(text)
    ? Date.parse(text)
    : NaN
}

/** A time in a row, as epoch milliseconds. */
export const instant = v.pipe(
  v.string(),
  v.transform(instantOf),
  v.check((time) => !Number.isNaN(time), 'a time such as 2026-01-31T09:30:00Z'),
)

/** 2026-01-31T09:30:00Z */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

/** 2026-01-31 of an epoch day. */
export function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** Epoch day of 2026-01-31; NaN where the calendar has no such day. */
export function epochDayOf(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  // Some engines roll 31 February over into March.
  return !Number.isNaN(time) && isoDay(time / dayMs) === text ? time / dayMs : NaN
}

import { date } from '../../charts/format.ts'

/** “14:02 UTC” of today, “26 Nov 2026, 14:02 UTC” of another day. Both in epoch milliseconds. */
export function moment(at: number, now: number): string {
  if (!Number.isFinite(at)) return '–'
  const day = Math.floor(at / 86_400_000)
  const clock = `${new Date(at).toISOString().slice(11, 16)} UTC`
  return day === Math.floor(now / 86_400_000) ? clock : `${date(day)}, ${clock}`
}

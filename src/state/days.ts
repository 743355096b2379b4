/** Epoch day ⇄ ISO date, both UTC; date inputs speak ISO. */
export function dayToIso(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** NaN for a text that is not a date. */
export function isoToDay(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000
}

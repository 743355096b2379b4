const millisecondsPerDay = 86_400_000

/** Year and month (0–11) of an epoch day, UTC. */
export function monthOf(epochDay: number): { year: number; month: number } {
  const date = new Date(epochDay * millisecondsPerDay)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() }
}

/** “2 January 2015” */
export function dayInWords(epochDay: number): string {
  return new Date(epochDay * millisecondsPerDay).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

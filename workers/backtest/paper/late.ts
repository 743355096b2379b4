const msPerDay = 86_400_000
/** Minutes after midnight UTC at which New York opens in summer; in winter it is an hour later. */
const opens = 13 * 60 + 30

/**
 * Epoch milliseconds of the first open after the close of a day, holidays aside: what was taken after it cannot have
 * been filled there.
 */
export function nextOpen(day: number): number {
  // 1970-01-01 was a Thursday.
  const weekday = (day + 3) % 7
  const ahead = weekday < 4 || weekday === 6 ? 1 : weekday === 4 ? 3 : 2
  return (day + ahead) * msPerDay + opens * 60_000
}

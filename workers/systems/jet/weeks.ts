/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
const firstMonday = 4

/** Number of the week of an epoch day. */
export function weekOf(epochDay: number): number {
  return Math.floor((epochDay - firstMonday) / 7)
}

/** Epoch day of its Monday. */
export function mondayOf(week: number): number {
  return firstMonday + 7 * week
}

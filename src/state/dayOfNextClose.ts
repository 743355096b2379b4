/**
 * The day whose close is next: on a weekend what is known now is decided on at Monday's close.
 *
 * @param at epoch milliseconds
 * @returns epoch day, UTC
 */
export function dayOfNextClose(at: number): number {
  const day = Math.floor(at / 86_400_000)
  // The epoch began on a Thursday.
  const weekday = (day + 4) % 7
  return weekday === 6 ? day + 2 : weekday === 0 ? day + 1 : day
}

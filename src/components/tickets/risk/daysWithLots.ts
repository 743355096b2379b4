/** The nearest day before or after `at` with a lot held over its close; −1 = none. */
export function dayWithLots(lots: ArrayLike<number>, at: number, step: 1 | -1): number {
  for (let day = at + step; day >= 0 && day < lots.length; day += step) if (lots[day] > 0) return day
  return -1
}

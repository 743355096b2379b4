/** Index of the first session on or after a day; `dates.length` where there is none. @param dates ascending */
export function sessionOf(dates: Int32Array, day: number): number {
  let low = 0
  let high = dates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (dates[middle] < day) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The p-quantile of values already in ascending order, by linear interpolation between the two nearest
 * (Hyndman & Fan 1996, type 7: what NumPy does). NaN of nothing.
 */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0 || !(p >= 0 && p <= 1)) return NaN
  const position = p * (sorted.length - 1)
  const below = Math.floor(position)
  const share = position - below
  return share === 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below])
}

/** The p-quantile of values in any order; missing values (NaN) are left out. */
export function quantile(values: ArrayLike<number>, p: number): number {
  return sortedQuantile(sortedValues(values), p)
}

/** The values in ascending order without the missing ones; the input is left as it is. */
export function sortedValues(values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  return Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort()
}

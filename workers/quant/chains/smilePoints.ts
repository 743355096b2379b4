/** What a smile is fitted to: one expiry, ascending by strike; [points] each. */
export interface SmilePoints {
  years: number
  /** log(strike ÷ forward) */
  x: Float64Array
  vol: Float64Array
  /** How closely the quote tells the volatility: half of the spread, with a floor. */
  scale: Float64Array
}

/** Median of values; reorders them. NaN of nothing. */
export function medianOf(values: Float64Array): number {
  const n = values.length
  if (n === 0) return NaN
  const upper = selected(values, n >> 1)
  if (n % 2 === 1) return upper
  let lower = values[0]
  for (let i = 1; i < n >> 1; i++) if (values[i] > lower) lower = values[i]
  return (lower + upper) / 2
}

/** The k-th smallest value, with none larger before it (C. A. R. Hoare's quickselect). */
function selected(values: Float64Array, k: number): number {
  let from = 0
  let to = values.length - 1
  while (from < to) {
    const pivot = values[(from + to) >> 1]
    let i = from
    let j = to
    while (i <= j) {
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
      if (i > j) break
      const value = values[i]
      values[i++] = values[j]
      values[j--] = value
    }
    if (k <= j) to = j
    else if (k >= i) from = i
    else break
  }
  return values[k]
}

/** Standard deviations of a normal in its median absolute deviation. */
export const MAD_TO_SIGMA = 1.4826

/** P. Huber (1964): 1 near, falling as 1 ÷ distance. */
export function huberWeight(distance: number): number {
  const far = Math.abs(distance)
  return far <= 1.345 ? 1 : 1.345 / far
}

/** Tukey's bisquare: nothing at all beyond 4.685. */
export function tukeyWeight(distance: number): number {
  const part = distance / 4.685
  const kept = 1 - part * part
  return kept > 0 ? kept * kept : 0
}

/** What a smile is fitted to: one expiry, ascending by strike; [points] each. */
export interface SmilePoints {
  years: number
  /** log(strike ÷ forward) */
  x: Float64Array
  vol: Float64Array
  /** How closely the quote tells the volatility: half of the spread, with a floor. */
  scale: Float64Array
}

/** Median of a few values; reorders them. NaN of nothing. */
export function medianOf(values: Float64Array): number {
  const n = values.length
  if (n === 0) return NaN
  values.sort()
  return n % 2 === 1 ? values[(n - 1) / 2] : (values[n / 2 - 1] + values[n / 2]) / 2
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

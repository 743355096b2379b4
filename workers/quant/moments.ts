/** Mean; NaN of nothing. Taken as a distance from the first value, so that it is exact where all are equal. */
export function mean(x: ArrayLike<number>): number {
  if (x.length === 0) return NaN
  const origin = x[0]
  let sum = 0
  for (let i = 1; i < x.length; i++) sum += x[i] - origin
  return origin + sum / x.length
}

/** Standard deviation ÷ (n − 1); NaN of fewer than two values, exactly 0 where all are equal. */
export function sampleDeviation(x: ArrayLike<number>): number {
  if (x.length < 2) return NaN
  const centre = mean(x)
  let squares = 0
  for (let i = 0; i < x.length; i++) squares += (x[i] - centre) ** 2
  return Math.sqrt(squares / (x.length - 1))
}

/** Skew and raw kurtosis (3 for a normal) from central moments ÷ n; NaN where nothing varies. */
export function shape(x: ArrayLike<number>): { skew: number; kurtosis: number } {
  const centre = mean(x)
  let second = 0
  let third = 0
  let fourth = 0
  for (let i = 0; i < x.length; i++) {
    const distance = x[i] - centre
    const square = distance * distance
    second += square
    third += square * distance
    fourth += square * square
  }
  const variance = second / x.length
  return {
    skew: third / x.length / (variance * Math.sqrt(variance)),
    kurtosis: fourth / x.length / (variance * variance),
  }
}

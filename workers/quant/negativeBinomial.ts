import { exp, log } from './elementary.ts'

/**
 * The negative binomial distribution of counts with a mean and a size: variance = mean + mean² ÷ size. A size of
 * Infinity is the Poisson distribution.
 *
 * Relative errors of tails are below 1e-11 while mean and size are below a million. Small counts are summed term
 * by term, large ones by the continued fraction of the incomplete beta function (DLMF 8.17.22), with the leading
 * term by C. Loader, “Fast and accurate computation of binomial probabilities” (2000).
 */

/** Probabilities below are given as this one, so that none becomes 0. */
export const LEAST_TAIL = 1e-300

/** Counts and means up to which terms are summed. */
const SUMMED = 256
/** Sizes up to which the continued fraction keeps its digits. */
const FRACTION_SIZE = 1e5
/** 1 ÷ k */
const inverses = Float64Array.from({ length: SUMMED + 1 }, (_, k) => 1 / k)
/** Lower sums above it leave too few digits for the rest. */
const NEARLY_ALL = 0.999
const NEGLIGIBLE = 1e-17

/**
 * P(X ≥ count), at least `LEAST_TAIL`; NaN where something is, or the mean is negative or the size not positive.
 * @param count fractions are rounded up
 */
export function negativeBinomialTail(count: number, mean: number, size: number): number {
  if (!(mean >= 0 && size > 0) || Number.isNaN(count)) return NaN
  const least = Math.ceil(count)
  if (least <= 0) return 1
  if (mean === 0) return LEAST_TAIL
  if (least <= SUMMED && mean <= SUMMED) return Math.max(LEAST_TAIL, summedTail(least, mean, size))
  const tail = size > FRACTION_SIZE ? seriesTail(least, mean, size) : fractionTail(least, mean, size)
  return Math.max(LEAST_TAIL, Math.min(1, tail))
}

/** log P(X = count) */
export function negativeBinomialLogDensity(count: number, mean: number, size: number): number {
  if (size === Infinity) return poissonLogDensity(count, mean)
  if (count === 0) return -size * log1p(mean / size)
  const n = size + count
  const p = size / (size + mean)
  const q = mean / (size + mean)
  return (
    log(size / n) +
    stirlingError(n) -
    stirlingError(size) -
    stirlingError(count) -
    deviance(size, n * p) -
    deviance(count, n * q) +
    0.5 * log(n / (2 * Math.PI * size * count))
  )
}

/** Terms are summed up to the count; where next to nothing is left, those from the count on are. */
function summedTail(count: number, mean: number, size: number): number {
  const poisson = size === Infinity
  // term · (slope + offset ÷ k) is the next one, k its count
  const slope = poisson ? 0 : mean / (size + mean)
  const offset = poisson ? mean : slope * (size - 1)
  let term = exp(poisson ? -mean : -size * log1p(mean / size))
  let below = 0
  for (let k = 1; k <= count; k++) {
    below += term
    term *= slope + offset * inverses[k]
  }
  if (below < NEARLY_ALL) return 1 - below
  let tail = term
  for (let k = count + 1; term > tail * NEGLIGIBLE; k++) {
    term *= slope + offset / k
    tail += term
  }
  return tail
}

function fractionTail(count: number, mean: number, size: number): number {
  const p = size / (size + mean)
  const q = mean / (size + mean)
  const density = exp(negativeBinomialLogDensity(count, mean, size))
  if (q < (count + 1) / (count + size + 2)) return density * betaFraction(count, size, q)
  return 1 - ((density * count) / size) * betaFraction(size, count, p)
}

/** By terms from the count on, or of the counts below it: where few deviations hold few counts. */
function seriesTail(count: number, mean: number, size: number): number {
  const density = exp(negativeBinomialLogDensity(count, mean, size))
  const slope = mean / (size + mean)
  const offset = size === Infinity ? mean : slope * (size - 1)
  if (mean < count + 1) {
    let term = 1
    let sum = 1
    for (let k = count + 1; term > sum * NEGLIGIBLE; k++) {
      term *= slope + offset / k
      sum += term
    }
    return density * sum
  }
  let term = 1
  let sum = 0
  for (let k = count; k > 0 && term > sum * NEGLIGIBLE; k--) {
    term /= slope + offset / k
    sum += term
  }
  return 1 - density * sum
}

function poissonLogDensity(count: number, mean: number): number {
  if (count === 0) return -mean
  return -stirlingError(count) - deviance(count, mean) - 0.5 * log(2 * Math.PI * count)
}

/** a B(a, b) I(x; a, b) ÷ (xᵃ (1 − x)ᵇ), by Lentz's method. */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  if (Math.abs(d) < tiny) d = tiny
  d = 1 / d
  let fraction = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 + even * d
    c = 1 + even / c
    if (Math.abs(d) < tiny) d = tiny
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 + odd * d
    c = 1 + odd / c
    if (Math.abs(d) < tiny) d = tiny
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return fraction
}

/** log Γ(x + 1) − (x + ½) log x + x − ½ log 2π */
function stirlingError(x: number): number {
  let shift = 0
  while (x < 16) {
    shift += (x + 0.5) * log1p(1 / x) - 1
    x++
  }
  const square = 1 / (x * x)
  const series =
    (1 / 12 -
      square *
        (1 / 360 -
          square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))))) /
    x
  return shift + series
}

/** x log(x ÷ mean) + mean − x, without cancellation where they are close. */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) < 0.1 * (x + mean)) {
    const v = (x - mean) / (x + mean)
    let sum = (x - mean) * v
    let power = 2 * x * v
    const square = v * v
    for (let j = 1; j < 1000; j++) {
      power *= square
      const next = sum + power / (2 * j + 1)
      if (next === sum) break
      sum = next
    }
    return sum
  }
  return x * log(x / mean) + mean - x
}

/** log(1 + x) without the rounding of 1 + x (W. Kahan), x ≥ 0. */
function log1p(x: number): number {
  const y = 1 + x
  return y === 1 ? x : y === Infinity ? log(x) : (log(y) * x) / (y - 1)
}

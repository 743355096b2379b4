import { exp, log } from './elementary.ts'

/**
 * P(|T| ≥ |t|) of Student's t with `freedom` > 0 degrees, to about 12 digits even far in the tails; NaN where
 * either is. It is the regularised incomplete beta function at ν ÷ (ν + t²) with a = ν/2, b = ½ (Abramowitz &
 * Stegun 26.7.1), by its continued fraction (ibid. 26.5.8, in the form of Lentz 1976).
 */
export function studentTwoSided(t: number, freedom: number): number {
  if (Number.isNaN(t) || !(freedom > 0)) return NaN
  const square = t * t
  if (square === Infinity) return 0
  return incompleteBeta(freedom / (freedom + square), square / (freedom + square), freedom / 2, 0.5)
}

/** I_x(a, b) of the regularised incomplete beta function; `rest` is 1 − x without its rounding. */
function incompleteBeta(x: number, rest: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (rest <= 0) return 1
  const front = exp(a * log(x) + b * log(rest) + logGamma(a + b) - logGamma(a) - logGamma(b))
  // The fraction converges fast below the mean of the distribution; above it the mirrored one does.
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(rest, b, a)) / b
}

const tiny = 1e-300

function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return fraction
}

const halfLogTwoPi = 0.9189385332046727

/** ln Γ(x), x > 0: Stirling's series from 12 upwards (Abramowitz & Stegun 6.1.41), below by Γ(x + 1) = x Γ(x). */
function logGamma(x: number): number {
  let shift = 1
  let at = x
  for (; at < 12; at++) shift *= at
  const inverse = 1 / at
  const square = inverse * inverse
  const series =
    inverse *
    (1 / 12 -
      square *
        (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360)))))
  return (at - 0.5) * log(at) - at + halfLogTwoPi + series - log(shift)
}

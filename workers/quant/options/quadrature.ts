/** Points in (−1, 1) and their weights: ∫ f ≈ Σ weight × f(point). */
export interface Quadrature {
  points: Float64Array
  weights: Float64Array
}

/**
 * Gauss–Legendre quadrature of n points, exact for polynomials of degree 2n − 1. The roots of each Legendre
 * polynomial lie between those of the one before, where Newton's method finds them without trigonometry.
 */
export function gaussLegendre(n: number): Quadrature {
  let roots: number[] = []
  for (let degree = 1; degree <= n; degree++) {
    const fences = [-1, ...roots, 1]
    roots = Array.from({ length: degree }, (_, i) => rootBetween(fences[i], fences[i + 1], degree))
  }
  const weights = roots.map((x) => {
    const { slope } = legendre(x, n)
    return 2 / ((1 - x * x) * slope * slope)
  })
  return { points: Float64Array.from(roots), weights: Float64Array.from(weights) }
}

function rootBetween(low: number, high: number, degree: number): number {
  const signBelow = legendre(low, degree).value > 0
  for (let i = 0; i < 12; i++) {
    const middle = (low + high) / 2
    if (legendre(middle, degree).value > 0 === signBelow) low = middle
    else high = middle
  }
  let x = (low + high) / 2
  for (let i = 0; i < 4; i++) {
    const { value, slope } = legendre(x, degree)
    x -= value / slope
  }
  return x
}

/** Legendre polynomial of some degree ≥ 1, and its slope for |x| < 1. */
function legendre(x: number, degree: number): { value: number; slope: number } {
  let before = 1
  let value = x
  for (let k = 2; k <= degree; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k
    before = value
    value = next
  }
  return { value, slope: (degree * (before - x * value)) / (1 - x * x) }
}

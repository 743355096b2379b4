import { gaussLegendre } from './quadrature.ts'

/*
 * What the collocation of an American boundary needs and no option changes. The boundary is a polynomial in
 * the square root of the time to expiry, through Chebyshev points; integrals over time run in a variable in
 * which both ends are smooth, so that a few points are enough.
 */

/** Unknown points of the boundary; the one at expiry is known. */
export const NODES = 8
/** Points of an integral along the boundary, and of the one that gives the price. */
export const BOUNDARY_POINTS = 8
export const PRICE_POINTS = 16

/** −cos(π i ÷ 8), by halving angles: square roots have the same bits everywhere, cosines do not. */
const half = Math.SQRT1_2
const narrow = Math.sqrt(2 + Math.SQRT2) / 2
const wide = Math.sqrt(2 - Math.SQRT2) / 2
const CHEBYSHEV = [-1, -narrow, -half, -wide, 0, wide, half, narrow, 1]

/** [NODES] √(time to expiry ÷ years) of each unknown point, ascending; the last is 1. */
export const NODE_ROOT = Float64Array.from({ length: NODES }, (_, i) => (1 + CHEBYSHEV[i + 1]) / 2)

/** A quadrature over the time from now to a later expiry. */
export interface TimeQuadrature {
  /** √(time from now ÷ whole) of each point. */
  elapsed: Float64Array
  /** √(time left ÷ whole): elapsed² + left² = 1. */
  left: Float64Array
  /** Weight of each point, for an integral over time ÷ whole. */
  weights: Float64Array
}

/**
 * With elapsed = 2w ÷ (1 + w²) and left = (1 − w²) ÷ (1 + w²), the half angle of a circle, integrands in the
 * square roots of the times from both ends are smooth in w.
 */
export function timeQuadrature(points: number): TimeQuadrature {
  const { points: at, weights } = gaussLegendre(points)
  const result = {
    elapsed: new Float64Array(points),
    left: new Float64Array(points),
    weights: new Float64Array(points),
  }
  for (let j = 0; j < points; j++) {
    const w = (1 + at[j]) / 2
    const circle = 1 + w * w
    const elapsed = (2 * w) / circle
    const left = (1 - w * w) / circle
    result.elapsed[j] = elapsed
    result.left[j] = left
    // d(elapsed²) = 2 elapsed · 2 left ÷ (1 + w²) dw, and dw = half the step of the point.
    result.weights[j] = (weights[j] * 2 * elapsed * left) / circle
  }
  return result
}

/**
 * Writes at `offset` the weights of the unknown points in the value of the polynomial at a root of time
 * (barycentric, Berrut and Trefethen 2004); at expiry itself the polynomial is 0.
 */
export function writeInterpolation(root: number, into: Float64Array, offset: number): void {
  const z = 2 * root - 1
  const terms = CHEBYSHEV.map((x, i) => {
    const weight = (i === 0 || i === NODES ? 0.5 : 1) * (i % 2 === 0 ? 1 : -1)
    return weight / (z - x)
  })
  const sum = terms.reduce((total, term) => total + term, 0)
  for (let i = 0; i < NODES; i++) into[offset + i] = terms[i + 1] / sum
}

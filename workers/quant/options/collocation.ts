import { gaussLegendre } from './quadrature.ts'

/*
 * What the collocation of an American boundary needs and no option changes. The boundary is a polynomial in
 * the square root of the time to expiry, through Chebyshev points; integrals over time run in a variable in
 * which both ends are smooth, so that a few points are enough.
 */

const half = Math.SQRT1_2
const narrow = Math.sqrt(2 + Math.SQRT2) / 2
const wide = Math.sqrt(2 - Math.SQRT2) / 2
const golden = Math.sqrt(5)

/** −cos(π i ÷ n) by square roots, which have the same bits everywhere; cosines do not. */
const chebyshev = {
  4: [-1, -half, 0, half, 1],
  5: [-1, -(golden + 1) / 4, -(golden - 1) / 4, (golden - 1) / 4, (golden + 1) / 4, 1],
  6: [-1, -Math.sqrt(3) / 2, -0.5, 0, 0.5, Math.sqrt(3) / 2, 1],
  8: [-1, -narrow, -half, -wide, 0, wide, half, narrow, 1],
}

/** How finely a boundary is drawn. */
export interface Collocation {
  /** Unknown points of the boundary; the one at expiry is known. */
  nodes: number
  /** [nodes] √(time to expiry ÷ years) of each unknown point, ascending; the last is 1. */
  nodeRoot: Float64Array
  /** Integral along the boundary, from each node on. */
  along: TimeQuadrature
  /** [nodes × points × nodes] values of the polynomial at the points of each node's integral. */
  alongValues: Float64Array
  /** The integral that gives the price. */
  toExpiry: TimeQuadrature
  /** [points × nodes] */
  toExpiryValues: Float64Array
  /** Fixed-point sweeps. */
  sweeps: number
}

export function collocation(
  nodes: keyof typeof chebyshev,
  boundaryPoints: number,
  pricePoints: number,
  sweeps: number,
): Collocation {
  const fences = chebyshev[nodes]
  const nodeRoot = Float64Array.from({ length: nodes }, (_, i) => (1 + fences[i + 1]) / 2)
  const along = timeQuadrature(boundaryPoints)
  const toExpiry = timeQuadrature(pricePoints)
  const alongValues = new Float64Array(nodes * boundaryPoints * nodes)
  const toExpiryValues = new Float64Array(pricePoints * nodes)
  for (let i = 0; i < nodes; i++) {
    for (let j = 0; j < boundaryPoints; j++) {
      const offset = (i * boundaryPoints + j) * nodes
      writeInterpolation(fences, nodeRoot[i] * along.left[j], alongValues, offset)
    }
  }
  for (let j = 0; j < pricePoints; j++) {
    writeInterpolation(fences, toExpiry.left[j], toExpiryValues, j * nodes)
  }
  return { nodes, nodeRoot, along, alongValues, toExpiry, toExpiryValues, sweeps }
}

/** A quadrature over the time from now to a later expiry. */
export interface TimeQuadrature {
  points: number
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
function timeQuadrature(points: number): TimeQuadrature {
  const { points: at, weights } = gaussLegendre(points)
  const result = {
    points,
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
function writeInterpolation(
  fences: readonly number[],
  root: number,
  into: Float64Array,
  offset: number,
): void {
  const nodes = fences.length - 1
  const z = 2 * root - 1
  const terms = fences.map((x, i) => {
    const weight = (i === 0 || i === nodes ? 0.5 : 1) * (i % 2 === 0 ? 1 : -1)
    return weight / (z - x)
  })
  const sum = terms.reduce((total, term) => total + term, 0)
  for (let i = 0; i < nodes; i++) into[offset + i] = terms[i + 1] / sum
}

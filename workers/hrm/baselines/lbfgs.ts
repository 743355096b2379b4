/** Value of a smooth function at x; writes its gradient. */
export type Smooth = (x: Float64Array, gradient: Float64Array) => number

export interface Minimum {
  x: Float64Array
  value: number
  gradient: Float64Array
  /** whether the gradient came below the tolerance in every place */
  converged: boolean
}

/** Pairs of steps and gradient changes that stand for the curvature. */
const memory = 10
/** Of the weak Wolfe conditions: a step must lower the value, and leave the slope behind it. */
const sufficientDecrease = 1e-4
const curvature = 0.9

/**
 * L-BFGS (D. C. Liu & J. Nocedal, "On the limited memory BFGS method for large scale optimization", Math.
 * Programming 45, 1989): the two-loop recursion, with steps found by bisection for the weak Wolfe conditions
 * (A. S. Lewis & M. L. Overton, "Nonsmooth optimization via quasi-Newton methods", ibid. 141, 2013), which
 * keep the curvature of every pair positive. Ends at the tolerance, at `iterations`, or where rounding leaves
 * no step that helps.
 *
 * @param tolerance largest size of any entry of the gradient
 * @param each awaited before every iteration; what it throws ends the search
 */
export async function minimise(
  smooth: Smooth,
  start: Float64Array,
  { tolerance, iterations }: { tolerance: number; iterations: number },
  each: () => Promise<void>,
): Promise<Minimum> {
  let x: Float64Array = start.slice()
  let gradient: Float64Array = new Float64Array(x.length)
  let value = smooth(x, gradient)
  const pairs: { step: Float64Array; change: Float64Array; inverse: number }[] = []
  for (let iteration = 0; iteration < iterations && largest(gradient) > tolerance; iteration++) {
    await each()
    const direction = descent(gradient, pairs)
    const found = wolfeStep(smooth, x, value, gradient, direction, pairs.length === 0)
    if (found === null) break
    const step = found.x.map((entry, i) => entry - x[i])
    const change = found.gradient.map((entry, i) => entry - gradient[i])
    pairs.push({ step, change, inverse: 1 / dot(step, change) })
    if (pairs.length > memory) pairs.shift()
    ;({ x, value, gradient } = found)
  }
  return { x, value, gradient, converged: largest(gradient) <= tolerance }
}

/** −H · gradient by the two-loop recursion (Nocedal & Wright, "Numerical Optimization", algorithm 7.4). */
function descent(
  gradient: Float64Array,
  pairs: { step: Float64Array; change: Float64Array; inverse: number }[],
): Float64Array {
  const direction = gradient.map((entry) => -entry)
  const shares = new Float64Array(pairs.length)
  for (let k = pairs.length - 1; k >= 0; k--) {
    shares[k] = pairs[k].inverse * dot(pairs[k].step, direction)
    addTo(direction, -shares[k], pairs[k].change)
  }
  const newest = pairs.at(-1)
  if (newest !== undefined) {
    const scale = 1 / (newest.inverse * dot(newest.change, newest.change))
    for (let i = 0; i < direction.length; i++) direction[i] *= scale
  }
  pairs.forEach(({ step, change, inverse }, k) =>
    addTo(direction, shares[k] - inverse * dot(change, direction), step),
  )
  return direction
}

/** Null where no step lowers the value any more. */
function wolfeStep(
  smooth: Smooth,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  first: boolean,
): { x: Float64Array; value: number; gradient: Float64Array } | null {
  const slope = dot(gradient, direction)
  if (!(slope < 0)) return null
  let shortest = 0
  let longest = Infinity
  // Nothing is known of the scale before the first step.
  let length = first ? Math.min(1, 1 / Math.sqrt(-slope)) : 1
  for (let attempt = 0; attempt < 50; attempt++) {
    const at = x.map((entry, i) => entry + length * direction[i])
    const gradientAt = new Float64Array(x.length)
    const valueAt = smooth(at, gradientAt)
    if (!(valueAt <= value + sufficientDecrease * length * slope)) longest = length
    else if (dot(gradientAt, direction) < curvature * slope) shortest = length
    else return { x: at, value: valueAt, gradient: gradientAt }
    length = longest === Infinity ? 2 * shortest : (shortest + longest) / 2
  }
  return null
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function addTo(out: Float64Array, factor: number, values: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += factor * values[i]
}

function largest(values: Float64Array): number {
  let size = 0
  for (const value of values) if (!(Math.abs(value) <= size)) size = Math.abs(value)
  return size
}

import type { SmileFit } from './analysis.ts'
import { NormalEquations } from './normalEquations.ts'
import { fitOwnSmile } from './ownSmile.ts'
import { fitSharedShape } from './sharedShape.ts'
import { huberWeight, MAD_TO_SIGMA, medianOf, type SmilePoints } from './smilePoints.ts'

export interface FittedSmile {
  fit: SmileFit
  /** [points] error of the fit around the point: that of the expiry, or what the strikes beside it are off by */
  localError: Float64Array
}

/** So many strikes tell all five parameters of an expiry; fewer are helped by the other expiries. */
const OWN_SHAPE = 10
const FREE = 0.5
const HELD = 0.02
/** Strikes of a chain that tell a shape at all. */
const SHAPE = 7
const QUADRATIC = 4
/** Strikes' worth of the whole chain in the error of each expiry. */
const SHARED_ERROR = 6
/** Strikes beside one that tell the error there. */
const BESIDE = 6

/** @param chain by expiry; where there are no points there is no smile */
export function fitSmiles(chain: readonly SmilePoints[]): FittedSmile[] {
  const strikes = chain.reduce((sum, { x }) => sum + x.length, 0)
  const usable = chain.map(({ x }) => x.length >= 2)
  const used = chain.filter((_, e) => usable[e])
  if (strikes < SHAPE || used.length === 0) return chain.map(fitQuadratic)
  // Strikes enough: the expiry's own shape is a better start than the common one, and the common one is not asked.
  const sparse = used.some(({ x }) => x.length < OWN_SHAPE)
  const common = sparse ? fitSharedShape(used) : null
  const own = used.map((points, e) => {
    const rich = points.x.length >= OWN_SHAPE
    const { rho, eta, level, noise } = rich || !common ? fitSharedShape([points]) : common
    const theta = rich || !common ? level[0] : level[e]
    return fitOwnSmile(points, { theta, rho, eta, noise }, rich ? FREE : HELD)
  })
  const pooled = meanSquare(
    own.flatMap(({ leftOut, weight }, e) =>
      Array.from(leftOut, (off, i) => ({ off: off / used[e].scale[i], weight: weight[i] })),
    ),
  )
  let next = 0
  return chain.map((points, e) => {
    if (!usable[e]) return nothing(points)
    const { parameters, leftOut, weight } = own[next++]
    const n = points.x.length
    const mine = meanSquare(Array.from(leftOut, (off, i) => ({ off, weight: weight[i] })))
    const scale = meanSquare(Array.from(points.scale, (off) => ({ off, weight: 1 })))
    const error = Math.sqrt((n * mine + SHARED_ERROR * pooled * scale) / (n + SHARED_ERROR))
    return {
      fit: { kind: 'svi', parameters, error, ...range(points) },
      localError: localErrors(leftOut, error),
    }
  })
}

function meanSquare(values: readonly { off: number; weight: number }[]): number {
  let sum = 0
  let weights = 0
  for (const { off, weight } of values) {
    sum += weight * off * off
    weights += weight
  }
  return weights > 0 ? sum / weights : 0
}

const range = ({ x }: SmilePoints) => ({ from: x[0], to: x[x.length - 1] })

const nothing = ({ x }: SmilePoints): FittedSmile => ({
  fit: { kind: 'none', parameters: [], error: NaN, from: NaN, to: NaN },
  localError: new Float64Array(x.length).fill(NaN),
})

/**
 * Where all strikes around one are off, the smile has another shape than the fit, and that is no mispricing: the error
 * there is at least their median, made a standard deviation.
 */
function localErrors(leftOut: Float64Array, error: number): Float64Array {
  const n = leftOut.length
  const around = new Float64Array(BESIDE)
  return leftOut.map((_, i) => {
    if (n <= BESIDE) return error
    const from = Math.min(n - 1 - BESIDE, Math.max(0, i - BESIDE / 2))
    for (let k = 0, j = from; k < BESIDE; j++) if (j !== i) around[k++] = Math.abs(leftOut[j])
    return Math.max(error, MAD_TO_SIGMA * medianOf(around))
  })
}

const ROUNDS = 8

/** Volatility as a quadratic in y = x ÷ √years, for a chain of so few strikes that it tells no more. */
export function fitQuadratic(points: SmilePoints): FittedSmile {
  const { years, x, vol, scale } = points
  const n = x.length
  if (n < QUADRATIC) return nothing(points)
  const equations = new NormalEquations(3)
  const row = new Float64Array(3)
  const solution = new Float64Array(3)
  const weight = new Float64Array(n).fill(1)
  const write = (i: number) => {
    const y = x[i] / Math.sqrt(years)
    row[0] = 1
    row[1] = y
    row[2] = y * y
  }
  const residual = (i: number) => {
    write(i)
    return vol[i] - row[0] * solution[0] - row[1] * solution[1] - row[2] * solution[2]
  }
  for (let round = 0; round < ROUNDS; round++) {
    equations.clear()
    for (let i = 0; i < n; i++) {
      write(i)
      equations.add(row, vol[i], weight[i] / (scale[i] * scale[i]))
    }
    if (!equations.solve(solution)) return nothing(points)
    for (let i = 0; i < n; i++) weight[i] = huberWeight(residual(i) / scale[i])
  }
  equations.decompose()
  const leftOut = vol.map((_, i) => {
    const off = residual(i)
    const leverage = (weight[i] * equations.leverage(row)) / (scale[i] * scale[i])
    return off / Math.max(0.05, 1 - leverage)
  })
  const error = Math.sqrt(leftOut.reduce((sum, off) => sum + off * off, 0) / n)
  return {
    fit: { kind: 'quadratic', parameters: [...solution], error, ...range(points) },
    localError: localErrors(leftOut, error),
  }
}

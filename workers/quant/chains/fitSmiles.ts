import { fitQuadratic } from './fitQuadratic.ts'
import { fittedSmile, noSmile, type FittedSmile } from './fittedSmile.ts'
import { fitOwnSmile } from './ownSmile.ts'
import { fitSharedShape } from './sharedShape.ts'
import type { SmilePoints } from './smilePoints.ts'

/** Strikes from which on an expiry tells its shape by itself. */
const OWN_SHAPE = 10
/** Standard deviations of an expiry's shape about the one it starts from: its own, or that of the whole chain. */
const FREE = 0.5
const HELD = 0.02
/** Strikes of a whole chain that tell a shape, and of an expiry that tell a level. */
const SHAPE = 7
const LEVEL = 2
/** Strikes' worth of the whole chain in the error of each expiry. */
const SHARED_ERROR = 6

/**
 * A smile for each expiry: SVI; where its strikes are few, SVI held to the shape that all strikes of the chain have in
 * common, because a quadratic through few strikes of a fair smile is off by several half-spreads; a quadratic where the
 * whole chain has too few.
 * @param chain by expiry, ascending
 */
export function fitSmiles(chain: readonly SmilePoints[]): FittedSmile[] {
  const strikes = chain.reduce((sum, { x }) => sum + x.length, 0)
  const usable = chain.map(({ x }) => x.length >= LEVEL)
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
    if (!usable[e]) return noSmile(points)
    const { parameters, leftOut, weight } = own[next++]
    const n = points.x.length
    const mine = meanSquare(Array.from(leftOut, (off, i) => ({ off, weight: weight[i] })))
    const scale = meanSquare(Array.from(points.scale, (off) => ({ off, weight: 1 })))
    const error = Math.sqrt((n * mine + SHARED_ERROR * pooled * scale) / (n + SHARED_ERROR))
    return fittedSmile('svi', parameters, error, points, leftOut)
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

import { NormalEquations } from './normalEquations.ts'
import { huberWeight, MAD_TO_SIGMA, medianOf, tukeyWeight, type SmilePoints } from './smilePoints.ts'

/**
 * What the smiles of a chain have in common. Total variance at y = x ÷ √θ, for total variance θ at the forward, is
 * w = θ ⁄ 2 · (1 + ρ η y + √((η y + ρ)² + 1 − ρ²)): the surface SSVI of J. Gatheral and A. Jacquier (2014).
 */
export interface SharedShape {
  rho: number
  eta: number
  /** [expiries] θ */
  level: Float64Array
  /** Robust standard deviation of what is left, in scales of the points. */
  noise: number
}

const ROUNDS = 12
/** Of them, rounds before far points lose all their weight. */
const HUBER_ROUNDS = 6
/** What is believed before any point is seen, and how firmly. */
const PRIOR = { rho: -0.3, rhoSd: 0.5, eta: 1, etaSd: 0.7 }
/** Noise is never believed to be less than this share of the half-spread. */
export const LEAST_NOISE = 0.15

/** Fits level and shape together; each expiry must have a point. */
export function fitSharedShape(chain: readonly SmilePoints[]): SharedShape {
  const level = Float64Array.from(chain, startLevel)
  const count = chain.reduce((sum, { x }) => sum + x.length, 0)
  const residual = new Float64Array(count)
  const sorted = new Float64Array(count)
  const levelSlope = new Float64Array(count)
  const shapeSlope = new Float64Array(2 * count)
  const weight = new Float64Array(count)
  const equations = new NormalEquations(2)
  const step = new Float64Array(2)
  const row = new Float64Array(2)
  let { rho, eta } = PRIOR as { rho: number; eta: number }
  let noise = 1
  for (let round = 0; round < ROUNDS; round++) {
    let at = 0
    for (let e = 0; e < chain.length; e++) {
      const { years, x, vol } = chain[e]
      const root = Math.sqrt(level[e])
      for (let i = 0; i < x.length; i++, at++) {
        const z = (eta * x[i]) / root
        const distance = Math.sqrt(z * z + 2 * rho * z + 1)
        const g = (1 + rho * z + distance) / 2
        const along = (z * (rho + (z + rho) / distance)) / 2
        const fitted = Math.sqrt((level[e] * g) / years)
        const half = fitted / (2 * g)
        residual[at] = vol[i] - fitted
        levelSlope[at] = half * (g - along / 2)
        shapeSlope[2 * at] = (half * (z + z / distance)) / 2
        shapeSlope[2 * at + 1] = half * along
      }
    }
    at = 0
    for (const { scale } of chain) {
      for (let i = 0; i < scale.length; i++, at++) sorted[at] = Math.abs(residual[at]) / scale[i]
    }
    // The first levels are guesses: as the noise of a fit that is not yet one it would be taken for large.
    noise = Math.max(LEAST_NOISE, MAD_TO_SIGMA * medianOf(sorted))
    equations.clear()
    at = 0
    for (const { scale } of chain) {
      const from = at
      let ll = 0
      let l0 = 0
      let l1 = 0
      for (let i = 0; i < scale.length; i++, at++) {
        const off = residual[at] / (noise * scale[i])
        const robust = round < HUBER_ROUNDS ? huberWeight(off) : tukeyWeight(off)
        const w = robust / (noise * noise * scale[i] * scale[i])
        weight[at] = w
        ll += w * levelSlope[at] * levelSlope[at]
        l0 += w * levelSlope[at] * shapeSlope[2 * at]
        l1 += w * levelSlope[at] * shapeSlope[2 * at + 1]
      }
      if (!(ll > 0)) continue
      // The level of the expiry is taken out of its rows, so that the shape alone is left to solve for.
      for (let i = from; i < at; i++) {
        row[0] = shapeSlope[2 * i] - (levelSlope[i] * l0) / ll
        row[1] = shapeSlope[2 * i + 1] - (levelSlope[i] * l1) / ll
        equations.add(row, residual[i], weight[i])
      }
    }
    equations.pull(0, PRIOR.rho - rho, 1 / (PRIOR.rhoSd * PRIOR.rhoSd))
    equations.pull(1, (PRIOR.eta - eta) / eta, 1 / (PRIOR.etaSd * PRIOR.etaSd))
    if (!equations.solve(step)) break
    step[0] = Math.min(0.3, Math.max(-0.3, step[0]))
    step[1] = Math.min(0.4, Math.max(-0.4, step[1]))
    at = 0
    for (let e = 0; e < chain.length; e++) {
      let ll = 0
      let right = 0
      for (let i = 0; i < chain[e].x.length; i++, at++) {
        const left = residual[at] - shapeSlope[2 * at] * step[0] - shapeSlope[2 * at + 1] * step[1]
        ll += weight[at] * levelSlope[at] * levelSlope[at]
        right += weight[at] * levelSlope[at] * left
      }
      if (ll > 0) level[e] *= 1 + Math.min(0.5, Math.max(-0.4, right / ll))
    }
    rho = Math.min(0.95, Math.max(-0.95, rho + step[0]))
    // No butterfly is free below (theorem 4.2 of the paper, for small θ).
    const most = 2 / Math.sqrt(1 + Math.abs(rho))
    eta = Math.min(most, Math.max(0.05, eta * (1 + step[1])))
    if (round >= HUBER_ROUNDS && Math.abs(step[0]) + Math.abs(step[1]) < 1e-5) break
  }
  return { rho, eta, level, noise }
}

/** Total variance of the point nearest to the forward. */
function startLevel({ years, x, vol }: SmilePoints): number {
  let nearest = 0
  for (let i = 1; i < x.length; i++) if (Math.abs(x[i]) < Math.abs(x[nearest])) nearest = i
  return vol[nearest] * vol[nearest] * years
}

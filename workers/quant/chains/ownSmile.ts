import type { SmileFit } from './analysis.ts'
import { NormalEquations } from './normalEquations.ts'
import { LEAST_NOISE } from './sharedShape.ts'
import { huberWeight, MAD_TO_SIGMA, medianOf, tukeyWeight, type SmilePoints } from './smilePoints.ts'

/*
 * The smile of one expiry: raw SVI with all its five parameters, pulled towards the shape that the chain has in
 * common, by so much as that shape has been seen to hold. With y = x ÷ √θ,
 * w = θ · level · (1 + B (ρ y + √((y − M)² + S²) − √(M² + S²))).
 */

/** Start, and what the pull is towards. */
export interface SmileStart {
  theta: number
  rho: number
  eta: number
  noise: number
}

export interface OwnSmile {
  parameters: SmileFit['parameters']
  /** [points] */
  fitted: Float64Array
  /** [points] residual had the point been left out of its own fit */
  leftOut: Float64Array
  /** [points] 1 near the smile, less further off, never nothing: how much a point counts in the error of the fit */
  weight: Float64Array
}

const UNKNOWNS = 5
const HUBER_ROUNDS = 5
const ROUNDS = 12

const equations = new NormalEquations(UNKNOWNS)
const step = new Float64Array(UNKNOWNS)
const row = new Float64Array(UNKNOWNS)

/** @param hold standard deviation of the expiry's own shape about the common one: of B and S relative, of ρ and M */
export function fitOwnSmile(points: SmilePoints, start: SmileStart, hold: number): OwnSmile {
  const { years, x, vol, scale } = points
  const n = x.length
  const { theta, rho, eta } = start
  const root = Math.sqrt(theta)
  const centre = [1, eta / 2, rho, -rho / eta, Math.sqrt(1 - rho * rho) / eta]
  const held = [0, hold * centre[1], hold, hold, hold * centre[4]].map((sd) => (sd > 0 ? 1 / (sd * sd) : 0))
  const p = Float64Array.from(centre)
  const fitted = new Float64Array(n)
  const weight = new Float64Array(n).fill(1)
  const sorted = new Float64Array(n)
  const slopes = new Float64Array(n * UNKNOWNS)
  let noise = start.noise
  const evaluate = (withSlopes: boolean) => {
    const [level, b, r, m, s] = p
    const centreDistance = Math.sqrt(m * m + s * s)
    for (let i = 0; i < n; i++) {
      const y = x[i] / root
      const away = y - m
      const distance = Math.sqrt(away * away + s * s)
      const bend = r * y + distance - centreDistance
      const g = 1 + b * bend
      const safe = g > 1e-4 ? g : 1e-4
      const value = Math.sqrt((theta * level * safe) / years)
      fitted[i] = value
      if (!withSlopes) continue
      const half = value / (2 * safe)
      const at = i * UNKNOWNS
      slopes[at] = value / (2 * level)
      slopes[at + 1] = half * bend
      slopes[at + 2] = half * b * y
      slopes[at + 3] = half * b * (-away / distance - m / centreDistance)
      slopes[at + 4] = half * b * s * (1 / distance - 1 / centreDistance)
    }
  }
  const loss = () => {
    let sum = 0
    for (let i = 0; i < n; i++) {
      const off = (vol[i] - fitted[i]) / (noise * scale[i])
      sum += weight[i] * off * off
    }
    for (let k = 1; k < UNKNOWNS; k++) sum += held[k] * (p[k] - centre[k]) * (p[k] - centre[k])
    return sum
  }
  const gather = () => {
    equations.clear()
    for (let i = 0; i < n; i++) {
      const unit = noise * scale[i]
      for (let k = 0; k < UNKNOWNS; k++) row[k] = slopes[i * UNKNOWNS + k]
      equations.add(row, vol[i] - fitted[i], weight[i] / (unit * unit))
    }
    for (let k = 1; k < UNKNOWNS; k++) equations.pull(k, centre[k] - p[k], held[k])
  }

  let damping = 1e-3
  const before = new Float64Array(UNKNOWNS)
  for (let round = 0; round < ROUNDS; round++) {
    evaluate(true)
    for (let i = 0; i < n; i++) sorted[i] = Math.abs(vol[i] - fitted[i]) / scale[i]
    if (n >= 8) noise = Math.max(LEAST_NOISE, MAD_TO_SIGMA * medianOf(sorted))
    for (let i = 0; i < n; i++) {
      const off = (vol[i] - fitted[i]) / (noise * scale[i])
      weight[i] = round < HUBER_ROUNDS ? huberWeight(off) : tukeyWeight(off)
    }
    gather()
    const was = loss()
    for (let k = 0; k < UNKNOWNS; k++) before[k] = p[k]
    let moved = 0
    for (let attempt = 0; attempt < 4; attempt++) {
      if (!equations.solve(step, damping)) {
        damping = Math.max(1e-6, damping) * 10
        continue
      }
      for (let k = 0; k < UNKNOWNS; k++) p[k] = before[k] + step[k]
      bound(p, root)
      evaluate(false)
      if (loss() <= was) {
        moved = p.reduce((most, value, k) => Math.max(most, Math.abs(value - before[k])), 0)
        damping /= 5
        break
      }
      for (let k = 0; k < UNKNOWNS; k++) p[k] = before[k]
      damping *= 10
    }
    if (round > HUBER_ROUNDS && moved < 1e-5) break
  }

  evaluate(true)
  gather()
  const leftOut = new Float64Array(n)
  const sound = equations.decompose()
  for (let i = 0; i < n; i++) {
    const unit = noise * scale[i]
    for (let k = 0; k < UNKNOWNS; k++) row[k] = slopes[i * UNKNOWNS + k]
    const leverage = sound ? (weight[i] * equations.leverage(row)) / (unit * unit) : 0
    leftOut[i] = (vol[i] - fitted[i]) / Math.max(0.05, 1 - leverage)
    // What the fit lets go of is still an error of the fit, as far as it may be one.
    weight[i] = huberWeight(leftOut[i] / unit)
  }
  return { parameters: rawSvi(p, theta), fitted, leftOut, weight }
}

/**
 * Within what keeps the smile positive and its wings no steeper than arbitrage allows (R. Lee 2004).
 * @param root √θ
 */
function bound(p: Float64Array, root: number): void {
  p[0] = Math.min(4, Math.max(0.2, p[0]))
  p[2] = Math.min(0.98, Math.max(-0.98, p[2]))
  const steepest = 2 / (root * p[0] * (1 + Math.abs(p[2])))
  p[1] = Math.min(steepest, Math.max(0.005, p[1]))
  p[3] = Math.min(8, Math.max(-8, p[3]))
  p[4] = Math.min(20, Math.max(0.02, p[4]))
}

/** a, b, ρ, m, σ of w(x) = a + b (ρ (x − m) + √((x − m)² + σ²)). */
function rawSvi([level, b, rho, m, s]: Float64Array, theta: number): number[] {
  const root = Math.sqrt(theta)
  const slope = (theta * level * b) / root
  const shift = m * root
  return [
    theta * level * (1 - b * Math.sqrt(m * m + s * s)) + slope * rho * shift,
    slope,
    rho,
    shift,
    s * root,
  ]
}

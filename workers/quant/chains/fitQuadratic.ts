import { fittedSmile, noSmile, type FittedSmile } from './fittedSmile.ts'
import { NormalEquations } from './normalEquations.ts'
import { huberWeight, type SmilePoints } from './smilePoints.ts'

/** One more than it has parameters: without, nothing could be off. */
const LEAST_POINTS = 4
const ROUNDS = 8

/** Volatility as a quadratic in y = x ÷ √years, for a chain of so few strikes that it tells no more. */
export function fitQuadratic(points: SmilePoints): FittedSmile {
  const { years, x, vol, scale } = points
  const n = x.length
  if (n < LEAST_POINTS) return noSmile(points)
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
    if (!equations.solve(solution)) return noSmile(points)
    for (let i = 0; i < n; i++) weight[i] = huberWeight(residual(i) / scale[i])
  }
  equations.decompose()
  const leftOut = vol.map((_, i) => {
    const off = residual(i)
    const leverage = (weight[i] * equations.leverage(row)) / (scale[i] * scale[i])
    return off / Math.max(0.05, 1 - leverage)
  })
  const error = Math.sqrt(leftOut.reduce((sum, off) => sum + off * off, 0) / n)
  return fittedSmile('quadratic', [...solution], error, points, leftOut)
}

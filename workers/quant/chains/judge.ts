import { normalCdf } from '../normal.ts'
import type { ExpiryAnalysis, StrikemapSettings } from './analysis.ts'
import { discoveryLevel } from './falseDiscoveries.ts'
import { MAD_TO_SIGMA, medianOf } from './smilePoints.ts'

/** What the definitions of z are about; [rows] each. */
export interface Judged {
  residual: Float64Array
  /** Half of the spread in volatility; NaN where unknown. */
  halfVol: Float64Array
  /** Cross-validated error of the fit there. */
  fitError: Float64Array
  tradable: Uint8Array
  expiries: readonly ExpiryAnalysis[]
}

/** z = residual ÷ √(half-spread² + cross-validated error of the fit²): what is left, in what may be left by chance. */
export function recommendedZ({ residual, halfVol, fitError }: Judged): Float64Array {
  return residual.map((value, i) => value / Math.sqrt(halfVol[i] * halfVol[i] + fitError[i] * fitError[i]))
}

/** z = residual ÷ (1.4826 × median absolute deviation of the residuals of the same expiry). */
export function originalZ({ residual, expiries }: Judged): Float64Array {
  const z = new Float64Array(residual.length).fill(NaN)
  for (const { first, last } of expiries) {
    const own = residual.subarray(first, last).filter((value) => !Number.isNaN(value))
    const centre = medianOf(own)
    const sigma = MAD_TO_SIGMA * medianOf(own.map((value) => Math.abs(value - centre)))
    for (let i = first; i < last; i++) if (sigma > 0) z[i] = residual[i] / sigma
  }
  return z
}

/** Two-sided chance of a normal to be further out. */
export function twoSided(z: Float64Array): Float64Array {
  return z.map((value) => 2 * normalCdf(-Math.abs(value)))
}

/** −1 cheap, +1 dear: further off than half the spread, and a discovery among the contracts that can be traded. */
export function recommendedCalls(
  { residual, halfVol, tradable }: Judged,
  pValue: Float64Array,
  falseDiscovery: number,
): Int8Array {
  const tested = pValue.map((p, i) => (tradable[i] === 1 ? p : NaN))
  const level = discoveryLevel(tested, falseDiscovery)
  return Int8Array.from(residual, (value, i) =>
    tested[i] <= level && Math.abs(value) > halfVol[i] ? Math.sign(value) : 0,
  )
}

/** The same by two levels of z, whatever is found by chance; nothing where no spread is known. */
export function originalCalls(
  { halfVol, tradable }: Judged,
  z: Float64Array,
  { cheapBelow, dearAbove }: StrikemapSettings,
): Int8Array {
  return Int8Array.from(z, (value, i) => {
    if (tradable[i] !== 1 || Number.isNaN(halfVol[i])) return 0
    return value < -cheapBelow ? -1 : value > dearAbove ? 1 : 0
  })
}

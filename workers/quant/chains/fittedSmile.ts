import type { SmileFit } from './analysis.ts'
import { MAD_TO_SIGMA, medianOf, type SmilePoints } from './smilePoints.ts'

export interface FittedSmile {
  fit: SmileFit
  /** [points] error of the fit around the point: that of the expiry, or what the strikes beside it are off by */
  localError: Float64Array
}

/** Strikes beside one that tell the error there. */
const BESIDE = 6

/** @param leftOut [points] residual of each point had it been left out */
export function fittedSmile(
  kind: 'svi' | 'quadratic',
  parameters: number[],
  error: number,
  { x }: SmilePoints,
  leftOut: Float64Array,
): FittedSmile {
  return {
    fit: { kind, parameters, error, from: x[0], to: x[x.length - 1] },
    localError: localErrors(leftOut, error),
  }
}

/** Too few points for any smile. */
export const noSmile = ({ x }: SmilePoints): FittedSmile => ({
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

import type { ChainSlice } from '../chainTables.ts'
import { log } from '../elementary.ts'
import type { ExpiryAnalysis } from './analysis.ts'
import { fitSmiles } from './fitSmiles.ts'
import { readPoints, type ChainPoints } from './readPoints.ts'
import type { PremiumRatios } from './premiumRatio.ts'
import { smileVol } from './smile.ts'

/** What a chain is found to be before any contract is judged; [rows] each. */
export interface ChainExpiries extends Omit<ChainPoints, 'points'> {
  expiries: ExpiryAnalysis[]
  /** Cross-validated error of the smile at the strike: of the expiry, or of the strikes around where that is larger. */
  fitError: Float64Array
}

/**
 * Forwards, implied volatilities out of the money and smiles of one chain; its cost is about 10 µs a contract.
 * @param rate a year, continuous
 * @param ratios by expiry: what is left out of early exercise by the closed form
 */
export function analyseExpiries(
  slice: ChainSlice,
  rate: number,
  ratios?: readonly PremiumRatios[],
): ChainExpiries {
  const { points, ...chain } = readPoints(slice, rate, ratios)
  const { forwards, spot } = chain
  const { strike } = slice.rows
  const fitError = new Float64Array(strike.length).fill(NaN)
  const expiries = fitSmiles(points).map(({ fit, localError }, e): ExpiryAnalysis => {
    const of = forwards[e]
    const { x } = points[e]
    for (let i = of.first, nearest = 0; i < of.last; i++) {
      const at = log(strike[i] / of.forward)
      while (nearest + 1 < x.length && Math.abs(x[nearest + 1] - at) <= Math.abs(x[nearest] - at)) nearest++
      fitError[i] = localError[nearest] ?? NaN
    }
    const analysis: ExpiryAnalysis = {
      expiry: of.expiry,
      years: of.years,
      first: of.first,
      last: of.last,
      forward: of.forward,
      forwardFrom: of.forwardFrom,
      pairs: of.pairs,
      parityBreaks: of.parityBreaks,
      dividendYield: rate - log(of.forward / spot) / of.years,
      atmVol: NaN,
      fit,
      strikes: points[e].x.length,
    }
    analysis.atmVol = smileVol(analysis, 0)
    return analysis
  })
  return { ...chain, expiries, fitError }
}

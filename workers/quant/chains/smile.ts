import type { ExpiryAnalysis, SmileFit, SmileVol } from './analysis.ts'
import { exp } from '../elementary.ts'

/** Total variance per log-moneyness, far out: more would be arbitrage (R. Lee 2004). */
const STEEPEST = 2
/** Of the volatility at the edge of the quotes, further out or in a quadratic gone astray. */
const LEAST_SHARE = 0.2

/**
 * Volatility of the smile of an expiry at log-moneyness x = log(strike ÷ forward); NaN without a fit. Beyond the
 * quotes total variance goes on in a straight line, never downwards, never steeper than arbitrage allows.
 */
export const smileVol: SmileVol = ({ fit, years }: ExpiryAnalysis, x: number): number => {
  if (fit.kind === 'none' || !(years > 0)) return NaN
  if (x >= fit.from && x <= fit.to) return Math.sqrt(varianceOf(fit, years, x) / years)
  const edge = x < fit.from ? fit.from : fit.to
  const outward = x < fit.from ? -1 : 1
  const step = 1e-4
  const atEdge = varianceOf(fit, years, edge)
  const slope =
    (outward * (varianceOf(fit, years, edge + step) - varianceOf(fit, years, edge - step))) / (2 * step)
  const bounded = Math.min(STEEPEST, Math.max(0, slope))
  return Math.sqrt((atEdge + bounded * Math.abs(x - edge)) / years)
}

/** Total variance of the fit itself at x. */
export function varianceOf({ kind, parameters: p }: SmileFit, years: number, x: number): number {
  if (kind === 'svi') {
    const away = x - p[3]
    const variance = p[0] + p[1] * (p[2] * away + Math.sqrt(away * away + p[4] * p[4]))
    return variance > 1e-10 ? variance : 1e-10
  }
  if (kind === 'quadratic') {
    const y = x / Math.sqrt(years)
    const vol = Math.max(LEAST_SHARE * p[0], p[0] + y * (p[1] + y * p[2]))
    return vol * vol * years
  }
  return NaN
}

/**
 * Volatility between the expiries of a chain: total variance goes in a straight line over time at equal
 * log-moneyness; before the first expiry and after the last the volatility is theirs. NaN where no expiry has a smile.
 * @param expiries ascending
 */
export function surfaceVol(expiries: readonly ExpiryAnalysis[], years: number, x: number): number {
  let before: ExpiryAnalysis | undefined
  let after: ExpiryAnalysis | undefined
  for (const expiry of expiries) {
    if (expiry.fit.kind === 'none') continue
    if (expiry.years <= years) before = expiry
    else {
      after = expiry
      break
    }
  }
  const nearest = before ?? after
  if (!nearest) return NaN
  const near = smileVol(nearest, x)
  if (!before || !after || before.years === years) return near
  const far = smileVol(after, x)
  const share = (years - before.years) / (after.years - before.years)
  const variance = (1 - share) * near * near * before.years + share * far * far * after.years
  return Math.sqrt(variance / years)
}

/** Forward at any time: the yield of the expiries, in a straight line over time, flat outside. NaN without expiries. */
export function forwardAt(
  expiries: readonly ExpiryAnalysis[],
  spot: number,
  rate: number,
  years: number,
): number {
  if (expiries.length === 0) return NaN
  return spot * exp((rate - yieldAt(expiries, years)) * years)
}

/** Dividend yield over any time, as `forwardAt`. */
export function yieldAt(expiries: readonly ExpiryAnalysis[], years: number): number {
  const next = expiries.findIndex((expiry) => expiry.years >= years)
  if (next < 0) return expiries.at(-1)?.dividendYield ?? NaN
  if (next === 0) return expiries[0].dividendYield
  const [before, after] = [expiries[next - 1], expiries[next]]
  const share = (years - before.years) / (after.years - before.years)
  return (1 - share) * before.dividendYield + share * after.dividendYield
}

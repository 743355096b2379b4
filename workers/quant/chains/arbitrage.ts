import type { ArbitrageFinding, ExpiryAnalysis } from './analysis.ts'
import { varianceOf } from './smile.ts'

const POINTS = 41
/** Rounding is no arbitrage. */
const TOLERANCE = 1e-6

/**
 * Where the fitted smiles would pay for nothing, within the strikes they were fitted to: butterflies by V. Durrleman's
 * g(x) ≥ 0, by which the density is the normal one times g (Gatheral and Jacquier 2014, lemma 2.2); calendars by total
 * variance that falls from one expiry to the next at equal log-moneyness.
 */
export function findArbitrage(expiries: readonly ExpiryAnalysis[]): ArbitrageFinding[] {
  const fitted = expiries.filter(({ fit }) => fit.kind !== 'none')
  const findings: ArbitrageFinding[] = []
  fitted.forEach((expiry, e) => {
    const { fit, years } = expiry
    const butterfly = worst(fit.from, fit.to, (x) => -durrleman(expiry, x))
    if (butterfly.amount > TOLERANCE)
      findings.push({ kind: 'butterfly', expiry: expiry.expiry, ...butterfly })
    if (e === 0) return
    const before = fitted[e - 1]
    const from = Math.max(fit.from, before.fit.from)
    const to = Math.min(fit.to, before.fit.to)
    if (from > to) return
    const calendar = worst(
      from,
      to,
      (x) => varianceOf(before.fit, before.years, x) - varianceOf(fit, years, x),
    )
    if (calendar.amount > TOLERANCE * before.years) {
      findings.push({ kind: 'calendar', expiry: expiry.expiry, ...calendar })
    }
  })
  return findings
}

function worst(from: number, to: number, amountAt: (x: number) => number): { at: number; amount: number } {
  let at = from
  let amount = -Infinity
  for (let i = 0; i < POINTS; i++) {
    const x = from + ((to - from) * i) / (POINTS - 1)
    const found = amountAt(x)
    if (found > amount) [at, amount] = [x, found]
  }
  return { at, amount }
}

/** Below 0 where the density implied by the smile is. */
export function durrleman({ fit, years }: ExpiryAnalysis, x: number): number {
  const { value: w, slope, bend } = varianceSlopes(fit, years, x)
  const tilt = 1 - (x * slope) / (2 * w)
  return tilt * tilt - ((slope * slope) / 4) * (1 / w + 0.25) + bend / 2
}

function varianceSlopes(fit: ExpiryAnalysis['fit'], years: number, x: number) {
  const value = varianceOf(fit, years, x)
  if (fit.kind === 'svi') {
    const [, b, rho, m, sigma] = fit.parameters
    const distance = Math.sqrt((x - m) * (x - m) + sigma * sigma)
    return {
      value,
      slope: b * (rho + (x - m) / distance),
      bend: (b * sigma * sigma) / (distance * distance * distance),
    }
  }
  const [c0, c1, c2] = fit.parameters
  const root = Math.sqrt(years)
  const y = x / root
  const vol = c0 + y * (c1 + y * c2)
  const slope = c1 + 2 * c2 * y
  return { value, slope: 2 * vol * slope * root, bend: 2 * (slope * slope + 2 * vol * c2) }
}

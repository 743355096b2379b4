import { describe, expect, it } from 'vitest'
import { totalVariance } from '../../../../datasets/chains/surface.ts'
import type { ExpiryAnalysis } from '../../../../workers/quant/chains/analysis.ts'
import { fitSmiles } from '../../../../workers/quant/chains/fitSmiles.ts'
import { smileVol, surfaceVol } from '../../../../workers/quant/chains/smile.ts'
import type { SmilePoints } from '../../../../workers/quant/chains/smilePoints.ts'

const skew = { correlation: -0.4, curvature: 1 }
const trueVol = (years: number, x: number) => Math.sqrt(totalVariance(0.09 * years, x, skew) / years)

/** Points of the true smile within two deviations. */
function points(years: number, count: number, off: (i: number) => number = () => 0): SmilePoints {
  const x = Float64Array.from(
    { length: count },
    (_, i) => 0.3 * Math.sqrt(years) * ((3.4 * i) / (count - 1) - 2),
  )
  return {
    years,
    x,
    vol: x.map((at, i) => trueVol(years, at) + off(i)),
    scale: x.map(() => 0.003),
  }
}

const expiryOf = (of: SmilePoints, fit: ReturnType<typeof fitSmiles>[number]['fit']) =>
  ({ years: of.years, fit }) as ExpiryAnalysis

function errorOf(of: SmilePoints, fit: ReturnType<typeof fitSmiles>[number]['fit']): number {
  const expiry = expiryOf(of, fit)
  return Math.max(...of.x.map((at) => Math.abs(smileVol(expiry, at) - trueVol(of.years, at))))
}

describe('the smile of an expiry', () => {
  it('is an SVI with strikes enough, close to the true one', () => {
    const chain = [points(0.1, 15), points(0.5, 20)]
    fitSmiles(chain).forEach(({ fit }, e) => {
      expect(fit.kind).toBe('svi')
      expect(errorOf(chain[e], fit)).toBeLessThan(1e-4)
      expect(fit.error).toBeLessThan(1e-3)
    })
  })

  it('lets go of a quote that is far off, rather than bend to it', () => {
    const chain = [points(0.1, 15, (i) => (i === 6 ? 0.04 : 0))]
    const [{ fit }] = fitSmiles(chain)
    expect(errorOf(chain[0], fit)).toBeLessThan(5e-4)
  })

  it('takes the shape of the whole chain where its own strikes are few', () => {
    const chain = [
      points(0.05, 4, (i) => (i === 1 ? 0.03 : 0)),
      points(0.1, 5),
      points(0.2, 5),
      points(0.4, 5),
    ]
    const [{ fit }] = fitSmiles(chain)
    expect(fit.kind).toBe('svi')
    // An expiry by itself could not tell which of its four strikes is the one that is off.
    expect(errorOf(chain[0], fit)).toBeLessThan(0.003)
  })

  it('is a quadratic in a chain of few strikes, and nothing with fewer', () => {
    const few = points(0.1, 5)
    const [{ fit }] = fitSmiles([few])
    expect(fit.kind).toBe('quadratic')
    // Even of fair quotes: a quadratic is not the shape of a smile.
    expect(errorOf(few, fit)).toBeLessThan(0.015)
    expect(fitSmiles([points(0.1, 3)])[0].fit.kind).toBe('none')
  })

  it('knows where all strikes around one are off, and that one strike is not all', () => {
    const bent = fitSmiles([points(0.2, 60, (i) => (i > 20 && i < 30 ? 0.03 : 0))])[0]
    expect(bent.localError[25]).toBeGreaterThan(2 * bent.fit.error)
    expect(bent.localError[50]).toBe(bent.fit.error)
    const alone = fitSmiles([points(0.2, 30, (i) => (i === 12 ? 0.05 : 0))])[0]
    expect(alone.localError[12]).toBe(alone.fit.error)
  })
})

describe('volatility off the quotes', () => {
  const chain = [points(0.1, 12), points(0.4, 12)]
  const expiries = fitSmiles(chain).map(({ fit }, e) => expiryOf(chain[e], fit))

  it('goes on in a straight line of total variance, never down and never steeper than arbitrage allows', () => {
    const [near] = expiries
    const variance = (x: number) => smileVol(near, x) ** 2 * near.years
    for (const [edge, out] of [
      [near.fit.from, -1],
      [near.fit.to, 1],
    ]) {
      const slopes = [0.1, 1, 5].map((far) => (variance(edge + out * far) - variance(edge)) / far)
      slopes.forEach((slope) => expect(slope).toBeCloseTo(slopes[0], 8))
      expect(slopes[0]).toBeGreaterThanOrEqual(0)
      expect(slopes[0]).toBeLessThanOrEqual(2)
    }
  })

  it('between expiries has total variance in a straight line over time, at equal moneyness', () => {
    const x = 0.05
    const at = (years: number) => surfaceVol(expiries, years, x) ** 2 * years
    expect(at(0.25)).toBeCloseTo((at(0.1) + at(0.4)) / 2, 12)
    expect(surfaceVol(expiries, 0.02, x)).toBe(smileVol(expiries[0], x))
    expect(surfaceVol(expiries, 2, x)).toBe(smileVol(expiries[1], x))
    expect(surfaceVol([], 0.2, x)).toBeNaN()
  })
})

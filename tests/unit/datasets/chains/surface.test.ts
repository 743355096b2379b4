import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawChainWorld } from '../../../../datasets/chains/chainWorld.ts'
import { expectedVariance, totalVariance } from '../../../../datasets/chains/surface.ts'

const skews = fc.nat().map((seed) => {
  const { surfaces } = drawChainWorld(seed, 1258, ['QQQ', 'ABCD'])
  return seed % 2 === 0 ? surfaces.QQQ : surfaces.ABCD
})
const views = fc.record({
  now: fc.double({ min: 0.005, max: 2, noNaN: true }),
  longRun: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
})
const moneyness = fc.double({ min: -1, max: 1, noNaN: true })
const years = fc.double({ min: 5 / 365, max: 0.6, noNaN: true })

describe('the surface of implied volatility', () => {
  it('gives no butterfly away: its density is nowhere negative', () => {
    fc.assert(
      fc.property(skews, views, years, moneyness, (skew, view, t, k) => {
        const w = (x: number) => totalVariance(expectedVariance(view, t), x, skew)
        const h = 1e-4
        const slope = (w(k + h) - w(k - h)) / (2 * h)
        const bend = (w(k + h) - 2 * w(k) + w(k - h)) / (h * h)
        // Gatheral and Jacquier (2014), equation 2.1.
        const one = 1 - (k * slope) / (2 * w(k))
        const density = one * one - (slope * slope * (1 / w(k) + 1 / 4)) / 4 + bend / 2
        expect(density).toBeGreaterThan(-1e-5)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives no calendar spread away: total variance rises with time at every moneyness', () => {
    fc.assert(
      fc.property(skews, views, years, moneyness, (skew, view, t, k) => {
        const w = (at: number) => totalVariance(expectedVariance(view, at), k, skew)
        expect(w(t * 1.02)).toBeGreaterThan(w(t))
      }),
      { numRuns: 2000 },
    )
  })

  it('has puts dearer than calls, more so for the index, and a term structure that leads to the long run', () => {
    const { surfaces } = drawChainWorld(3, 1258, ['QQQ', 'ABCD'])
    const vol = (skew: typeof surfaces.QQQ, k: number) => Math.sqrt(totalVariance(0.01, k, skew) / 0.01)
    const steepness = (skew: typeof surfaces.QQQ) => vol(skew, -0.1) - vol(skew, 0.1)
    expect(steepness(surfaces.ABCD)).toBeGreaterThan(0.05)
    expect(steepness(surfaces.QQQ)).toBeGreaterThan(steepness(surfaces.ABCD))
    const perYear = (t: number) => expectedVariance({ now: 0.16, longRun: 0.04 }, t) / t
    expect(perYear(0.001)).toBeCloseTo(0.16, 2)
    expect(perYear(0.5)).toBeLessThan(perYear(0.1))
    expect(perYear(0.5)).toBeGreaterThan(0.04)
  })
})

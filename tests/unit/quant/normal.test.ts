import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf, normalDensity, normalQuantile } from '../../../workers/quant/normal.ts'

/** Computed with 40 digits. */
const distribution: [x: number, probability: number][] = [
  [-37, 5.725571222524577e-300],
  [-20, 2.7536241186062337e-89],
  [-10, 7.619853024160525e-24],
  [-5.7, 5.990371401063528e-9],
  [-5, 2.866515718791939e-7],
  [-3, 0.0013498980316300946],
  [-1, 0.15865525393145705],
  [-0.5, 0.3085375387259869],
  [0.25, 0.5987063256829237],
  [1.96, 0.9750021048517796],
  [4, 0.9999683287581669],
]
const quantiles: [probability: number, x: number][] = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-10, -6.361340902404056],
  [0.0001, -3.7190164854556804],
  [0.025, -1.959963984540054],
  [0.3, -0.5244005127080408],
  [0.9, 1.2815515655446006],
]
const digits = 2e-15

describe('the normal distribution', () => {
  it('keeps its digits into the far tail', () => {
    for (const [x, probability] of distribution) {
      expect(Math.abs(normalCdf(x) / probability - 1), `Φ(${x})`).toBeLessThan(digits)
    }
  })
  it('has the quantiles that belong to it', () => {
    for (const [probability, x] of quantiles) {
      expect(Math.abs(normalQuantile(probability) / x - 1), `Φ⁻¹(${probability})`).toBeLessThan(digits)
    }
  })
  it('is its own inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        // A probability near 1 has lost the digits of x.
        const kept = Math.max(1e-14, 3e-16 / normalDensity(x)) * Math.max(1, Math.abs(x))
        const lost = x > 0 ? kept : 1e-14 * Math.max(1, Math.abs(x))
        expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(lost)
      }),
    )
  })
  it('is symmetric and ends at 0 and 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15)
        expect(normalDensity(x)).toBe(normalDensity(-x))
      }),
    )
    expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity)]).toEqual([0, 0.5, 1])
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity])
    expect([normalDensity(Infinity), normalDensity(0)]).toEqual([0, 1 / Math.sqrt(2 * Math.PI)])
  })
  it('is NaN where it is asked nonsense', () => {
    for (const value of [normalCdf(NaN), normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(NaN)]) {
      expect(value).toBeNaN()
    }
  })
})

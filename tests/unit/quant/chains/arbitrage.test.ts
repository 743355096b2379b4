import { describe, expect, it } from 'vitest'
import type { ExpiryAnalysis } from '../../../../workers/quant/chains/analysis.ts'
import { durrleman, findArbitrage } from '../../../../workers/quant/chains/arbitrage.ts'
import { varianceOf } from '../../../../workers/quant/chains/smile.ts'

function smile(expiry: number, years: number, parameters: number[], kind: 'svi' | 'quadratic' = 'svi') {
  return { expiry, years, fit: { kind, parameters, error: 0.001, from: -1, to: 1 } } as ExpiryAnalysis
}

/** The smile of A. Vogt, by which Gatheral and Jacquier show that raw SVI need not be free of butterflies. */
const vogt = smile(400, 1, [-0.041, 0.1331, 0.306, 0.3586, 0.4153])
const fair = smile(200, 0.5, [0.01, 0.05, -0.4, 0, 0.2])

describe('arbitrage in the smiles', () => {
  it('is a butterfly where the density is negative', () => {
    const [found, ...others] = findArbitrage([vogt])
    expect(others).toEqual([])
    expect(found.kind).toBe('butterfly')
    expect(found.at).toBeGreaterThan(0.6)
    expect(found.amount).toBeGreaterThan(0)
    expect(durrleman(vogt, found.at)).toBeCloseTo(-found.amount, 12)
  })

  it('is a calendar where total variance falls from one expiry to the next', () => {
    const later = smile(260, 0.7, [0.002, 0.05, -0.4, 0, 0.2])
    expect(findArbitrage([fair, later])).toEqual([
      {
        kind: 'calendar',
        expiry: 260,
        at: expect.any(Number) as number,
        amount: expect.closeTo(0.008, 10) as number,
      },
    ])
  })

  it('is not there in fair smiles, and not asked of expiries without one', () => {
    const later = smile(300, 0.8, [0.02, 0.06, -0.4, 0, 0.2])
    const none = { ...smile(250, 0.6, []), fit: { ...fair.fit, kind: 'none' as const } }
    expect(findArbitrage([fair, none, later])).toEqual([])
  })

  it('is looked for by the exact slopes of the smile', () => {
    for (const of of [vogt, smile(200, 0.5, [0.3, -0.05, 0.1], 'quadratic')]) {
      const w = (x: number) => varianceOf(of.fit, of.years, x)
      const [x, step] = [0.3, 1e-4]
      const slope = (w(x + step) - w(x - step)) / (2 * step)
      const bend = (w(x + step) - 2 * w(x) + w(x - step)) / step ** 2
      const tilt = 1 - (x * slope) / (2 * w(x))
      const g = tilt ** 2 - (slope ** 2 / 4) * (1 / w(x) + 1 / 4) + bend / 2
      expect(durrleman(of, x)).toBeCloseTo(g, 6)
    }
  })
})

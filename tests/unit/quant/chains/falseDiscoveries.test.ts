import { describe, expect, it } from 'vitest'
import { discoveryLevel } from '../../../../workers/quant/chains/falseDiscoveries.ts'

describe('the level of a discovery', () => {
  it('is the largest p-value at or below its rank’s share of the rate', () => {
    // Benjamini and Hochberg's own example of 15 tests at 5 %: the four smallest are discoveries.
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ]
    expect(discoveryLevel(Float64Array.from(p.toReversed()), 0.05)).toBe(0.0095)
  })

  it('takes in p-values that would fail alone, where a larger one passes', () => {
    expect(discoveryLevel(Float64Array.of(0.04, 0.045, 0.05), 0.05)).toBe(0.05)
  })

  it('is below all of them where there is none, and leaves out what was not tested', () => {
    expect(discoveryLevel(Float64Array.of(0.2, 0.9), 0.1)).toBe(-1)
    expect(discoveryLevel(Float64Array.of(0.04, NaN, NaN, NaN), 0.05)).toBe(0.04)
    expect(discoveryLevel(new Float64Array(0), 0.1)).toBe(-1)
  })
})

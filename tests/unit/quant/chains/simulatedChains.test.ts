import { describe, expect, it } from 'vitest'
import { measureChains, sizeClasses } from '../../../tools/strikemap/measureChains.ts'

/** Of six underlyings. */
const weeks = 34

describe('the Strikemap of simulated chains', () => {
  it('without mispricings, two hundred of them, calls something in at most one of ten, while the original calls a sixth cheap', () => {
    const { chains, tradable, recommended, original, edgeOfAll } = measureChains(31, {
      mispriced: false,
      weeks,
    })
    expect(chains).toBeGreaterThanOrEqual(200)
    // Nothing is true, so any call of a chain makes all its calls false.
    expect(recommended.chainsWithCalls / chains).toBeLessThanOrEqual(0.1)
    expect(original.cheap / tradable).toBeGreaterThan(0.12)
    expect(original.cheap / tradable).toBeLessThan(0.25)
    expect(original.edge).toBeLessThan(0)
    expect(edgeOfAll).toBeLessThan(0)
  })

  it('with mispricings finds those of some half-spreads, and hardly calls anything else', () => {
    const { recommended, mispriced } = measureChains(31, { weeks: 12 })
    expect(recommended.right / (recommended.cheap + recommended.dear)).toBeGreaterThan(0.9)
    const large = sizeClasses.indexOf(6)
    expect(recommended.found[large] / mispriced[large]).toBeGreaterThan(0.85)
    expect(recommended.edge).toBeGreaterThan(0)
  })
})

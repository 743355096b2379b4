import { describe, expect, it } from 'vitest'
import { americanGreeks, americanPrice } from '../../../../workers/quant/options.ts'
import { payoffAt } from '../../../../workers/quant/structures/payoff.ts'
import { legGreeks, valueAt, type PricedLeg } from '../../../../workers/quant/structures/value.ts'
import type { Leg } from '../../../../workers/quant/structures.ts'
import { call, put, share } from './legs.ts'

const terms = { years: 0.5, rate: 0.04, dividendYield: 0.02, vol: 0.3 }
const priced = (leg: Leg, over: Partial<PricedLeg> = {}): PricedLeg => ({ ...leg, ...terms, ...over })

describe('the value of a structure', () => {
  it('is that of its options before expiry, and its payoff from then on', () => {
    const legs = [priced(share()), priced(call(110, -2)), priced(put(90))]
    const option = (right: 'call' | 'put', strike: number, years: number) =>
      americanPrice({ ...terms, right, spot: 104, strike, years })
    expect(valueAt(legs, 104)).toBeCloseTo(104 - 2 * option('call', 110, 0.5) + option('put', 90, 0.5), 12)
    expect(valueAt(legs, 104, 0.2)).toBeCloseTo(
      104 - 2 * option('call', 110, 0.3) + option('put', 90, 0.3),
      12,
    )
    for (const later of [0.5, 2]) expect(valueAt(legs, 80, later)).toBe(payoffAt(legs, 80))
  })

  it('follows a shift of volatility, which does not fall through the floor', () => {
    const legs = [priced(call(100))]
    expect(valueAt(legs, 100, 0, 0.05)).toBe(valueAt([priced(call(100), { vol: 0.35 })], 100))
    expect(valueAt(legs, 100, 0, -1)).toBe(valueAt([priced(call(100), { vol: 0.01 })], 100))
    expect(valueAt([priced(call(80), { vol: NaN })], 100)).toBeGreaterThanOrEqual(20)
  })

  it('moves as its legs do', () => {
    expect(legGreeks(priced(share()), 104)).toMatchObject({ price: 104, delta: 1, gamma: 0, vega: 0 })
    expect(legGreeks(priced(put(90)), 104)).toEqual(
      americanGreeks({ ...terms, right: 'put', spot: 104, strike: 90 }),
    )
  })
})

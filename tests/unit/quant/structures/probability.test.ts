import { describe, expect, it } from 'vitest'
import { normalCdf } from '../../../../workers/quant/normal.ts'
import { blackScholes } from '../../../../workers/quant/options.ts'
import { payoffAt, breakEvens } from '../../../../workers/quant/structures/payoff.ts'
import { probabilityAbove, probabilityOfProfit } from '../../../../workers/quant/structures/probability.ts'
import { condor } from './legs.ts'

const [forward, years] = [100, 0.25]
const flat = { forward, years, vol: () => 0.2 }
const skewed = { forward, years, vol: (x: number) => 0.22 - 0.3 * x + 0.4 * x * x }

describe('the chance that a smile implies', () => {
  it('is Φ(d₂) where the smile is flat', () => {
    const d2 = Math.log(100 / 105) / 0.1 - 0.05
    expect(probabilityAbove(105, flat)).toBeCloseTo(normalCdf(d2), 12)
    expect(probabilityAbove(0, flat)).toBe(1)
    expect(probabilityAbove(Infinity, flat)).toBe(0)
  })

  it('is the fall of call prices by strike where it is not', () => {
    const call = (strike: number) =>
      blackScholes({
        right: 'call',
        spot: forward,
        strike,
        years,
        rate: 0,
        dividendYield: 0,
        vol: skewed.vol(Math.log(strike / forward)),
      }).price
    for (const strike of [85, 95, 100, 108, 118]) {
      const slope = (call(strike - 0.01) - call(strike + 0.01)) / 0.02
      expect(probabilityAbove(strike, skewed)).toBeCloseTo(slope, 6)
    }
  })

  it('of a profit is that of the stretches on which there is one', () => {
    const legs = condor(85, 90, 110, 115)
    const profit = (price: number) => (spot: number) => payoffAt(legs, spot) - price
    const between = probabilityAbove(88, skewed) - probabilityAbove(112, skewed)
    expect(probabilityOfProfit(breakEvens(legs, -2), profit(-2), skewed)).toBeCloseTo(between, 12)
    expect(probabilityOfProfit([], () => 1, skewed)).toBe(1)
    expect(probabilityOfProfit([], () => -1, skewed)).toBe(0)
    expect(probabilityOfProfit([104], (spot) => spot - 104, { ...flat, vol: () => NaN })).toBeNaN()
  })
})

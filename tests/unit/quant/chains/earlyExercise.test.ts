import { describe, expect, it } from 'vitest'
import { exercisePremium, exercisePremiumGreeks } from '../../../../workers/quant/chains/earlyExercise.ts'
import { americanValue } from '../../../../workers/quant/options/american.ts'
import { europeanPrice } from '../../../../workers/quant/options/european.ts'

const signs = [1, -1] as const

describe('what early exercise adds, in closed form', () => {
  it('gives the prices of the table in the paper', () => {
    // Puts on a share of 40 at a rate of 4.88 % and a volatility of 20 %, three decimals.
    for (const [strike, years, price] of [
      [35, 0.3333, 0.201],
      [35, 0.5833, 0.433],
      [40, 0.0833, 0.851],
      [40, 0.5833, 1.984],
      [45, 0.3333, 5.084],
      [45, 0.5833, 5.26],
    ]) {
      const european = europeanPrice(-1, 40, strike, years, 0.0488, 0, 0.2)
      const premium = exercisePremium(-1, 40, strike, years, 0.0488, 0, 0.2, european)
      expect(Math.abs(european + premium - price)).toBeLessThan(6e-4)
    }
  })

  it('is within a thousandth of the share of the exact one, up to a year', () => {
    for (const sign of signs) {
      for (const years of [0.02, 0.1, 0.3, 1]) {
        for (const vol of [0.12, 0.3, 0.7]) {
          for (const away of [-1.5, -0.5, 0, 0.5, 1.5]) {
            const strike = 100 * Math.exp(away * vol * Math.sqrt(years))
            const european = europeanPrice(sign, 100, strike, years, 0.03, 0.01, vol)
            const exact = americanValue(sign, 100, strike, years, 0.03, 0.01, vol)
            const quick = european + exercisePremium(sign, 100, strike, years, 0.03, 0.01, vol, european)
            expect(Math.abs(quick - exact)).toBeLessThan(0.1)
          }
        }
      }
    }
  })

  it('is nothing for calls without dividends and for puts without interest', () => {
    expect(exercisePremium(1, 100, 90, 0.5, 0.05, 0, 0.3, 13)).toBe(0)
    expect(exercisePremium(-1, 100, 110, 0.5, 0, 0.02, 0.3, 13)).toBe(0)
  })

  it('leaves the intrinsic value where exercise is due at once', () => {
    const european = europeanPrice(-1, 60, 100, 0.5, 0.08, 0, 0.2)
    const { value, due } = exercisePremiumGreeks(-1, 60, 100, 0.5, 0.08, 0, 0.2, european)
    expect(due).toBe(true)
    expect(european + value).toBeCloseTo(40, 12)
  })

  it('changes with the share as its derivatives say', () => {
    const step = 0.01
    for (const sign of signs) {
      const at = (spot: number) => exercisePremium(sign, spot, 100, 0.5, 0.04, 0.03, 0.3, 20)
      const { value, delta, gamma } = exercisePremiumGreeks(sign, 100, 100, 0.5, 0.04, 0.03, 0.3, 20)
      expect(value).toBeCloseTo(at(100), 12)
      expect(delta).toBeCloseTo((at(100 + step) - at(100 - step)) / (2 * step), 7)
      expect(gamma).toBeCloseTo((at(100 + step) - 2 * value + at(100 - step)) / step ** 2, 5)
    }
  })
})

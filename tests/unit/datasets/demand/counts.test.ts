import { describe, expect, it } from 'vitest'
import { gamma, negativeBinomial, poisson } from '../../../../datasets/demand/counts.ts'
import { createRandom } from '../../../../datasets/random.ts'

const draws = 20_000
const moments = (draw: () => number) => {
  const values = Array.from({ length: draws }, draw)
  const mean = values.reduce((sum, value) => sum + value, 0) / draws
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws }
}

describe('random counts', () => {
  it('of Poisson have a variance like their mean, however large', () => {
    const random = createRandom(1, 'poisson')
    for (const wanted of [0.3, 7, 130]) {
      const { mean, variance } = moments(() => poisson(wanted, random))
      expect(Math.abs(mean / wanted - 1)).toBeLessThan(0.04)
      expect(Math.abs(variance / wanted - 1)).toBeLessThan(0.06)
    }
    expect(poisson(0, random)).toBe(0)
  })

  it('of the gamma have mean 1 and a variance of 1 ÷ shape', () => {
    const random = createRandom(1, 'gamma')
    for (const shape of [1, 4, 15]) {
      const { mean, variance } = moments(() => gamma(shape, random))
      expect(Math.abs(mean - 1)).toBeLessThan(0.03)
      expect(Math.abs(variance * shape - 1)).toBeLessThan(0.08)
    }
  })

  it('of the negative binomial have variance = mean + mean² ÷ size', () => {
    const random = createRandom(1, 'negative binomial')
    const { mean, variance } = moments(() => negativeBinomial(20, 8, random))
    expect(Math.abs(mean - 20)).toBeLessThan(0.3)
    expect(Math.abs(variance / 70 - 1)).toBeLessThan(0.06)
  })
})

import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../datasets/random.ts'

const draws = (n: number, draw: () => number) => Array.from({ length: n }, draw)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const moment = (values: number[], power: number) => mean(values.map((value) => Math.pow(value, power)))

describe('the random streams of the market', () => {
  it('repeat themselves for the same seed and label, and for no other', () => {
    const first = draws(5, createRandom(7, 'market').uniform)
    expect(draws(5, createRandom(7, 'market').uniform)).toEqual(first)
    expect(draws(5, createRandom(8, 'market').uniform)).not.toEqual(first)
    expect(draws(5, createRandom(7, 'markets').uniform)).not.toEqual(first)
    expect(draws(5, createRandom(7 + 4294967296, 'market').uniform)).not.toEqual(first)
  })

  it('are uniform, and nearby seeds are unrelated', () => {
    const a = draws(20_000, createRandom(1, 'x').uniform)
    const b = draws(20_000, createRandom(2, 'x').uniform)
    expect(mean(a)).toBeCloseTo(0.5, 2)
    expect(moment(a, 2)).toBeCloseTo(1 / 3, 2)
    expect(mean(a.map((value, i) => (value - 0.5) * (b[i] - 0.5)))).toBeCloseTo(0, 2)
    expect(Math.min(...a)).toBeGreaterThan(0)
    expect(Math.max(...a)).toBeLessThan(1)
  })

  it('draw normal and Student shocks of variance 1, the latter with the fatter tails', () => {
    const random = createRandom(3, 'shocks')
    const normal = draws(60_000, () => random.normal())
    const student = draws(60_000, () => random.student(8))
    expect(mean(normal)).toBeCloseTo(0, 1)
    expect(moment(normal, 2)).toBeCloseTo(1, 1)
    expect(moment(normal, 4)).toBeCloseTo(3, 0)
    expect(mean(student)).toBeCloseTo(0, 1)
    expect(moment(student, 2)).toBeCloseTo(1, 1)
    // Raw kurtosis of t₈ is 4.5.
    expect(moment(student, 4)).toBeGreaterThan(3.9)
    expect(moment(student, 4)).toBeLessThan(5.2)
  })

  it('permute without losing anything', () => {
    const items = Float64Array.from({ length: 50 }, (_, i) => i)
    const shuffled = createRandom(5, 'permutation').shuffle(items.slice())
    expect(shuffled).not.toEqual(items)
    expect(shuffled.toSorted()).toEqual(items)
  })
})

import { describe, expect, it } from 'vitest'
import { Random } from '../../../workers/quant/random.ts'

const draws = (seed: number, stream = 0, count = 1000) => {
  const random = new Random(seed, stream)
  return Array.from({ length: count }, () => random.uniform())
}

describe('random numbers', () => {
  it('are the same for the same seed on every machine, for ever', () => {
    const random = new Random(42)
    expect([random.bits(), random.bits(), random.bits()]).toMatchInlineSnapshot(`
      [
        1885134513,
        2053803739,
        1248086449,
      ]
    `)
    expect(draws(42)).toEqual(draws(42))
  })
  it('differ between seeds, between streams, and beyond 32 bits of the seed', () => {
    expect(new Set([1, 2, 1 + 2 ** 32, -1].map((seed) => draws(seed)[0])).size).toBe(4)
    expect(draws(1, 0)[0]).not.toBe(draws(1, 1)[0])
  })
  it('go on where another generator stood, also through JSON', () => {
    const one = new Random(2 ** 40 + 7)
    for (let i = 0; i < 10; i++) one.uniform()
    const other = new Random(0)
    other.state = JSON.parse(JSON.stringify(one.state)) as typeof one.state
    expect([other.uniform(), other.bits(), other.below(9)]).toEqual([one.uniform(), one.bits(), one.below(9)])
  })
  it('are spread evenly over 0 to 1 and over whole numbers', () => {
    const random = new Random(3)
    const counts = new Int32Array(7)
    let sum = 0
    let squares = 0
    const n = 70_000
    for (let i = 0; i < n; i++) {
      counts[random.below(7)]++
      const value = random.uniform()
      sum += value
      squares += value * value
    }
    // Five standard errors each.
    expect(Math.abs(sum / n - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(squares / n - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / n))
    for (const count of counts) expect(Math.abs(count - n / 7)).toBeLessThan(5 * Math.sqrt(n / 7))
  })
  it('of neighbouring streams have nothing to do with each other', () => {
    const [one, other] = [draws(5, 100, 20_000), draws(5, 101, 20_000)]
    const product = one.reduce((sum, value, i) => sum + (value - 0.5) * (other[i] - 0.5), 0)
    expect(Math.abs((product / one.length) * 12)).toBeLessThan(5 / Math.sqrt(one.length))
  })
  it('shuffle without losing a value', () => {
    const values = new Random(9).shuffle(Array.from({ length: 100 }, (_, i) => i))
    expect(values).not.toEqual(values.toSorted((a, b) => a - b))
    expect(new Set(values).size).toBe(100)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakEvens, mostLoss, mostProfit, payoffAt } from '../../../../workers/quant/structures/payoff.ts'
import type { Leg } from '../../../../workers/quant/structures.ts'
import { call, condor, put, share } from './legs.ts'

describe('the payoff of a structure', () => {
  it('of a call bought: loses its price at most, wins without bound, breaks even at strike and price', () => {
    expect(mostLoss([call(100)], 4)).toBe(4)
    expect(mostProfit([call(100)], 4)).toBe(Infinity)
    expect(breakEvens([call(100)], 4)).toEqual([104])
    expect(mostLoss([call(100, -1)], -4)).toBe(Infinity)
    expect(mostProfit([call(100, -1)], -4)).toBe(4)
  })

  it('of a vertical: its price against the distance of the strikes', () => {
    const legs = [call(100), call(110, -1)]
    expect(mostLoss(legs, 4)).toBe(4)
    expect(mostProfit(legs, 4)).toBe(6)
    expect(breakEvens(legs, 4)).toEqual([104])
  })

  it('of shares with a call sold or a put bought: one end is cut off', () => {
    expect(mostProfit([share(), call(110, -1)], 97)).toBe(13)
    expect(mostLoss([share(), call(110, -1)], 97)).toBe(97)
    expect(mostProfit([share(), put(90)], 102)).toBe(Infinity)
    expect(mostLoss([share(), put(90)], 102)).toBe(12)
    expect(breakEvens([share(), put(90)], 102)).toEqual([102])
  })

  it('of an iron condor: two break-evens around the middle', () => {
    const legs = condor(85, 90, 110, 115)
    expect(mostLoss(legs, -2)).toBe(3)
    expect(mostProfit(legs, -2)).toBe(2)
    expect(breakEvens(legs, -2)).toEqual([88, 112])
  })

  it('keeps its bounds, and is 0 exactly at its break-evens', () => {
    const leg = fc.record({
      right: fc.constantFrom(0 as const, 1 as const, -1 as const),
      quantity: fc.constantFrom(-2, -1, 1, 2),
      strike: fc.integer({ min: 1, max: 200 }),
      expiry: fc.constant(20_000),
    })
    fc.assert(
      fc.property(
        fc.array<Leg>(leg, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: -5000, max: 5000 }).map((cents) => cents / 100),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (legs, price, spot) => {
          const profit = payoffAt(legs, spot) - price
          expect(profit).toBeLessThanOrEqual(mostProfit(legs, price) + 1e-9)
          expect(profit).toBeGreaterThanOrEqual(-mostLoss(legs, price) - 1e-9)
          const crossings = breakEvens(legs, price)
          for (const at of crossings) expect(payoffAt(legs, at)).toBeCloseTo(price, 9)
          // Between neighbours the profit keeps its sign.
          const below = Math.max(0, ...crossings.filter((at) => at <= spot))
          const above = Math.min(1e4, ...crossings.filter((at) => at > spot))
          const middle = payoffAt(legs, (below + above) / 2) - price
          if (Math.abs(profit) > 1e-9) expect(Math.sign(middle)).toBe(Math.sign(profit))
        },
      ),
      { numRuns: 500 },
    )
  })
})

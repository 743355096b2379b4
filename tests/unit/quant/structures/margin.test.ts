import { describe, expect, it } from 'vitest'
import { marginOf } from '../../../../workers/quant/structures/margin.ts'
import { call, condor, put, share } from './legs.ts'

describe('margin', () => {
  it('of what is bought is what it is worth', () => {
    expect(marginOf([call(100)], [4], 100)).toEqual({ amount: 4, rule: 'Paid in full' })
    expect(marginOf([share()], [100], 100)).toEqual({ amount: 100, rule: 'Paid in full' })
    expect(marginOf([share(), put(90)], [100, 2], 100).amount).toBe(102)
    expect(marginOf([share(), call(110, -1)], [100, 3], 100).amount).toBe(97)
    expect(marginOf([call(100), call(110, -1)], [5, 1], 100)).toEqual({ amount: 4, rule: 'Paid in full' })
  })

  it('of sold spreads is the largest loss at expiry', () => {
    const condorMargin = marginOf(condor(85, 90, 110, 115), [1, 2, 2, 1], 100)
    expect(condorMargin).toEqual({ amount: 3, rule: 'Largest loss at expiry' })
    expect(marginOf([put(90, -1), put(80)], [3, 1], 100).amount).toBe(8)
  })

  it('of a naked option follows the strategy-based rule, without the proceeds', () => {
    // The exchange's manual: 20 % of the share less what the option is out of the money, at least 10 %.
    expect(marginOf([call(105, -1)], [2], 100).amount).toBe(15)
    expect(marginOf([call(130, -1)], [0.5], 100).amount).toBe(10)
    expect(marginOf([put(95, -1)], [2], 100).amount).toBe(15)
    expect(marginOf([put(70, -1)], [0.5], 100).amount).toBe(7)
    expect(marginOf([put(95, -1), call(105, -2)], [2, 2], 100).amount).toBe(30)
    expect(marginOf([put(95, -1)], [2], 100).rule).toMatch(/^20 % of the share/)
  })

  it('asks for the uncovered part of a ratio only, and half of shares sold short', () => {
    expect(marginOf([call(100), call(110, -2)], [5, 2], 100).amount).toBe(10 + 3)
    expect(marginOf([share(), call(110, -2)], [100, 2], 100).amount).toBe(98 + 10)
    expect(marginOf([share(-1)], [100], 100)).toEqual({
      amount: 50,
      rule: 'Half the value of shares sold short',
    })
    expect(marginOf([share(-1), call(110)], [100, 2], 100).amount).toBe(12)
  })

  it('does not take an option for cover that expires before the one sold', () => {
    const early = call(105, 1, { expiry: 19_990 })
    expect(marginOf([call(105, -1), early], [3, 2], 100).amount).toBe(15 + 2)
    const late = call(105, 1, { expiry: 20_030 })
    expect(marginOf([call(105, -1), late], [3, 5], 100).amount).toBe(2)
  })
})

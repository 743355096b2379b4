import { describe, expect, it } from 'vitest'
import { strandsOption } from '../../../src/charts/strandsOption.ts'
import { waterfall } from '../../../src/charts/waterfall.ts'
import { frame } from './theme.ts'

describe('a waterfall', () => {
  it('starts each bar where the one before ended, and ends in a bar from nought to the sum', () => {
    const { bars, zero } = waterfall([30, -50, 60])
    // From −20 to 40: nought a third of the way.
    expect(zero).toBeCloseTo(100 / 3)
    expect(bars.map(({ left, right }) => [Math.round(left), Math.round(right)])).toEqual([
      [33, 83],
      [0, 83],
      [0, 100],
      [33, 100],
    ])
  })

  it('of nothing stands at nought', () => {
    expect(waterfall([0, 0]).bars.every(({ left, right }) => left === 0 && right === 0)).toBe(true)
  })
})

describe('greeks over time', () => {
  const dates = Int32Array.of(20_000, 20_001, 20_002)
  const strand = (name: string, ...values: number[]) => ({
    name,
    values: Float64Array.from(values),
    text: (value: number) => `${value} $`,
  })
  const drawn = (strands: ReturnType<typeof strand>[]) =>
    strandsOption({ dates, split: 3, zoom: null, strands }, frame(900, 200))

  it('stand one below the other on scales of their own, all with nought', () => {
    const { yAxis } = drawn([strand('Delta', 5e4, 6e4, 7e4), strand('Theta', -3, -2, -4)])!.option as {
      yAxis: { min: number; max: number }[]
    }
    expect(yAxis[0].min).toBeLessThanOrEqual(0)
    expect(yAxis[0].max).toBeGreaterThan(7e4)
    expect(yAxis[1].max).toBeGreaterThanOrEqual(0)
    expect(yAxis[1].max).toBeLessThan(1)
  })

  it('are told together for the day under the pointer', () => {
    const tip = drawn([strand('Delta', 1, 2, 3), strand('Theta', 4, 5, 6)])!.tip(20_001 * 86_400_000)
    expect(tip?.rows.map(({ name, values }) => [name, ...values])).toEqual([
      ['Delta', '2 $'],
      ['Theta', '5 $'],
    ])
  })

  it('are not drawn where nothing was held', () => {
    expect(drawn([strand('Delta', NaN, NaN, NaN)])).toBeNull()
  })
})

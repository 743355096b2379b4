import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  extent,
  linearTicks,
  logTicks,
  lowerBound,
  padded,
  position,
  timeTicks,
} from '../../../src/charts/scales.ts'

describe('ticks', () => {
  it('are round numbers', () => {
    expect(linearTicks({ min: 0, max: 1 }, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(linearTicks({ min: -0.31, max: 0 }, 4)).toEqual([-0.3, -0.2, -0.1, 0])
  })

  it('lie inside the domain and are never more than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 9 }),
        (min, span, target) => {
          const ticks = linearTicks({ min, max: min + span }, target)
          expect(ticks.length).toBeLessThanOrEqual(target)
          const room = span * 1e-6 + Math.abs(min) * 1e-9
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(min - room)
            expect(tick).toBeLessThanOrEqual(min + span + room)
          }
        },
      ),
    )
  })

  it('of a logarithmic axis are spread over its powers of ten', () => {
    expect(logTicks({ min: 52, max: 250 }, 6)).toEqual([70, 100, 150, 200])
    expect(logTicks({ min: 90, max: 12_000 }, 6)).toEqual([100, 300, 1000, 3000, 10_000])
  })

  it('of a short logarithmic axis are the linear ones', () => {
    expect(logTicks({ min: 98, max: 121 }, 6)).toEqual([100, 105, 110, 115, 120])
  })

  it('of time are the starts of years, months or days, as the span asks', () => {
    const day = (iso: string): number => Date.parse(iso) / 86_400_000
    expect(timeTicks(day('2015-01-02'), day('2024-12-31'), 10).map((tick) => tick.text)).toEqual([
      '2015', '2016', '2017', '2018', '2019', '2020', '2021', '2022', '2023', '2024',
    ]) // prettier-ignore
    expect(timeTicks(day('2023-10-15'), day('2024-05-01'), 8).map((tick) => tick.text)).toEqual([
      'Nov', 'Dec', '2024', 'Feb', 'Mar', 'Apr', 'May',
    ]) // prettier-ignore
    expect(timeTicks(day('2024-03-04'), day('2024-03-15'), 12)[0]?.text).toBe('4 Mar')
  })

  it('shows the first month although its first day was a holiday', () => {
    const from = Date.parse('2020-01-02') / 86_400_000
    expect(timeTicks(from, from + 1500, 6)[0]).toEqual({ day: from, text: '2020' })
  })
})

describe('domains', () => {
  it('skip what is missing', () => {
    expect(extent([[NaN, 3, 1], Float64Array.of(7, NaN)])).toEqual({ min: 1, max: 7 })
    expect(extent([[NaN]])).toBeNull()
  })

  it('keep room for a line that never moves', () => {
    const domain = padded({ min: 100, max: 100 }, 0.05)
    expect(domain.min).toBeLessThan(100)
    expect(domain.max).toBeGreaterThan(100)
  })

  it('place a doubling at the same distance anywhere on a logarithmic axis', () => {
    const domain = { min: 50, max: 400 }
    const step = position(200, domain, true) - position(100, domain, true)
    expect(position(400, domain, true) - position(200, domain, true)).toBeCloseTo(step, 12)
  })
})

it('finds the first day not before the one wanted', () => {
  const days = Int32Array.of(10, 12, 15)
  expect([9, 10, 11, 15, 16].map((day) => lowerBound(days, day))).toEqual([0, 0, 1, 2, 3])
})

import { describe, expect, it } from 'vitest'
import { sma } from '../../../workers/quant/indicators.ts'
import { IndicatorCache, indicatorsOf } from '../../../workers/systems/indicatorCache.ts'
import { closesMarket } from './closesMarket.ts'

describe('the indicators of a panel', () => {
  const panel = closesMarket([
    [1, 2, NaN, 4, 5],
    [5, 4, 3, 2, 1],
  ])

  it('skip the days on which the symbol did not trade', () => {
    const cache = new IndicatorCache(panel)
    expect(Array.from(cache.tradedBars(0).day)).toEqual([0, 1, 3, 4])
    expect(cache.closeAverage(0, 2)).toEqual(sma([1, 2, 4, 5], 2))
    expect(cache.closeAverage(1, 2)).toEqual(sma([5, 4, 3, 2, 1], 2))
  })
  it('are computed once per symbol and parameter', () => {
    const cache = indicatorsOf(panel)
    expect(indicatorsOf(panel)).toBe(cache)
    expect(cache.rsi(0, 2)).toBe(cache.rsi(0, 2))
    expect(cache.rsi(0, 2)).not.toBe(cache.rsi(0, 3))
    expect(cache.rsi(0, 2)).not.toBe(cache.rsi(1, 2))
    expect(indicatorsOf({ ...panel })).not.toBe(cache)
  })
  it('of the oldest parameters are dropped when there are very many', () => {
    const cache = new IndicatorCache(panel)
    const large = () => [new Float64Array(1_000_000)]
    const first = cache.cached('first', 0, large)
    for (let i = 0; i < 7; i++) cache.cached(`later ${i}`, 0, large)
    expect(cache.cached('later 6', 0, () => [new Float64Array(0)])[0].length).toBe(1_000_000)
    for (let i = 7; i < 10; i++) cache.cached(`later ${i}`, 0, large)
    expect(cache.cached('first', 0, large) === first).toBe(false)
  })
})

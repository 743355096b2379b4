import { describe, expect, it } from 'vitest'
import { sma } from '../../../workers/quant/indicators.ts'
import { IndicatorCache, indicatorsOf } from '../../../workers/systems/indicatorCache.ts'
import { closesMarket } from './closesMarket.ts'

const smaOf = (values: number[], n: number) => sma(Float64Array.from(values), n)

describe('the indicators of a panel', () => {
  const panel = closesMarket([
    [1, 2, NaN, 4, 5],
    [5, 4, 3, 2, 1],
  ])

  it('skip the days on which the symbol did not trade', () => {
    const cache = new IndicatorCache(panel)
    expect(Array.from(cache.bars[0].day)).toEqual([0, 1, 3, 4])
    expect(cache.closeAverage(2)).toEqual([smaOf([1, 2, 4, 5], 2), smaOf([5, 4, 3, 2, 1], 2)])
  })
  it('are computed once per parameter', () => {
    const cache = indicatorsOf(panel)
    expect(indicatorsOf(panel)).toBe(cache)
    expect(cache.rsi(2)).toBe(cache.rsi(2))
    expect(cache.rsi(2)).not.toBe(cache.rsi(3))
    expect(indicatorsOf({ ...panel })).not.toBe(cache)
  })
})

describe('the indicators of a large panel', () => {
  const bars = 200_000
  const wave = Array.from({ length: bars }, (_, d) => 100 + Math.sin(d / 7) * 10)
  const panel = closesMarket([wave])
  const limit = 48 * 1024 * 1024
  const columns = Math.floor(limit / (8 * bars))
  const lastOf = (n: number) => smaOf(wave.slice(-n), n)[n - 1]

  it('take no more than their limit, and are right in memory that is used again', () => {
    const cache = new IndicatorCache(panel)
    for (let n = 2; n < 2 * columns; n++) {
      const [average] = cache.closeAverage(n)
      expect(average[n - 2]).toBeNaN()
      expect(average[bars - 1]).toBeCloseTo(lastOf(n), 10)
      expect(cache.bytes).toBeLessThanOrEqual(limit)
    }
    expect(cache.bytes).toBeGreaterThan(0.9 * limit)
  })
  it('are dropped when they were used least recently, not when they are oldest', () => {
    const cache = new IndicatorCache(panel)
    const oldest = cache.closeAverage(2)
    const second = cache.closeAverage(3)
    for (let n = 4; n < 4 + columns; n++) {
      cache.closeAverage(n)
      expect(cache.closeAverage(2)).toBe(oldest)
    }
    expect(oldest[0][bars - 1]).toBeCloseTo(lastOf(2), 10)
    const again = cache.closeAverage(3)
    expect(again).not.toBe(second)
    expect(again[0][bars - 1]).toBeCloseTo(lastOf(3), 10)
  })
  it('of one run fit even where they exceed the limit', () => {
    const cache = new IndicatorCache(closesMarket(Array.from({ length: 5 }, () => wave)))
    const asked = [2, 3, 4, 5, 6, 7, 8, 9]
    const averages = asked.map((n) => cache.closeAverage(n))
    asked.forEach((n, i) => expect(cache.closeAverage(n)).toBe(averages[i]))
  })
})

describe('the calls of a signal', () => {
  const panel = closesMarket([Array<number>(1000).fill(1)])

  it('are found once', () => {
    const cache = new IndicatorCache(panel)
    let searches = 0
    const find = () => cache.callsOf('signal 1', () => searches++)
    expect(find()).toBe(find())
    expect(searches).toBe(1)
  })
  it('of a hundred thousand combinations stay within their limit, empty ones counted too', () => {
    const cache = new IndicatorCache(panel)
    for (let i = 0; i < 100_000; i++) {
      cache.callsOf(`signal ${i}`, (calls) => {
        for (let day = 0; day < i % 5; day++) calls.add(day, 0, 1)
      })
    }
    expect(cache.bytes).toBeLessThanOrEqual(16 * 1024 * 1024)
    expect(cache.bytes).toBeGreaterThan(15 * 1024 * 1024)
  })
  it('stand by day, on one day from strong to weak, and where equally strong by symbol', () => {
    const cache = new IndicatorCache(closesMarket([1, 2, 3].map((close) => Array<number>(9).fill(close))))
    const list = cache.callsOf('three symbols', (calls) => {
      calls.add(2, 0, 0.5)
      calls.add(7, 0, -0.1)
      calls.add(2, 1, -0.9)
      calls.add(2, 2, 0.5)
      calls.add(4, 2, 1)
    })
    const rows = Array.from(list.day, (day, i) => [day, list.symbol[i], list.conviction[i]])
    expect(rows).toEqual([
      [2, 1, -0.9],
      [2, 0, 0.5],
      [2, 2, 0.5],
      [4, 2, 1],
      [7, 0, -0.1],
    ])
  })
})

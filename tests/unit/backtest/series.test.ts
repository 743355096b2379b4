import { describe, expect, it } from 'vitest'
import { SeriesSample } from '../../../workers/backtest/series.ts'

const returns = (id: number) => [id, -id]
const idsOf = (sample: SeriesSample) => Array.from(sample.matrix().subarray(0, sample.count))

describe('the sample of daily returns', () => {
  it('keeps every distinct trial while there is room, a repeated one once', () => {
    const sample = new SeriesSample(4)
    for (const id of [1, 2, 2, 3, 1]) sample.offer('a', id, returns(id))
    expect(idsOf(sample)).toEqual([1, 2, 3])
    expect(sample.days).toBe(2)
    expect(Array.from(sample.matrix())).toEqual([1, 2, 3, -1, -2, -3])
  })

  it('stays bounded and spread over everything that was tried', () => {
    const sample = new SeriesSample(10)
    for (let id = 1; id <= 1000; id++) sample.offer('a', id, returns(id))
    const kept = idsOf(sample)
    expect(kept.length).toBeGreaterThan(4)
    expect(kept.length).toBeLessThanOrEqual(10)
    const steps = kept.slice(1).map((id, i) => id - kept[i])
    expect(new Set(steps).size).toBe(1)
    expect(kept[kept.length - 1]).toBeGreaterThan(850)
  })

  it('begins anew with other data or days', () => {
    const sample = new SeriesSample(10)
    sample.offer('a', 1, returns(1))
    sample.offer('b', 2, returns(2))
    expect(sample.isOf('a')).toBe(false)
    expect(idsOf(sample)).toEqual([2])
  })
})

import { describe, expect, it, vi } from 'vitest'
import { expectedCounts } from '../tools/characteristics/binomial.ts'
import { searchNullMarket } from '../tools/characteristics/nullSearch.ts'
import { measurePower, plantedPerMarket } from '../tools/characteristics/planted.ts'
import { martingaleReturns, panelOf } from '../tools/characteristics/randomMarket.ts'
import { sumOf } from '../tools/characteristics/reports.ts'
import { measureSizes } from '../tools/characteristics/sizes.ts'

/**
 * A small part of tests/operating-characteristics.md, measured again. The bounds are quantiles of the binomial
 * distribution: a test that holds its 5 % leaves them for one choice of seeds in a thousand.
 */
const odds = 1000

// Much work, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 })

const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i)

describe('the counts that chance allows', () => {
  it('are those of the binomial distribution', () => {
    // 20 coins: 4 heads or fewer 0.59 %, 5 or fewer 2.07 %; and the same from the other side.
    expect(expectedCounts(20, 0.5, 100)).toEqual({ least: 5, most: 15 })
    expect(expectedCounts(1, 0.05, 1000)).toEqual({ least: 0, most: 1 })
  })
})

describe('strategies that know nothing', async () => {
  const seeds = seedsFrom(501, 6)
  const plan = { strategies: 30, rerun: 2, families: 5, most: 10 }
  const counts = sumOf(await Promise.all(seeds.map((seed) => measureSizes(seed, plan))))
  const exact = [
    'probabilistic Sharpe, five years',
    'reality check, one trial',
    'p-value of the verdict, one trial',
  ]

  it.each(Object.keys(counts))('pass seldom: %s', (name) => {
    const { samples, found } = counts[name]
    expect(found).toBeLessThanOrEqual(expectedCounts(samples, 0.05, odds).most)
  })

  it.each(exact)('pass as often as is said: %s', (name) => {
    const { samples, found } = counts[name]
    expect(samples).toBe(seeds.length * plan.strategies)
    expect(found).toBeGreaterThanOrEqual(expectedCounts(samples, 0.05, odds).least)
  })

  it('earn nothing on average, because prices are a martingale', () => {
    let sum = 0
    let squares = 0
    for (const seed of seeds) {
      const { open, close } = panelOf(martingaleReturns(seed))
      for (let i = 0; i < close.length; i++) {
        if (!(close[i] > 0)) continue
        sum += close[i] / open[i] - 1
        squares += (close[i] / open[i] - 1) ** 2
      }
    }
    // Symbols share the moves of the market: as if there were a sixth of them.
    expect(Math.abs(sum) / Math.sqrt(6 * squares)).toBeLessThan(3.3)
  })
})

describe('the best combination of a market in which nothing can be foretold', () => {
  it('is not called hard to explain by luck', async () => {
    const { trials, bySharpe, byAlpha } = await searchNullMarket(501, 200)
    expect(trials).toBe(200)
    for (const found of [bySharpe, byAlpha]) {
      expect(found.verdict).not.toBe('hard to explain by luck')
      expect(found.pValue).toBeGreaterThan(found.pAlone)
    }
  })
})

describe('a strategy that prices follow', async () => {
  const seeds = seedsFrom(501, 3)
  const samples = (await Promise.all(seeds.map((seed) => measurePower(seed, 200, [0, 3])))).flat()
  const at = (sharpe: number) => samples.filter(({ wanted }) => wanted === sharpe)
  const n = seeds.length * plantedPerMarket

  it.each([0, 3])('has the Sharpe ratio that was planted: %d', (sharpe) => {
    const mean = at(sharpe).reduce((sum, { measured }) => sum + measured, 0) / n
    // Five years measure a Sharpe ratio to 1/√5.
    expect(Math.abs(mean - sharpe)).toBeLessThan(3.3 / Math.sqrt(5 * n))
  })

  it('is seldom found where it earns nothing', () => {
    const { most } = expectedCounts(n, 0.05, odds)
    expect(at(0).filter(({ alone }) => alone.pValue <= 0.05).length).toBeLessThanOrEqual(most)
    expect(at(0).filter(({ searched }) => searched.verdict === 'hard to explain by luck')).toEqual([])
  })

  it('is found at a Sharpe ratio of 3, alone and after a search that found nothing', () => {
    const { least } = expectedCounts(n, 0.9, odds)
    const hard = (verdict: string) => verdict === 'hard to explain by luck'
    expect(at(3).filter(({ alone }) => hard(alone.verdict)).length).toBeGreaterThanOrEqual(least)
    expect(at(3).filter(({ searched }) => hard(searched.verdict)).length).toBeGreaterThanOrEqual(least)
  })

  it('is never more significant after more was tried', () => {
    for (const { alone, searched } of samples) expect(searched.pValue).toBeGreaterThanOrEqual(alone.pValue)
  })
})

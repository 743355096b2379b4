import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChainOracle } from '../../../../datasets/chains/chainOracle.ts'
import { chainReport, measureChains } from '../../../../datasets/chains/chainFacts.ts'
import { drawChains, type Chains } from '../../../../datasets/chains/drawChains.ts'
import { shrinkFreeLunches, type GappedStrike } from '../../../../datasets/chains/freeLunches.ts'
import { leftAfter, mispricingPaths, type Mispricing } from '../../../../datasets/chains/mispricing.ts'
import { generateMarket } from '../../../../datasets/market.ts'
import { createRandom } from '../../../../datasets/random.ts'

const world = {
  onset: 0.03,
  size: 5,
  lag: 1,
  halfLife: 1,
  shareReverting: 1,
  fate: 'lasting' as const,
  turningDay: 0,
}
const some = (count: number): Mispricing[] =>
  Array.from({ length: count }, (_, i) => ({
    week: i % 7,
    size: (i % 2 === 0 ? 1 : -1) * (0.03 + 0.001 * (i % 11)),
    right: 1,
    kind: 'reverting',
  }))

describe('a mispricing', () => {
  it('waits its lag and then halves with every half-life, at full strength', () => {
    const mispricings = some(20)
    const paths = mispricingPaths(mispricings, 20, () => 1, world, createRandom(1, 'test'))
    mispricings.forEach(({ size }, i) => {
      expect(paths[i][0]).toBe(size)
      expect(paths[i][1]).toBeCloseTo(size, 12)
      expect(paths[i][2]).toBeCloseTo(size / 2, 12)
      expect(paths[i][4]).toBeCloseTo(size / 8, 12)
      expect(leftAfter(4, world)).toBeCloseTo(1 / 8, 12)
    })
  })

  it('moves just as much at strength 0, but not towards the fair price', () => {
    const mispricings = some(4000)
    const paths = mispricingPaths(mispricings, 20, () => 0, world, createRandom(1, 'test'))
    let towards = 0
    let moved = 0
    let own = 0
    mispricings.forEach(({ size }, i) => {
      towards += (size - paths[i][6]) / size
      moved += (size - paths[i][6]) ** 2
      own += (size * (1 - leftAfter(6, world))) ** 2
    })
    expect(Math.abs(towards / mispricings.length)).toBeLessThan(0.06)
    expect(moved / own).toBeGreaterThan(0.9)
    expect(moved / own).toBeLessThan(1.1)
  })

  it('stays where it is when it is of the standing kind', () => {
    const standing = some(3).map((mispricing) => ({ ...mispricing, kind: 'standing' as const }))
    const paths = mispricingPaths(standing, 12, () => 1, world, createRandom(1, 'test'))
    standing.forEach(({ size }, i) => expect(new Set(paths[i])).toEqual(new Set([size])))
  })

  it('shrinks where it would pay for nothing together with its neighbours', () => {
    const strike = (at: number, price: number, gap: number): GappedStrike => ({
      expiry: 100,
      strike: at,
      gap,
      contracts: [{ right: 1, price, half: 0.05 }],
    })
    const dear = [strike(95, 7, 0), strike(100, 4, 1.5), strike(105, 2, 0)]
    shrinkFreeLunches(dear)
    expect(dear[1].gap).toBeGreaterThan(0.3)
    expect(4 + dear[1].gap - 0.05).toBeLessThanOrEqual((7 + 2) / 2 + 0.05)
    const fair = [strike(95, 7, 0.1), strike(100, 4, 0.2), strike(105, 2, -0.1)]
    shrinkFreeLunches(fair)
    expect(fair.map(({ gap }) => gap)).toEqual([0.1, 0.2, -0.1])
  })
})

describe('mispricings in the quotes', () => {
  /** Mean departure from the surface, in the direction of the mispricing, by weeks since it appeared. */
  function departures({ quotes, mispricings }: Chains, weeks: number): number {
    const byStrike = new Map(
      quotes.map((quote) => [`${quote.underlying} ${quote.strikeId} ${quote.right} ${quote.week}`, quote]),
    )
    let sum = 0
    let count = 0
    for (const { underlying, strikeId, right, week, size } of mispricings) {
      const quote = byStrike.get(`${underlying} ${strikeId} ${right} ${week + weeks}`)
      const start = byStrike.get(`${underlying} ${strikeId} ${right} ${week}`)
      if (quote === undefined || start === undefined) continue
      const off = (bid: number, ask: number, fair: number) => (bid + ask) / 200 / fair - 1
      sum += off(quote.bid, quote.ask, quote.fairPrice) / size
      count++
    }
    return sum / count
  }

  /** A seed whose mispricings revert throughout. */
  const lasting = 204

  it('revert at strength 1 and pay the oracle more than the spread', () => {
    const chains = drawChains(generateMarket({ seed: lasting, years: 3 }))
    expect(chains.world.mispricing.fate).toBe('lasting')
    expect(departures(chains, 0)).toBeGreaterThan(0.85)
    expect(departures(chains, 4)).toBeLessThan(0.5 * departures(chains, 0))
    const oracle = runChainOracle(chains)
    expect(oracle.trades).toBeGreaterThan(100)
    expect(oracle.gain).toBeGreaterThan(0.025)
    expect(oracle.gainAfterSpread).toBeGreaterThan(2 * oracle.standardError)
    expect(oracle.accuracy).toBeGreaterThan(0.5)
    expect(oracle.baseRate).toBeLessThan(0.2)
  }, 120_000)

  it('remain at strength 0 and tell nothing of later quotes', () => {
    const chains = drawChains(generateMarket({ seed: lasting, strength: 0, years: 3 }))
    expect(departures(chains, 4)).toBeGreaterThan(0.85 * departures(chains, 0))
    const oracle = runChainOracle(chains)
    expect(oracle.trades).toBeGreaterThan(100)
    expect(Math.abs(oracle.gain)).toBeLessThan(4 * oracle.standardError)
    expect(oracle.gainAfterSpread).toBeLessThan(0)
  }, 120_000)

  it('have the figures that are kept', () => {
    const kept = readFileSync(new URL('../../../market-facts.md', import.meta.url), 'utf8')
    expect(kept).toContain(chainReport(measureChains(101, 102, 1)))
  }, 120_000)
})

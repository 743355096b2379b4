import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { demandReport, measureDemandAt } from '../../../../datasets/demand/demandFacts.ts'
import { demandOrders, type DemandOracle } from '../../../../datasets/demand/demandOracle.ts'
import type { DemandTables } from '../../../../datasets/demand/demandTables.ts'
import { drawDemand } from '../../../../datasets/demand/drawDemand.ts'
import { generateMarket } from '../../../../datasets/market.ts'

const kept = readFileSync(new URL('../../../market-facts.md', import.meta.url), 'utf8')

/** Over the trades of all seeds. */
function pooled(oracles: DemandOracle[], exits: keyof DemandOracle) {
  const trades = oracles.reduce((sum, oracle) => sum + oracle[exits].trades, 0)
  const over = (figure: 'accuracy' | 'meanGain' | 'baseRate') =>
    oracles.reduce((sum, oracle) => sum + oracle[exits][figure] * oracle[exits].trades, 0) / trades
  return { trades, accuracy: over('accuracy'), meanGain: over('meanGain'), baseRate: over('baseRate') }
}

describe('the oracle of the tickets over 20 seeds', () => {
  let whole: DemandOracle[]
  let half: DemandOracle[]
  let none: DemandOracle[]
  beforeAll(() => {
    ;[whole, half, none] = measureDemandAt(101, 120, [1, 0.5, 0])
  }, 600_000)

  it('wins about 65 % of its trades at about 2 % each under the recommended exits', () => {
    const { trades, accuracy, meanGain, baseRate } = pooled(whole, 'recommended')
    expect(trades).toBeGreaterThan(1000)
    expect(accuracy).toBeGreaterThan(0.61)
    expect(accuracy).toBeLessThan(0.69)
    expect(meanGain).toBeGreaterThan(0.016)
    expect(meanGain).toBeLessThan(0.024)
    expect(accuracy - baseRate).toBeGreaterThan(0.14)
  })

  it('wins more often but less at a time under the original exits', () => {
    const { accuracy, meanGain } = pooled(whole, 'original')
    expect(accuracy).toBeGreaterThan(0.61)
    expect(meanGain).toBeGreaterThan(0.004)
    expect(meanGain).toBeLessThan(0.008)
  })

  it('wins no more often than chance in the null market, and something between at half strength', () => {
    for (const exits of ['recommended', 'original'] as const) {
      const [all, some, nothing] = [whole, half, none].map((oracles) => pooled(oracles, exits))
      expect(Math.abs(nothing.accuracy - nothing.baseRate)).toBeLessThan(0.03)
      expect(nothing.meanGain).toBeLessThan(0.003)
      expect(some.accuracy).toBeGreaterThan(nothing.accuracy + 0.02)
      expect(some.accuracy).toBeLessThan(all.accuracy - 0.02)
    }
  })

  it('has the figures of the kept tables', () => {
    for (const oracles of [whole, half, none]) expect(kept).toContain(demandReport(oracles))
  })
})

describe('the oracle of the tickets', () => {
  it('decides on a day what it would decide if the rest never came', () => {
    const market = generateMarket({ seed: 3 })
    const { tables, customers } = drawDemand(market)
    const { deals, beta, ownVolatility, demand } = market.truth
    const known = { deals, beta, ownVolatility, world: demand.world, customers }
    const orders = demandOrders({ ...market, demand: tables }, known)

    const cut = 700
    const today = market.dates[cut]
    const days = market.dates.length
    const priceUntil = (column: Int32Array) => column.map((cents, i) => (i % days <= cut ? cents : 0))
    // A row of a calendar day is known on the next one.
    const until = (column: Int32Array) =>
      column.map((count, i) => (tables.firstDay + (i % tables.calendarDays) < today ? count : 7))
    const before = (minutes: number) => minutes < today * 1440
    const truncated: DemandTables = {
      ...tables,
      tickets: until(tables.tickets),
      downloads: until(tables.downloads),
      commits: until(tables.commits),
      releases: tables.releases.filter(({ day }) => tables.firstDay + day < today),
      incidents: tables.incidents.filter(({ started }) => before(started)),
      news: tables.news.filter(({ published }) => before(published)),
    }
    const { open, high, low, close } = market.prices
    const blind = demandOrders(
      {
        ...market,
        prices: {
          open: priceUntil(open),
          high: priceUntil(high),
          low: priceUntil(low),
          close: priceUntil(close),
        },
        demand: truncated,
      },
      { ...known, deals: deals.filter(({ announced }) => announced <= cut) },
    )
    const decided = (list: typeof orders) => list.filter(({ entryDay }) => entryDay <= cut + 1)
    expect(decided(blind)).toEqual(decided(orders))
    expect(decided(orders).length).toBeGreaterThan(30)
    expect(orders.length).toBeGreaterThan(decided(orders).length)
  }, 60_000)
})

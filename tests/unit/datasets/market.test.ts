import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMPANIES } from '../../../datasets/companies.ts'
import { generateMarket, type SimulatedMarket } from '../../../datasets/market.ts'

const market = generateMarket({ seed: 1 })
const days = market.dates.length
const at = (symbol: number, day: number) => symbol * days + day
const adjusted = ({ prices, adjFactor }: SimulatedMarket, index: number) =>
  (prices.close[index] / 100) * adjFactor[index]

describe('a simulated market', () => {
  it('has 36 operators, 60 companies to be bought, and one benchmark that says it is simulated', () => {
    expect(COMPANIES.filter(({ role }) => role === 'operator')).toHaveLength(36)
    expect(COMPANIES.filter(({ role }) => role === 'target')).toHaveLength(60)
    expect(new Set(market.symbols).size).toBe(97)
    expect(new Set(COMPANIES.map(({ name }) => name)).size).toBe(96)
    expect(market.symbols.filter((symbol) => symbol === 'QQQ')).toHaveLength(1)
    expect(market.companies.at(-1)).toMatchObject({ symbol: 'QQQ', name: 'Simulated QQQ', sector: '' })
    for (const { hqAirport } of COMPANIES) expect(hqAirport).toMatch(/^K[A-Z]{3}$/)
  })

  it('makes sane bars from any seed and strength', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, strength) => {
        const { prices, volume, adjFactor, splitFactor, truth } = generateMarket({ seed, strength, years: 1 })
        for (let i = 0; i < adjFactor.length; i++) {
          const [open, high, low, close] = [prices.open[i], prices.high[i], prices.low[i], prices.close[i]]
          const traded = close > 0
          const sane = traded
            ? low >= 1 && low <= Math.min(open, close) && high >= Math.max(open, close) && volume[i] >= 100
            : open === 0 && high === 0 && low === 0 && volume[i] === 0
          const factors = traded ? adjFactor[i] > 0 && splitFactor[i] > 0 : adjFactor[i] === 0
          if (!sane || !factors || !Number.isSafeInteger(volume[i]))
            throw new Error(`bar ${i} of seed ${seed}`)
        }
        expect(Number.isFinite(truth.oracle.sharpe)).toBe(true)
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  it('splits and pays dividends without a step in the adjusted close', () => {
    let splits = 0
    let dividends = 0
    for (let symbol = 0; symbol < market.symbols.length; symbol++) {
      for (let day = 1; day < days; day++) {
        const now = at(symbol, day)
        const before = now - 1
        if (market.prices.close[now] === 0 || market.prices.close[before] === 0) continue
        if (market.adjFactor[now] === market.adjFactor[before]) continue
        const split = market.splitFactor[now] !== market.splitFactor[before]
        if (split) splits++
        else dividends++
        const change = adjusted(market, now) / adjusted(market, before)
        const raw = market.prices.close[now] / market.prices.close[before]
        expect(change).toBeGreaterThan(0.75)
        expect(change).toBeLessThan(1.33)
        if (split) expect(raw < 0.7 || raw > 5).toBe(true)
        else expect(market.adjFactor[now] / market.adjFactor[before]).toBeLessThan(1.02)
      }
    }
    expect(splits).toBeGreaterThan(0)
    expect(dividends).toBeGreaterThan(500)
  })

  it('ends with adjusted prices equal to raw ones', () => {
    for (let symbol = 0; symbol < market.symbols.length; symbol++) {
      let last = days - 1
      while (market.prices.close[at(symbol, last)] === 0) last--
      expect(market.adjFactor[at(symbol, last)]).toBe(1)
    }
  })

  it('lets completed targets stop trading 60 to 180 days after the news, and everyone else go on', () => {
    const ended = new Set<number>()
    for (const deal of market.truth.deals) {
      const { delistedOn } = market.companies[deal.target]
      if (deal.outcome !== 'completed') {
        expect(delistedOn).toBeNull()
        continue
      }
      ended.add(deal.target)
      const wait = market.dates[deal.ends] - market.dates[deal.announced]
      expect(wait).toBeGreaterThanOrEqual(60)
      expect(wait).toBeLessThanOrEqual(180)
      expect(delistedOn).toBe(market.dates[deal.ends])
      expect(market.prices.close[at(deal.target, deal.ends)]).toBeGreaterThan(0)
      for (let day = deal.ends + 1; day < days; day++)
        expect(market.prices.close[at(deal.target, day)]).toBe(0)
    }
    expect(ended.size).toBeGreaterThan(35)
    for (let symbol = 0; symbol < market.symbols.length; symbol++) {
      if (!ended.has(symbol)) expect(market.prices.close[at(symbol, days - 1)]).toBeGreaterThan(0)
    }
  })

  it('has about 60 deals: targets jump by about a quarter, buyers slip, one in eight breaks', () => {
    const jumps: number[] = []
    const slips: number[] = []
    let broken = 0
    let decided = 0
    for (let seed = 1; seed <= 10; seed++) {
      const sample = generateMarket({ seed })
      expect(sample.truth.deals).toHaveLength(60)
      for (const deal of sample.truth.deals) {
        if (deal.outcome !== 'pending') decided++
        if (deal.outcome === 'broken') broken++
        const overnight = (symbol: number) =>
          (sample.prices.open[at(symbol, deal.announced)] * sample.adjFactor[at(symbol, deal.announced)]) /
            (sample.prices.close[at(symbol, deal.announced - 1)] *
              sample.adjFactor[at(symbol, deal.announced - 1)]) -
          1
        jumps.push(overnight(deal.target))
        if (Number.isFinite(overnight(deal.acquirer))) slips.push(overnight(deal.acquirer))
      }
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(jumps)).toBeGreaterThan(0.17)
    expect(mean(jumps)).toBeLessThan(0.27)
    expect(mean(slips)).toBeLessThan(-0.01)
    expect(mean(slips)).toBeGreaterThan(-0.035)
    expect(broken / decided).toBeGreaterThan(0.07)
    expect(broken / decided).toBeLessThan(0.18)
  }, 60_000)

  it('halts two operators for some days', () => {
    expect(market.truth.halts).toHaveLength(2)
    for (const { symbol, from, to } of market.truth.halts) {
      expect(market.prices.close[at(symbol, from - 1)]).toBeGreaterThan(0)
      for (let day = from; day < to; day++) expect(market.prices.close[at(symbol, day)]).toBe(0)
      expect(market.prices.close[at(symbol, to)]).toBeGreaterThan(0)
    }
  })
})

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { isoDate, tradingDays, weekday } from '../../../../datasets/calendar.ts'
import { optionsCsv, vendorVol } from '../../../../datasets/chains/chainsCsv.ts'
import { RATE } from '../../../../datasets/chains/chainWorld.ts'
import { chainsTruth } from '../../../../datasets/chains/chainsPart.ts'
import { drawChains, type Chains, type Quote } from '../../../../datasets/chains/drawChains.ts'
import { expiriesOn, quoteDays } from '../../../../datasets/chains/expiries.ts'
import { sha256 } from '../../../../datasets/files.ts'
import { generateMarket, type SimulatedMarket } from '../../../../datasets/market.ts'
import { americanImpliedVol } from '../../../../workers/quant/options.ts'

let market: SimulatedMarket
let chains: Chains
beforeAll(() => {
  market = generateMarket({ seed: 1 })
  chains = drawChains(market)
}, 120_000)

const mid = ({ bid, ask }: Quote) => (bid + ask) / 200

function grouped(quotes: readonly Quote[], key: (quote: Quote) => string): Quote[][] {
  const groups = new Map<string, Quote[]>()
  for (const quote of quotes) {
    const group = groups.get(key(quote))
    if (group) group.push(quote)
    else groups.set(key(quote), [quote])
  }
  return [...groups.values()]
}

describe('simulated option chains', () => {
  it('are the same to the byte on every machine', () => {
    const csv = optionsCsv(chains, market.dates)
    expect(csv.rows).toBe(chains.quotes.length)
    expect({
      options: sha256(csv.text),
      truth: sha256(JSON.stringify(chainsTruth(chains, market.dates))),
    }).toEqual({
      options: '203881ba2c360365a7e3a5ec4468348313ce5587e3e0e76498c07b7d0b3b33b8',
      truth: '3b93f6197023c6aa398f24848e85dfb712eecebc1995a1ebbf84e994397057b3',
    })
    const [header, first] = csv.text.split('\n', 2)
    expect(header).toBe('symbol,quote_date,expiry,strike,right,bid,ask,last,volume,open_interest,implied_vol')
    expect(first.split(',')).toHaveLength(11)
  }, 60_000)

  it('are drawn again the same, from the seed', () => {
    const short = () => drawChains(generateMarket({ seed: 5, years: 1 })).quotes
    expect(short()).toEqual(short())
  }, 60_000)

  it('cover QQQ and five companies that are never taken over, every week they trade', () => {
    expect(chains.underlyings).toHaveLength(6)
    expect(chains.underlyings[0].symbol).toBe('QQQ')
    for (const { symbol } of chains.underlyings) {
      expect(market.companies[market.symbols.indexOf(symbol)].delistedOn).toBeNull()
    }
    expect(chains.days.length).toBeGreaterThan(255)
    for (const { underlying, day, spot } of chains.quotes) {
      const at = market.symbols.indexOf(chains.underlyings[underlying].symbol) * market.dates.length + day
      if (spot !== market.prices.close[at] / 100) throw new Error(`spot of day ${day}`)
    }
    const perChain = grouped(chains.quotes, ({ underlying, week }) => `${underlying} ${week}`)
    expect(perChain.length).toBeGreaterThan(6 * 255)
    for (const chain of perChain) expect(new Set(chain.map(({ expiry }) => expiry)).size).toBeGreaterThan(3)
  })

  it('bid less than they ask, and are worth at least what exercise would pay', () => {
    for (const quote of chains.quotes) {
      const { bid, ask, right, spot, strike, fairPrice } = quote
      const exercised = Math.max(0, right * (spot - strike))
      const sound =
        bid >= 1 &&
        bid < ask &&
        mid(quote) >= exercised &&
        bid / 100 >= exercised - 0.02 &&
        fairPrice >= exercised
      if (!sound || !Number.isInteger(bid) || !Number.isInteger(ask)) throw new Error(JSON.stringify(quote))
    }
  })

  it('quote spreads that widen away from a delta of a half', () => {
    const away = [0, 0.1, 0.2, 0.3].map((from) => {
      const near = chains.quotes.filter(({ delta }) => {
        const distance = Math.abs(Math.abs(delta) - 0.5)
        return distance >= from && distance < from + 0.1
      })
      const spreads = near.map((quote) => (quote.ask - quote.bid) / 100 / mid(quote))
      return spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length
    })
    expect(away).toEqual([...away].sort((a, b) => a - b))
    expect(away[3]).toBeGreaterThan(1.7 * away[0])
    expect(away[0]).toBeLessThan(0.04)
  })

  it('leave no free lunch at bid and ask: strikes are in order, butterflies and calendars cost something', () => {
    let butterflies = 0
    for (const quotes of grouped(chains.quotes, (q) => `${q.underlying} ${q.week} ${q.expiry} ${q.right}`)) {
      for (let i = 1; i < quotes.length; i++) {
        const [low, high] = [quotes[i - 1], quotes[i]]
        expect(low.strike).toBeLessThan(high.strike)
        if (low.right > 0 ? high.bid > low.ask : low.bid > high.ask) throw new Error(JSON.stringify(high))
        if (i + 1 === quotes.length) continue
        const above = quotes[i + 1]
        const share = (above.strike - high.strike) / (above.strike - low.strike)
        if (high.bid > share * low.ask + (1 - share) * above.ask + 1) throw new Error(JSON.stringify(high))
        butterflies++
      }
    }
    for (const quotes of grouped(chains.quotes, (q) => `${q.underlying} ${q.week} ${q.strike} ${q.right}`)) {
      for (let i = 1; i < quotes.length; i++) {
        if (quotes[i - 1].bid > quotes[i].ask) throw new Error(JSON.stringify(quotes[i]))
      }
    }
    expect(butterflies).toBeGreaterThan(30_000)
  })

  it('have strikes that stay where they are from week to week, but for splits', () => {
    for (const quotes of grouped(chains.quotes, (q) => `${q.underlying} ${q.strikeId} ${q.right}`)) {
      const { split } = chains.underlyings[quotes[0].underlying]
      for (const { strike, day } of quotes) {
        const listed = (quotes[0].strike * split[quotes[0].day]) / split[day]
        if (Math.abs(strike - listed) > 0.011 * Math.max(1, split[quotes[0].day] / split[day]))
          throw new Error(`${strike} was ${listed}`)
      }
    }
  })

  it('trade most at the money and in the near months; the last price is one at which they traded', () => {
    const volume = (from: number, to: number) => {
      const some = chains.quotes.filter(({ delta }) => Math.abs(delta) >= from && Math.abs(delta) < to)
      return some.reduce((sum, quote) => sum + quote.volume, 0) / some.length
    }
    expect(volume(0.35, 0.5)).toBeGreaterThan(1.5 * volume(0.07, 0.15))
    for (const { volume: traded, openInterest, last, bid, ask } of chains.quotes) {
      const sound =
        Number.isInteger(traded) && traded >= 0 && Number.isInteger(openInterest) && openInterest >= 0
      if (!sound || (traded > 0 && last !== bid && last !== ask)) throw new Error(`${traded} at ${last}`)
    }
    const tradable = chains.quotes.filter(({ volume: v, openInterest }) => v >= 50 && openInterest >= 100)
    expect(tradable.length / chains.quotes.length).toBeGreaterThan(0.4)
  })

  it('give implied volatilities as a vendor does: of the mid, American, four decimals', () => {
    chains.quotes.forEach((quote, i) => {
      if (i % 211 !== 0) return
      const { spot, strike, years, right } = quote
      const underlying = chains.underlyings[quote.underlying]
      const own = americanImpliedVol({
        right: right > 0 ? 'call' : 'put',
        price: mid(quote),
        spot,
        strike,
        years,
        rate: RATE,
        dividendYield: underlying.dividendYield,
      })
      expect(Math.abs(vendorVol(quote, underlying) - own), JSON.stringify(quote)).toBeLessThan(2e-4)
    })
  })
})

describe('the days of option chains', () => {
  const dates = tradingDays(2020, 5)

  it('are Wednesdays, or the last trading day before', () => {
    const days = quoteDays(dates, 20)
    expect(days.filter((day) => weekday(dates[day]) === 3).length / days.length).toBeGreaterThan(0.95)
    for (const day of days) {
      const w = weekday(dates[day])
      expect(w).toBeLessThanOrEqual(3)
      // The table ends on a Tuesday.
      if (w < 3 && day + 1 < dates.length) expect(dates[day + 1] - dates[day]).toBeGreaterThan(3 - w)
    }
  })

  it('expire on Fridays, or the day before where the exchange is shut', () => {
    const open = new Set(tradingDays(2020, 6))
    fc.assert(
      fc.property(fc.constantFrom(...quoteDays(dates, 0)), (day) => {
        const expiries = expiriesOn(dates[day])
        expect(expiries.length).toBeGreaterThanOrEqual(7)
        expect(new Set(expiries).size).toBe(expiries.length)
        expect(expiries).toEqual([...expiries].sort((a, b) => a - b))
        expect(expiries.some((e) => e - dates[day] >= 28 && e - dates[day] <= 45)).toBe(true)
        for (const expiry of expiries) {
          expect(open.has(expiry), isoDate(expiry)).toBe(true)
          if (weekday(expiry) !== 5) {
            expect(weekday(expiry)).toBe(4)
            expect(open.has(expiry + 1)).toBe(false)
          }
        }
        for (const expiry of expiries.slice(-3)) {
          const date = Number(isoDate(expiry).slice(8))
          expect(date).toBeGreaterThanOrEqual(14)
          expect(date).toBeLessThanOrEqual(21)
        }
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../../../workers/backtest/simulate.ts'
import { dailyParts } from '../../../../workers/backtest/structures/attribution.ts'
import { optionMarketOf } from '../../../../workers/backtest/structures/optionMarket.ts'
import { blackScholes } from '../../../../workers/quant/options.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import type { RiskRules, Signals } from '../../../../workers/systems/system.ts'
import { chainOf, panelOf, rulesOf, signalsOf, walk, type Order } from './smallMarket.ts'

const kinds = ['long-option', 'vertical', 'covered-call', 'protective-put', 'iron-condor'] as const
const days = 130
const open = { premiumStop: 0, premiumTarget: 0, premiumTargetOut: 0, mostSpread: 0 }

/** Where the money of every day of a run came from, all structures together. */
function movedBy(panel: Panel, signals: Signals, rules: RiskRules) {
  const run = simulate(panel, signals, rules)
  const market = optionMarketOf(panel, rules.expression!.model)
  const moved = new Float64Array(panel.dates.length)
  for (const lot of run.structures!) {
    const daily = dailyParts(lot, market)
    daily.forEach((parts, k) => {
      const day = k === daily.length - 1 ? lot.exitDay : lot.days[k]
      moved[day] += Object.values(parts).reduce((sum, part) => sum + part, 0)
    })
  }
  return { run, moved }
}

const someOrders = fc
  .array(
    fc.record({
      day: fc.integer({ min: 35, max: days - 3 }),
      symbol: fc.integer({ min: 0, max: 1 }),
      direction: fc.constantFrom(1, 1, 1, -1, 0),
      conviction: fc.double({ min: 0.2, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((orders): Order[] => orders.sort((a, b) => a.day - b.day))

describe('a run in options', () => {
  it('loses and makes no money but that of its trades, and every day is explained to the cent', () => {
    fc.assert(
      fc.property(
        someOrders,
        fc.constantFrom(...kinds),
        fc.record({ roll: fc.boolean(), closeBefore: fc.constantFrom(0, 7), allowShort: fc.boolean() }),
        fc.integer({ min: 1, max: 1000 }),
        (orders, expression, changed, seed) => {
          const panel = panelOf([walk(seed, days), walk(seed + 1, days, 40)])
          const rules = rulesOf({ expression, slippageBps: 5, borrowRate: 0, ...changed })
          const { run, moved } = movedBy(panel, signalsOf(orders), rules)
          const profit = run.trades.reduce((sum, trade) => sum + trade.profit, 0)
          expect(run.equity[days - 1]).toBeCloseTo(100_000 + profit, 6)
          for (let day = 1; day < days; day++) {
            expect(run.equity[day] - run.equity[day - 1], `day ${day}`).toBeCloseTo(moved[day], 6)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('takes fees and commission off the profit of the trade that pays them', () => {
    const panel = panelOf([walk(4, days)])
    const rules = rulesOf({ expression: 'covered-call', commissionBps: 10, contractFee: 0.65, ...open })
    const { trades, equity } = simulate(panel, signalsOf([{ day: 40 }]), rules)
    const free = simulate(panel, signalsOf([{ day: 40 }]), rulesOf({ expression: 'covered-call', ...open }))
    expect(trades).toHaveLength(1)
    expect(trades[0].fees).toBeGreaterThan(2 * 0.65)
    expect(trades[0].profit).toBeCloseTo(free.trades[0].profit - trades[0].fees, 8)
    expect(equity[days - 1]).toBeCloseTo(100_000 + trades[0].profit, 8)
  })

  it.each(kinds)('decides nothing by what comes later: %s', (expression) => {
    const closes = [walk(7, days), walk(8, days)]
    const orders = [{ day: 36 }, { day: 40, symbol: 1 }, { day: 58, direction: 0 }, { day: 60 }]
    const rules = rulesOf({ expression, roll: true })
    const whole = simulate(panelOf(closes), signalsOf(orders), rules)
    for (const kept of [62, 75, 100]) {
      const cut = simulate(panelOf(closes.map((one) => one.slice(0, kept))), signalsOf(orders), rules)
      // On the last day of the shorter run everything is closed.
      expect(cut.equity.slice(0, kept - 1)).toEqual(whole.equity.slice(0, kept - 1))
    }
  })

  it('does not notice a split of 7 for 1: strikes, contracts and volatility follow', () => {
    const raw = walk(3, days, 90)
    const split = 60
    const asIfNever = panelOf([raw])
    const withSplit = panelOf([raw.map((close) => close / 7)], [raw.map((_, day) => (day < split ? 7 : 1))])
    for (const expression of kinds) {
      const rules = rulesOf({ expression, closeBefore: 0, ...open })
      const orders = signalsOf([{ day: 45 }])
      const [plain, after] = [asIfNever, withSplit].map((panel) => simulate(panel, orders, rules))
      expect(plain.trades, expression).toHaveLength(1)
      // Volatility is taken from adjusted prices, so nothing but rounding can differ.
      plain.equity.forEach((equity, day) =>
        expect(after.equity[day], `${expression} ${day}`).toBeCloseTo(equity, 4),
      )
    }
  })

  it('lets a call that ends in the money pay what it is worth, and one that does not expire', () => {
    const rising = Array.from({ length: days }, (_, i) => 100 * 1.004 ** i * (i % 2 ? 1.01 : 1))
    const falling = rising.map((close) => 10_000 / close)
    const rules = rulesOf({ expression: 'long-option', closeBefore: 0, ...open })
    for (const closes of [rising, falling]) {
      const { trades, structures } = simulate(panelOf([closes]), signalsOf([{ day: 40 }]), rules)
      const [trade] = trades
      const [leg] = structures![0].legs
      expect(trade.exitReason).toBe('expiry')
      expect(trade.exitPrice).toBeCloseTo(Math.max(0, closes[trade.exitDay] - leg.strike), 10)
    }
    const called = simulate(
      panelOf([rising]),
      signalsOf([{ day: 40 }]),
      rulesOf({ expression: 'covered-call', closeBefore: 0, target: 0, ...open }),
    )
    expect(called.trades[0].exitReason).toBe('assignment')
    // The shares go at the strike, whatever they cost on the day.
    expect(called.trades[0].exitPrice).toBeCloseTo(called.structures![0].legs[1].strike, 10)
  })

  it('closes on what selling would bring at the close, and says when the loss is beyond the stop', () => {
    const falling = Array.from(
      { length: days },
      (_, i) => 100 * (i < 45 ? 1 + 0.01 * (i % 2) : 0.97 ** (i - 44)),
    )
    const rules = rulesOf({ expression: 'long-option' })
    const { trades, counters } = simulate(panelOf([falling]), signalsOf([{ day: 40 }]), rules)
    expect(trades[0].exitReason).toBe('stop')
    expect(trades[0].exitPrice).toBeLessThan(0.65 * trades[0].entryPrice)
    expect(counters.breaches).toBe(1)
  })

  it('rolls into a later expiry at the same close', () => {
    const rules = rulesOf({ expression: 'long-option', roll: true, ...open })
    const { trades, structures } = simulate(panelOf([walk(11, days)]), signalsOf([{ day: 40 }]), rules)
    expect(trades.map(({ exitReason }) => exitReason)).toEqual(['roll', 'roll', 'roll', 'roll', 'end'])
    expect(structures!.map(({ entryDay }) => entryDay).slice(1)).toEqual(
      structures!.map(({ exitDay }) => exitDay).slice(0, -1),
    )
    expect(new Set(structures!.map(({ contracts }) => contracts)).size).toBe(1)
  })

  it('holds no more exposure than the limit, and no more premium than there is money', () => {
    fc.assert(
      fc.property(someOrders, fc.constantFrom('exposure', 'premium'), (orders, optionSizeBy) => {
        const panel = panelOf([walk(5, days), walk(6, days, 40)])
        const rules = rulesOf({ expression: 'long-option', optionSizeBy, overlap: true, gross: 0.3 })
        const { structures, cash } = simulate(panel, signalsOf(orders), rules)
        for (const day of structures!.map(({ entryDay }) => entryDay)) {
          const entered = structures!.filter((lot) => lot.entryDay === day)
          const exposure = entered.reduce((sum, lot) => {
            const [leg] = lot.legs
            const { spot, years, vol } = lot.history[0][0]
            const right = leg.right > 0 ? 'call' : 'put'
            const { delta } = blackScholes({
              right,
              spot,
              strike: leg.strike,
              years,
              rate: 0.03,
              dividendYield: 0,
              vol,
            })
            return sum + lot.units * Math.abs(delta) * spot
          }, 0)
          expect(exposure).toBeLessThan(0.31 * 100_000 * 1.5)
          expect(cash[day]).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 25 },
    )
  })
})

describe('a contract that a chain quotes', () => {
  const closes = Array.from({ length: days }, (_, i) => 100 + (i % 3))
  const panel = panelOf([closes])
  const expiry = panel.dates[41] + 37
  const price = (spot: number, strike: number, right: 1 | -1, years: number) =>
    blackScholes({
      right: right > 0 ? 'call' : 'put',
      spot,
      strike,
      years,
      rate: 0.03,
      dividendYield: 0,
      vol: 0.4,
    }).price
  const quotesOn = (day: number) =>
    [80, 85, 90, 95, 100, 105, 110, 115, 120].flatMap((strike) =>
      ([1, -1] as const).map((right) => {
        const years = (expiry - panel.dates[day]) / 365
        return {
          day: panel.dates[day],
          spot: closes[day],
          expiry,
          strike,
          right,
          mid: price(closes[day], strike, right, years),
        }
      }),
    )
  const quoted: Panel = { ...panel, chains: chainOf([...quotesOn(41), ...quotesOn(44)]) }

  it('is bought at the ask and marked at the middle', () => {
    const rules = rulesOf({ expression: 'long-option', ...open })
    const { structures, equity } = simulate(quoted, signalsOf([{ day: 40 }]), rules)
    const [lot] = structures!
    const mid = price(closes[41], lot.legs[0].strike, 1, 37 / 365)
    expect(lot.history[0][0].from).toBe('quoted')
    expect(lot.cost).toBeCloseTo(1.02 * mid, 10)
    expect(equity[41]).toBeCloseTo(100_000 - lot.units * 0.02 * mid, 8)
  })

  it('is marked by the smile of the newest chain between its quotes, then by realised volatility', () => {
    const rules = rulesOf({ expression: 'long-option', closeBefore: 2, ...open })
    const { structures } = simulate(quoted, signalsOf([{ day: 40 }]), rules)
    const [lot] = structures!
    const from = lot.history.map(([mark]) => mark.from)
    expect(from.slice(0, 5)).toEqual(['quoted', 'surface', 'surface', 'quoted', 'surface'])
    expect(from.at(-1)).toBe('model')
    // The smile is flat at 40 %: between quotes the price is that of the model of the chain.
    const { spot, years } = lot.history[1][0]
    expect(lot.history[1][0].price).toBeCloseTo(price(spot, lot.legs[0].strike, 1, years), 2)
  })

  it('is left alone where its spread is too wide', () => {
    const rules = rulesOf({ expression: 'long-option', mostSpread: 0.03 })
    const { trades, counters } = simulate(quoted, signalsOf([{ day: 40 }]), rules)
    expect(trades).toHaveLength(0)
    expect(counters.tooWide).toBe(1)
  })
})

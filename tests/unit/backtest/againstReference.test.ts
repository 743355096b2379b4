import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { simulate } from '../../../workers/backtest/simulate.ts'
import type { Panel, RiskRules, Signals, Trade } from '../../../workers/backtest/simulate.ts'
import { referenceSimulator } from './referenceSimulator.ts'
import { decisions } from './tinyMarket.ts'
import type { Decision } from './tinyMarket.ts'

// Much work, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 })

interface Market {
  panel: Panel
  signals: Signals
}

const often = <T>(value: T, others: fc.Arbitrary<T>, weight = 3): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(value), weight }, { arbitrary: others, weight: 1 })
const oneOf = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

/** Prices walk in whole numbers, so that opens, extremes and levels are often equal. */
const bar = fc.record({
  gap: oneOf(0, 0, 0, 0, 1, -1, 2, -2, 5, -5, 10, -10, 20, -20),
  move: fc.integer({ min: -5, max: 5 }),
  above: oneOf(0, 0, 1, 2, 3, 5, 10),
  below: oneOf(0, 0, 1, 2, 3, 5, 10),
  trades: often(true, oneOf(true, false), 8),
})

const level = often<number | undefined>(
  undefined,
  fc.integer({ min: 14, max: 26 }).map((n) => 5 * n),
  8,
)
const fraction = often<number | undefined>(undefined, oneOf(0, 0.05, 0.1, 0.2, 0.3), 4)

const decision = (days: number, symbols: number): fc.Arbitrary<Decision> =>
  fc.record({
    day: fc.integer({ min: 0, max: days - 1 }),
    symbol: fc.integer({ min: 0, max: symbols - 1 }),
    direction: oneOf<1 | 0 | -1>(1, 1, 1, -1, -1, 0),
    conviction: oneOf(0.2, 0.5, 0.8, 1),
    horizon: oneOf(0, 0, 0, 0, 1, 2, 3, 7, 12),
    stop: level,
    target: level,
    stopFraction: fraction,
    targetFraction: fraction,
    size: often<number | undefined>(undefined, oneOf(0, 0.1, 0.4, 1), 6),
  })

const markets: fc.Arbitrary<Market> = fc
  .record({ days: fc.integer({ min: 2, max: 40 }), symbols: fc.integer({ min: 1, max: 4 }) })
  .chain(({ days, symbols }) =>
    fc.record({
      bars: fc.array(bar, { minLength: days * symbols, maxLength: days * symbols }),
      ends: fc.array(often(days, fc.integer({ min: 1, max: days })), {
        minLength: symbols,
        maxLength: symbols,
      }),
      sector: fc.option(fc.array(oneOf(-1, 0, 1), { minLength: symbols, maxLength: symbols })),
      factors: fc.option(fc.array(oneOf(0.5, 1, 2, 3, 1.25), { minLength: days, maxLength: days })),
      rows: fc.array(decision(days, symbols), { maxLength: 2 * days, size: 'max' }),
    }),
  )
  .map(({ bars, ends, sector, factors, rows }) => {
    const symbols = ends.length
    const days = bars.length / symbols
    const panel: Panel = {
      dates: Int32Array.from({ length: days }, (_, day) => 18_000 + day),
      symbols: ends.map((_, i) => `S${i}`),
      open: new Float64Array(bars.length).fill(NaN),
      high: new Float64Array(bars.length).fill(NaN),
      low: new Float64Array(bars.length).fill(NaN),
      close: new Float64Array(bars.length).fill(NaN),
      volume: new Float64Array(bars.length).fill(1000),
    }
    ends.forEach((end, symbol) => {
      let price = 100
      for (let day = 0; day < end; day++) {
        const at = symbol * days + day
        const { gap, move, above, below, trades } = bars[at]
        if (!trades) continue
        panel.open[at] = Math.max(50, price + gap)
        price = panel.close[at] = Math.max(50, panel.open[at] + move)
        panel.high[at] = Math.max(panel.open[at], price) + above
        panel.low[at] = Math.min(panel.open[at], price) - below
      }
    })
    if (sector) panel.sector = Int32Array.from(sector)
    if (factors) panel.rawFactor = Float64Array.from(bars, (_, i) => factors[i % days])
    return { panel, signals: decisions(...rows.sort((a, b) => a.day - b.day)) }
  })

const sizing: fc.Arbitrary<RiskRules['sizing']> = fc.oneof(
  oneOf(0.0025, 0.01, 0.02).map((budget) => ({ kind: 'risk' as const, budget })),
  fc.record({ kind: fc.constant('conviction' as const), scale: oneOf(0.15, 0.5), max: oneOf(0.1, 0.3) }),
  oneOf(0.1, 0.3, 1).map((fraction) => ({ kind: 'equal' as const, fraction })),
  fc.record({ kind: fc.constant('volatility' as const), target: oneOf(0.1, 0.4), days: oneOf(2, 3, 5) }),
)

const seldom = <T>(value: fc.Arbitrary<T>) => often<T | undefined>(undefined, value, 2)

/** Absent rather than undefined, as people write it. */
const withoutAbsent = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T

const rules: fc.Arbitrary<RiskRules> = fc
  .record({
    capital: oneOf(100_000, 33_333),
    sizing,
    wholeShares: fc.boolean(),
    stop: seldom(oneOf(0.05, 0.1, 0.2)),
    target: seldom(oneOf(0.05, 0.1, 0.2, 0.3)),
    trailingStop: seldom(oneOf(0.05, 0.1, 0.2)),
    maxBars: seldom(oneOf(0, 1, 2, 5, 10)),
    ambiguousBar: oneOf<RiskRules['ambiguousBar']>('pessimistic', 'optimistic', 'nearest-open'),
    allowShort: often(true, fc.constant(false)),
    overlap: fc.boolean(),
    onOpposite: seldom(oneOf<'close' | 'reverse'>('close', 'reverse', 'reverse')),
    sizeOn: seldom(oneOf<'previousClose' | 'open'>('previousClose', 'open', 'open')),
    trim: seldom(fc.record({ above: oneOf(0.12, 0.2, 0.3), to: oneOf(0.1, 0.2), everyDays: oneOf(1, 2, 5) })),
    limits: fc
      .record({
        position: seldom(oneOf(0.1, 0.25, 0.5)),
        gross: seldom(oneOf(0.5, 1, 2, Infinity)),
        net: seldom(oneOf(0.2, 0.5)),
        sector: seldom(oneOf(0.3, 0.5)),
        lots: seldom(oneOf(1, 2, 3)),
        minimumTrade: seldom(oneOf(1_000, 10_000)),
      })
      .map(withoutAbsent),
    costs: fc.record({
      commissionBps: oneOf(0, 0, 10),
      slippageBps: oneOf(0, 0, 0, 5, 100),
      borrowRate: oneOf(0, 0, 0.0252),
    }),
    cashRate: seldom(oneOf(0.0252, 0.252)),
    breakers: seldom(
      fc.record({ dailyLoss: seldom(oneOf(0.01, 0.02, 0.05)), drawdown: seldom(oneOf(0.02, 0.05, 0.1)) }),
    ),
  })
  .map(withoutAbsent)

const inOneOrder = (trades: Trade[]) =>
  [...trades].sort(
    (a, b) =>
      a.exitDay - b.exitDay ||
      a.entryDay - b.entryDay ||
      a.symbol - b.symbol ||
      a.direction - b.direction ||
      a.signalDay - b.signalDay ||
      a.exitReason.localeCompare(b.exitReason) ||
      Math.round(1e6 * (a.exitPrice - b.exitPrice)) ||
      Math.round(1e6 * (a.shares - b.shares)),
  )

const exact = ({ symbol, direction, signalDay, entryDay, exitDay, exitReason, ambiguous }: Trade) => ({
  symbol,
  direction,
  signalDay,
  entryDay,
  exitDay,
  exitReason,
  ambiguous,
})

function expectClose(actual: number, expected: number, what: string) {
  const off = Math.abs(actual - expected)
  if (!(off <= 1e-9 * Math.max(1, Math.abs(expected)))) throw new Error(`${what}: ${actual}, not ${expected}`)
}

it('gives the trades, equity and cash of the rules written out a second time', () => {
  fc.assert(
    fc.property(markets, rules, ({ panel, signals }, risk) => {
      const its = simulate(panel, signals, risk)
      const expected = referenceSimulator(panel, signals, risk)
      const [a, b] = [inOneOrder(its.trades), inOneOrder(expected.trades)]
      expect(a.map(exact)).toEqual(b.map(exact))
      a.forEach((trade, i) => {
        for (const field of ['shares', 'entryPrice', 'exitPrice', 'fees', 'profit'] as const)
          expectClose(trade[field], b[i][field], `trade ${i} ${field}`)
      })
      expected.equity.forEach((equity, day) => {
        expectClose(its.equity[day], equity, `equity of day ${day}`)
        expectClose(its.cash[day], expected.cash[day], `cash of day ${day}`)
      })
      const tooSmall = its.counters.belowMinimum + its.counters.noRoom
      expect({ ...its.counters, tooSmall }).toMatchObject(expected.counters)
    }),
    { numRuns: 5000 },
  )
})

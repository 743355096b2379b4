import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { simulate } from '../../../workers/backtest/simulate.ts'
import type {
  Panel,
  RiskRules,
  Signals,
  SimulationWithTrades,
  Trade,
} from '../../../workers/backtest/simulate.ts'

// Much work, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const cent = 0.005
const symbolCount = 4
const dayCount = 40

/** Steps in per mille for open, close, and how far high and low reach beyond them; `trades` false is a hole. */
interface Step {
  gap: number
  move: number
  up: number
  down: number
  trades: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  gap: fc.integer({ min: -120, max: 120 }),
  move: fc.integer({ min: -120, max: 120 }),
  up: fc.integer({ min: 0, max: 60 }),
  down: fc.integer({ min: 0, max: 60 }),
  trades: fc.integer({ min: 0, max: 14 }).map((n) => n > 0),
})

/** `ends[s]` = the day from which the symbol never trades again. */
function panelOf(steps: Step[], ends: number[], factor: number[] | null): Panel {
  const size = symbolCount * dayCount
  const column = () => new Float64Array(size).fill(NaN)
  const panel: Panel = {
    dates: Int32Array.from({ length: dayCount }, (_, day) => 18_000 + day),
    symbols: Array.from({ length: symbolCount }, (_, i) => `S${i}`),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    sector: Int32Array.of(0, 0, 1, -1),
  }
  if (factor !== null)
    panel.rawFactor = Float64Array.from({ length: size }, (_, i) => factor[i % factor.length])
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    let price = 20 + 30 * symbol
    for (let day = 0; day < dayCount; day++) {
      const at = symbol * dayCount + day
      const { gap, move, up, down, trades } = steps[at]
      if (!trades || day >= ends[symbol]) continue
      const open = price * (1 + gap / 1000)
      const close = open * (1 + move / 1000)
      panel.open[at] = open
      panel.close[at] = close
      panel.high[at] = Math.max(open, close) * (1 + up / 1000)
      panel.low[at] = Math.min(open, close) * (1 - down / 1000)
      panel.volume[at] = 1000
      price = close
    }
  }
  return panel
}

const market = fc
  .record({
    steps: fc.array(step, { minLength: symbolCount * dayCount, maxLength: symbolCount * dayCount }),
    ends: fc.array(fc.oneof(fc.constant(dayCount), fc.integer({ min: 1, max: dayCount })), {
      minLength: symbolCount,
      maxLength: symbolCount,
    }),
    factor: fc.option(fc.array(fc.double({ min: 0.5, max: 8, noNaN: true }), { minLength: 1, maxLength: 5 })),
  })
  .map(({ steps, ends, factor }) => panelOf(steps, ends, factor))

const nanOr = (value: fc.Arbitrary<number>) => fc.oneof(fc.constant(NaN), value)

const decided: fc.Arbitrary<Signals> = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: dayCount - 1 }),
      symbol: fc.integer({ min: 0, max: symbolCount - 1 }),
      direction: fc.constantFrom(1, 1, 1, -1, -1, 0),
      conviction: fc.double({ min: 0, max: 1, noNaN: true }),
      horizon: fc.integer({ min: 0, max: 12 }),
      stop: nanOr(fc.double({ min: 5, max: 200, noNaN: true })),
      target: nanOr(fc.double({ min: 5, max: 200, noNaN: true })),
      stopFraction: nanOr(fc.double({ min: 0.01, max: 0.3, noNaN: true })),
      targetFraction: nanOr(fc.double({ min: 0.01, max: 0.3, noNaN: true })),
      size: nanOr(fc.double({ min: 0, max: 0.6, noNaN: true })),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) => {
    rows.sort((a, b) => a.day - b.day)
    const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of)
    return {
      day: Int32Array.from(rows, (row) => row.day),
      symbol: Int32Array.from(rows, (row) => row.symbol),
      direction: Int8Array.from(rows, (row) => row.direction),
      conviction: column((row) => row.conviction),
      horizon: Int32Array.from(rows, (row) => row.horizon),
      stop: column((row) => row.stop),
      target: column((row) => row.target),
      stopFraction: column((row) => row.stopFraction),
      targetFraction: column((row) => row.targetFraction),
      size: column((row) => row.size),
    }
  })

const fraction = (max: number) => fc.option(fc.double({ min: 0.02, max, noNaN: true }), { nil: undefined })

const rules: fc.Arbitrary<RiskRules> = fc.record({
  capital: fc.constant(100_000),
  sizing: fc.oneof(
    fc.record({
      kind: fc.constant('risk' as const),
      budget: fc.double({ min: 0.001, max: 0.05, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('conviction' as const), scale: fc.constant(0.5), max: fc.constant(0.4) }),
    fc.record({
      kind: fc.constant('equal' as const),
      fraction: fc.double({ min: 0.05, max: 1, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('volatility' as const), target: fc.constant(0.2), days: fc.constant(5) }),
  ),
  wholeShares: fc.boolean(),
  stop: fraction(0.3),
  target: fraction(0.3),
  trailingStop: fraction(0.2),
  maxBars: fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined }),
  ambiguousBar: fc.constantFrom('pessimistic' as const, 'optimistic' as const, 'nearest-open' as const),
  allowShort: fc.boolean(),
  overlap: fc.boolean(),
  onOpposite: fc.constantFrom('close' as const, 'reverse' as const),
  sizeOn: fc.constantFrom('previousClose' as const, 'open' as const),
  trim: fc.option(fc.constant({ above: 0.2, to: 0.1, everyDays: 3 }), { nil: undefined }),
  limits: fc.record({
    position: fraction(0.6),
    gross: fraction(2),
    net: fraction(1),
    sector: fraction(0.8),
    lots: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    minimumTrade: fc.option(fc.constant(500), { nil: undefined }),
  }),
  costs: fc.record({
    commissionBps: fc.integer({ min: 0, max: 50 }),
    slippageBps: fc.integer({ min: 0, max: 50 }),
    borrowRate: fc.constantFrom(0, 0.1),
  }),
  breakers: fc.option(fc.record({ dailyLoss: fraction(0.1), drawdown: fraction(0.2) }), { nil: undefined }),
})

const thousandRuns = { numRuns: 1000 }

function forAll(
  check: (run: SimulationWithTrades, panel: Panel, signals: Signals, rules: RiskRules) => void,
): void {
  fc.assert(
    fc.property(market, decided, rules, (panel, signals, risk) =>
      check(simulate(panel, signals, risk), panel, signals, risk),
    ),
    thousandRuns,
  )
}

/** Last close of a symbol up to a day, from the day of the entry on; the entry fill before any. */
function markOf(panel: Panel, { symbol, entryDay, entryPrice }: Trade, day: number): number {
  for (let d = day; d >= entryDay; d--) {
    const close = panel.close[symbol * dayCount + d]
    if (!Number.isNaN(close)) return close
  }
  return entryPrice
}

const heldOver = (trades: Trade[], day: number) =>
  trades.filter((trade) => trade.entryDay <= day && trade.exitDay > day)

/** A closed trade with the row of the signals that opened its lot. */
type Piece = Trade & { row: number }

/** Lots put together again from the parts in which they were closed. */
const lotsOf = (pieces: Piece[]) => {
  const lots = new Map<number, Piece & { whole: number }>()
  for (const piece of pieces) {
    const lot = lots.get(piece.row)
    if (lot === undefined) lots.set(piece.row, { ...piece, whole: piece.shares })
    else lot.whole += piece.shares
  }
  return [...lots.values()]
}

describe('over 1,000 random markets, signals and rules', () => {
  it('equity is cash plus marked lots, to the cent, at every close', () => {
    forAll(({ equity, cash, trades }, panel) => {
      for (let day = 0; day < dayCount; day++) {
        let marked = 0
        for (const trade of heldOver(trades, day)) {
          marked += trade.direction * trade.shares * markOf(panel, trade, day)
        }
        expect(Math.abs(equity[day] - cash[day] - marked)).toBeLessThan(cent)
      }
      expect(equity[dayCount - 1]).toBe(cash[dayCount - 1])
    })
  })

  it('profits add up to what the account gained, and costs to what was paid', () => {
    forAll(({ equity, trades, costs, ledger }, _panel, _signals, { capital, costs: rates }) => {
      const sum = (of: (trade: Trade, i: number) => number) => trades.reduce((a, t, i) => a + of(t, i), 0)
      expect(Math.abs(sum((trade) => trade.profit) - (equity[dayCount - 1] - capital))).toBeLessThan(cent)
      expect(Math.abs(sum((trade) => trade.fees) - costs.commission - costs.borrow)).toBeLessThan(cent)
      const notional = sum(({ shares, entryPrice, exitPrice }) => shares * (entryPrice + exitPrice))
      expect(Math.abs((notional * rates.commissionBps) / 10_000 - costs.commission)).toBeLessThan(cent)
      const s = rates.slippageBps / 10_000
      const unslipped = sum(
        ({ direction, shares, entryPrice, exitPrice }) =>
          shares * Math.abs(entryPrice - entryPrice / (1 + direction * s)) +
          shares * Math.abs(exitPrice - exitPrice / (1 - direction * s)),
      )
      expect(Math.abs(unslipped - costs.slippage)).toBeLessThan(cent)
      trades.forEach(({ direction, shares, entryPrice, exitPrice, fees, profit }, i) => {
        expect(Math.abs(direction * shares * (exitPrice - entryPrice) - fees - profit)).toBeLessThan(cent)
        expect(ledger.borrow[i]).toBeGreaterThanOrEqual(0)
      })
    })
  })

  it('no lot outlives its symbol, and every fill is on a day that trades', () => {
    forAll(({ trades, counters }, panel) => {
      const trading = (symbol: number, day: number) => !Number.isNaN(panel.close[symbol * dayCount + day])
      let delisted = 0
      for (const { symbol, signalDay, entryDay, exitDay, exitReason } of trades) {
        expect(trading(symbol, entryDay) && trading(symbol, exitDay)).toBe(true)
        expect(entryDay).toBe(signalDay + 1)
        expect(exitDay).toBeGreaterThanOrEqual(entryDay)
        if (exitReason !== 'delisted') continue
        delisted++
        for (let day = exitDay + 1; day < dayCount; day++) expect(trading(symbol, day)).toBe(false)
      }
      expect(counters.delisted).toBe(delisted)
    })
  })

  it('no fill lies outside the bar by more than the slippage', () => {
    forAll(({ trades }, panel, _signals, { costs }) => {
      const s = costs.slippageBps / 10_000
      for (const { symbol, direction, entryDay, entryPrice, exitDay, exitPrice } of trades) {
        const bar = (day: number) => symbol * dayCount + day
        expect(entryPrice).toBeCloseTo(panel.open[bar(entryDay)] * (1 + direction * s), 9)
        const before = exitPrice / (1 - direction * s)
        expect(before).toBeGreaterThanOrEqual(panel.low[bar(exitDay)] * (1 - 1e-9))
        expect(before).toBeLessThanOrEqual(panel.high[bar(exitDay)] * (1 + 1e-9))
      }
    })
  })

  it('at every entry the limits hold: lots, position, gross, net, sector, minimum', () => {
    forAll(({ trades, ledger, equity }, panel, _signals, { capital, limits, sizeOn }) => {
      const pieces = trades.map((trade, i) => ({ ...trade, row: ledger.row[i] }))
      const lots = lotsOf(pieces)
      for (let day = 1; day < dayCount; day++) {
        const before = day > 1 ? equity[day - 1] : capital
        const entered = lots.filter((lot) => lot.entryDay === day)
        if (entered.length === 0) continue
        for (const { whole, entryPrice } of entered) {
          const value = whole * entryPrice
          if (limits.position !== undefined)
            expect(value).toBeLessThanOrEqual(limits.position * before + cent)
          if (limits.minimumTrade !== undefined)
            expect(value).toBeGreaterThanOrEqual(limits.minimumTrade - cent)
        }
        // What is left of older lots once the orders of the morning were carried out.
        const atOpen = new Set(['signal', 'trim', 'breaker'])
        const held = pieces.filter(
          ({ entryDay, exitDay, exitReason }) =>
            entryDay <= day && (exitDay > day || (exitDay === day && !atOpen.has(exitReason))),
        )
        const count = lotsOf(held).length
        if (limits.lots !== undefined) expect(count).toBeLessThanOrEqual(limits.lots)
        const value = (trade: Trade) => {
          const open = panel.open[trade.symbol * dayCount + day]
          const price =
            trade.entryDay === day ? trade.entryPrice : Number.isNaN(open) ? markOf(panel, trade, day) : open
          return trade.shares * price
        }
        const total = (list: Trade[], of: (trade: Trade) => number) => list.reduce((a, t) => a + of(t), 0)
        // The sum before the entries of the day may be above a limit already: prices move, limits only cut orders.
        const older = held.filter((trade) => trade.entryDay < day)
        const gross = total(held, value)
        if (limits.gross !== undefined) {
          expect(gross).toBeLessThanOrEqual(Math.max(total(older, value), limits.gross * before) + cent)
        } else if (sizeOn === 'previousClose') {
          expect(gross).toBeLessThanOrEqual(Math.max(total(older, value), before) + cent)
        }
        if (limits.sector !== undefined) {
          for (const sector of [0, 1]) {
            const inSector = (trade: Trade) => (panel.sector![trade.symbol] === sector ? value(trade) : 0)
            expect(total(held, inSector)).toBeLessThanOrEqual(
              Math.max(total(older, inSector), limits.sector * before) + cent,
            )
          }
        }
        if (limits.net !== undefined) {
          const net = (trade: Trade) => trade.direction * value(trade)
          expect(Math.abs(total(held, net))).toBeLessThanOrEqual(
            Math.max(Math.abs(total(older, net)), limits.net * before) + cent,
          )
        }
      }
    })
  })

  it('cutting the future changes nothing before it', () => {
    fc.assert(
      fc.property(
        market,
        decided,
        rules,
        fc.integer({ min: 2, max: dayCount - 1 }),
        (panel, signals, risk, cut) => {
          // A symbol halted at the cut looks delisted from there: only that rule needs the future.
          for (let symbol = 0; symbol < symbolCount; symbol++) {
            fc.pre(!Number.isNaN(panel.close[symbol * dayCount + cut - 1]))
          }
          const whole = simulate(panel, signals, risk)
          const known = simulate(truncated(panel, cut), before(signals, cut), risk)
          for (let day = 0; day < cut - 1; day++) expect(known.equity[day]).toBe(whole.equity[day])
          const closed = (trade: Trade) =>
            trade.exitDay < cut && !['end', 'delisted'].includes(trade.exitReason)
          expect(known.trades.filter(closed)).toEqual(whole.trades.filter(closed))
        },
      ),
      thousandRuns,
    )
  })

  it('a day that is only the newest leaves equity, lots and trades as a run that goes on has them', () => {
    fc.assert(
      fc.property(
        market,
        decided,
        rules,
        fc.integer({ min: 2, max: dayCount - 1 }),
        (panel, signals, risk, cut) => {
          const traded = (symbol: number, from: number, to: number) =>
            panel.close.subarray(symbol * dayCount + from, symbol * dayCount + to).some((price) => price > 0)
          const symbols = Array.from({ length: symbolCount }, (_, symbol) => symbol)
          const ended = Uint8Array.from(symbols, (symbol) => Number(!traded(symbol, cut, dayCount)))
          const whole = simulate(panel, signals, risk)
          const newest = { ...truncated(panel, cut), ended }
          const range = { first: 0, last: cut - 1, open: true }
          const known = simulate(newest, before(signals, cut), risk, range)
          expect([...known.equity]).toEqual([...whole.equity.subarray(0, cut)])
          expect([...known.cash]).toEqual([...whole.cash.subarray(0, cut)])
          const closed = (trade: Trade) => trade.exitDay < cut && trade.exitReason !== 'end'
          expect(known.trades.filter(closed)).toEqual(whole.trades.filter(closed))
          const entries = (trades: Trade[]) =>
            new Set(
              trades
                .filter(({ entryDay }) => entryDay < cut)
                .map(({ symbol, entryDay, entryPrice }) => `${symbol} ${entryDay} ${entryPrice}`),
            )
          expect(entries(known.trades)).toEqual(entries(whole.trades))
        },
      ),
      thousandRuns,
    )
  })
})

function truncated(panel: Panel, days: number): Panel {
  const cut = (matrix: Float64Array) =>
    Float64Array.from(
      { length: symbolCount * days },
      (_, i) => matrix[Math.floor(i / days) * dayCount + (i % days)],
    )
  return {
    ...panel,
    dates: panel.dates.slice(0, days),
    open: cut(panel.open),
    high: cut(panel.high),
    low: cut(panel.low),
    close: cut(panel.close),
    volume: cut(panel.volume),
    ...(panel.rawFactor === undefined ? {} : { rawFactor: cut(panel.rawFactor) }),
  }
}

function before(signals: Signals, day: number): Signals {
  const rows = signals.day.findIndex((d) => d >= day)
  const end = rows < 0 ? signals.day.length : rows
  return Object.fromEntries(
    Object.entries(signals).map(([name, column]: [string, Float64Array]) => [name, column.slice(0, end)]),
  ) as unknown as Signals
}

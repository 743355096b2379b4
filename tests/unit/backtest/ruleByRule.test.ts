import { describe, expect, it } from 'vitest'
import { simulate } from '../../../workers/backtest/simulate.ts'
import type { RiskRules, Trade } from '../../../workers/backtest/simulate.ts'
import { costs, decisions, flat, market, rules } from './tinyMarket.ts'
import type { Bar, Decision } from './tinyMarket.ts'

/** Each case is one sentence of the rules, on a market small enough to work out by hand. */
function run(bars: Bar[][], rows: Decision[], changes: Partial<RiskRules> = {}) {
  return simulate(market(...bars), decisions(...rows), rules(changes))
}

const still = (days: number) => Array.from({ length: days }, () => flat(100))
const brief = ({ symbol, direction, entryDay, exitDay, exitReason }: Trade) => [
  symbol,
  direction,
  entryDay,
  exitDay,
  exitReason,
]

describe('orders of the morning', () => {
  it('what is decided at the last close, or for a symbol absent the next day, never happens', () => {
    const gone = run([still(3), [flat(100), null, flat(100)]], [{ day: 0, symbol: 1 }, { day: 2 }])
    expect(gone.trades).toEqual([])
    expect(gone.counters.notTrading).toBe(1)
    expect([...gone.equity]).toEqual([10_000, 10_000, 10_000])
  })

  it('direction 0 closes every lot of its symbol and of no other', () => {
    const { trades } = run(
      [still(5), still(5)],
      [{ day: 0 }, { day: 0, symbol: 1 }, { day: 1 }, { day: 1, direction: -1 }, { day: 2, direction: 0 }],
      { overlap: true, sizing: { kind: 'equal', fraction: 0.1 } },
    )
    expect(trades.map(brief)).toEqual([
      [0, 1, 1, 3, 'signal'],
      [0, 1, 2, 3, 'signal'],
      [0, -1, 2, 3, 'signal'],
      [1, 1, 1, 4, 'end'],
    ])
  })

  it('a closing order comes before the gap that would have stopped the lot the same morning', () => {
    const { trades, counters } = run(
      [[flat(100), flat(100), flat(80), flat(80)]],
      [{ day: 0 }, { day: 1, direction: 0 }],
      { stop: 0.05 },
    )
    expect(trades.map(brief)).toEqual([[0, 1, 1, 2, 'signal']])
    expect(counters.breaches).toBe(0)
  })

  it('a closing order frees its place among the lots, whatever its row', () => {
    const { trades } = run(
      [still(4), still(4)],
      [{ day: 0 }, { day: 1, symbol: 1 }, { day: 1, direction: 0 }],
      {
        limits: { lots: 1 },
      },
    )
    expect(trades.map(brief)).toEqual([
      [0, 1, 1, 2, 'signal'],
      [1, 1, 2, 3, 'end'],
    ])
  })

  it('an opposite entry closes in its turn, so a place is free only for what follows it', () => {
    const rows = [{ day: 0 }, { day: 1, symbol: 1 }, { day: 1, direction: -1 as const }]
    const late = run([still(4), still(4)], rows, { limits: { lots: 1 } })
    expect(late.trades.map(brief)).toEqual([[0, 1, 1, 2, 'signal']])
    const early = run([still(4), still(4)], [rows[0], rows[2], rows[1]], { limits: { lots: 1 } })
    expect(early.trades.map(brief)).toEqual([
      [0, 1, 1, 2, 'signal'],
      [1, 1, 2, 3, 'end'],
    ])
  })

  it('a reversal pays slippage and commission on the way out and on the way in', () => {
    const { trades, equity } = run([still(4)], [{ day: 0 }, { day: 1, direction: -1 }], {
      onOpposite: 'reverse',
      wholeShares: true,
      sizing: { kind: 'equal', fraction: 0.1 },
      costs: costs(10, 100),
    })
    // 9 × 101 fits into 1,000; out at 99; then 0.1 of what is left buys 10 short at 99.
    expect(trades.map(({ shares, entryPrice, exitPrice }) => [shares, entryPrice, exitPrice])).toEqual([
      [9, 101, 99],
      [10, 99, 101],
    ])
    expect(trades[0].fees).toBeCloseTo(0.001 * 9 * (101 + 99), 12)
    expect(trades[1].fees).toBeCloseTo(0.001 * 10 * (99 + 101), 12)
    expect(trades[0].profit).toBeCloseTo(-18 - 1.8, 12)
    expect(equity[3]).toBeCloseTo(10_000 - 18 - 1.8 - 20 - 2, 9)
  })
})

describe('the bar', () => {
  const short = { stop: 0.05, target: 0.1 }

  it('is checked for a lot of this morning: stop, target, and both', () => {
    const entered = (bar: Bar, direction: 1 | -1 = 1) =>
      run([[flat(100), bar, flat(100)]], [{ day: 0, direction }], short).trades[0]
    expect(entered([100, 104, 95, 100])).toMatchObject({ exitDay: 1, exitReason: 'stop', exitPrice: 95 })
    expect(entered([100, 110, 96, 100])).toMatchObject({ exitDay: 1, exitReason: 'target', exitPrice: 110 })
    expect(entered([100, 110, 95, 100])).toMatchObject({ exitReason: 'stop', ambiguous: true })
    expect(entered([100, 105, 96, 100], -1)).toMatchObject({ exitReason: 'stop', exitPrice: 105 })
    expect(entered([100, 104, 90, 100], -1)).toMatchObject({ exitReason: 'target', exitPrice: 90 })
  })

  it('a short gaps the other way: an open at or above its stop, at or below its target', () => {
    const held = (bar: Bar) =>
      run([[flat(100), flat(100), bar, flat(100)]], [{ day: 0, direction: -1 }], short)
    expect(held([120, 121, 119, 120]).trades[0]).toMatchObject({ exitReason: 'stop-gap', exitPrice: 120 })
    expect(held([120, 121, 119, 120]).counters.breaches).toBe(1)
    expect(held([105, 121, 80, 120]).trades[0]).toMatchObject({ exitReason: 'stop-gap', exitPrice: 105 })
    expect(held([90, 121, 80, 120]).trades[0]).toMatchObject({ exitReason: 'target-gap', exitPrice: 90 })
  })

  it('equally far from the open, nearest-open takes the stop', () => {
    const tie = (price: number) =>
      run([[flat(price), [price, 2 * price, price / 2, price], flat(price)]], [{ day: 0 }], {
        stop: 0.05,
        target: 0.05,
        ambiguousBar: 'nearest-open',
      }).trades[0].exitReason
    for (let price = 1; price < 200; price++) expect(tie(price)).toBe('stop')
  })

  it('the stop goes before the time exit of the same bar', () => {
    const { trades } = run([[flat(100), [100, 101, 95, 100], flat(100)]], [{ day: 0, horizon: 1 }], short)
    expect(trades.map(brief)).toEqual([[0, 1, 1, 1, 'stop']])
  })

  it('a lot held for one bar leaves at the close of its entry bar, after slippage', () => {
    const { trades } = run([[flat(100), [100, 120, 90, 110], flat(500)]], [{ day: 0, horizon: 1 }], {
      costs: costs(0, 100),
    })
    expect(trades.map(brief)).toEqual([[0, 1, 1, 1, 'time']])
    expect(trades[0].exitPrice).toBeCloseTo(108.9, 9)
  })

  it('a trailing stop of a short falls with the best close by the distance of the fill', () => {
    const bars: Bar[] = [flat(100), [100, 105, 80, 80], [80, 89, 70, 85], [85, 90, 60, 60], flat(60)]
    const { trades } = run([bars], [{ day: 0, direction: -1 }], { trailingStop: 0.1 })
    // After the close at 80 the stop is 80 + 10.
    expect(trades[0]).toMatchObject({ exitDay: 3, exitReason: 'stop', exitPrice: 90 })
  })
})

describe('limits', () => {
  const large = { sizing: { kind: 'equal', fraction: 0.4 } } as const

  it('what a lot gained counts: exposure is measured at the open', () => {
    const doubled = [flat(100), flat(100), flat(200), flat(200)]
    const { trades } = run([doubled, still(4)], [{ day: 0 }, { day: 1, symbol: 1, size: 1 }], large)
    // 40 shares at 200 are 8,000 of the 10,000 of the previous close.
    expect(trades.map(({ symbol, shares }) => [symbol, shares])).toEqual([
      [0, 40],
      [1, 20],
    ])
  })

  it('the net limit cuts each side by itself and gives an order that hedges more room', () => {
    const sides = (...rows: Decision[]) =>
      run([still(3), still(3), still(3)], rows, { ...large, limits: { net: 0.5, gross: 3 } }).trades.map(
        ({ direction, shares }) => direction * shares,
      )
    expect(sides({ day: 0 }, { day: 0, symbol: 1 })).toEqual([40, 10])
    expect(sides({ day: 0, direction: -1 }, { day: 0, symbol: 1, direction: -1 })).toEqual([-40, -10])
    expect(sides({ day: 0 }, { day: 0, symbol: 1, direction: -1, size: 2 })).toEqual([40, -90])
  })

  it('shorts use up gross and sector exposure as longs do', () => {
    const panel = { ...market(still(3), still(3), still(3)), sector: Int32Array.of(7, 7, 8) }
    const rows = decisions({ day: 0, direction: -1 }, { day: 0, symbol: 1 }, { day: 0, symbol: 2 })
    const shares = (limits: RiskRules['limits']) =>
      simulate(panel, rows, rules({ ...large, limits })).trades.map((trade) => trade.shares)
    expect(shares({ sector: 0.6 })).toEqual([40, 20, 40])
    expect(shares({ gross: 0.5 })).toEqual([40, 10])
  })

  it('an order cut below the minimum trade is dropped, one cut exactly to it is not', () => {
    const rows = [{ day: 0 }, { day: 0, symbol: 1 }]
    const taken = (minimumTrade: number) =>
      run([still(3), still(3)], rows, { ...large, limits: { gross: 0.5, minimumTrade } }).trades.length
    expect(taken(1_000)).toBe(2)
    expect(taken(1_001)).toBe(1)
  })

  it('two limits that are equal leave no crumb of an order behind', () => {
    const symbols = Array.from({ length: 30 }, (_, i) => [flat(10), flat(11 + 1.7 * i), flat(12)])
    const rows = symbols.map((_, symbol) => ({ day: 0, symbol }))
    for (let percent = 5; percent < 60; percent++) {
      const fraction = percent / 100
      const { trades } = run(symbols, rows, {
        sizing: { kind: 'equal', fraction },
        limits: { net: 0.6, gross: 9 },
      })
      for (const { shares } of trades) expect(shares).toBeGreaterThan(1)
    }
  })

  it('a whole share is not lost to rounding', () => {
    for (const price of [3, 7, 11.1, 0.07]) {
      const panel = [flat(price), flat(price), flat(price)]
      const { trades } = run([panel], [{ day: 0, size: (29 * price) / 10_000 }], { wholeShares: true })
      expect(trades[0].shares).toBe(29)
    }
  })
})

describe('trims', () => {
  const trim = { above: 0.6, to: 0.5, everyDays: 1 }

  it('leave a lot alone that is exactly at the limit', () => {
    for (let percent = 1; percent < 100; percent++) {
      const fraction = percent / 100
      const { trades } = run([[flat(33), flat(33), flat(33), flat(33)]], [{ day: 0 }], {
        sizing: { kind: 'equal', fraction },
        trim: { above: fraction, to: fraction / 2, everyDays: 1 },
      })
      expect(trades.map((trade) => trade.exitReason)).toEqual(['end'])
    }
  })

  it('sell nothing when the open is where the lot has the fraction already', () => {
    for (let percent = 10; percent < 60; percent++) {
      const before = [flat(100), flat(100), flat(200)]
      const rows = [{ day: 0, size: percent / 100 }]
      const held = run([before], rows)
      const open = (0.3 * held.equity[2]) / held.trades[0].shares
      const { trades } = run([[...before, flat(open)]], rows, { trim: { above: 0.1, to: 0.3, everyDays: 3 } })
      expect(trades.map((trade) => trade.exitReason)).toEqual(['end'])
    }
  })

  it('sell down to the fraction at the next open, each part carrying its share of the fees', () => {
    const { trades } = run([[flat(100), flat(100), flat(200), flat(200), flat(200)]], [{ day: 0 }], {
      trim,
      costs: costs(100, 0),
    })
    // 50 shares bought for 5,000 and 50 of commission: 14,950 at the second close, half of it 37.375 shares.
    expect(trades.map(({ exitDay, exitReason }) => [exitDay, exitReason])).toEqual([
      [3, 'trim'],
      [4, 'end'],
    ])
    expect(trades[0].shares).toBeCloseTo(50 - 37.375, 9)
    expect(trades[0].fees).toBeCloseTo(0.01 * 12.625 * (100 + 200), 9)
    expect(trades[1].fees).toBeCloseTo(0.01 * 37.375 * (100 + 200), 9)
  })
})

describe('breakers', () => {
  it('a loss of exactly the limit trips at the close and flattens at the next open', () => {
    const bars = [flat(100), flat(100), [90, 95, 85, 90] as Bar, [85, 85, 85, 85] as Bar, flat(85), flat(85)]
    const { trades, counters } = run([bars], [{ day: 0, size: 1 }, { day: 2 }, { day: 3 }], {
      breakers: { dailyLoss: 0.1 },
    })
    expect(trades.map(brief)).toEqual([
      [0, 1, 1, 3, 'breaker'],
      [0, 1, 4, 5, 'end'],
    ])
    expect(trades[0].exitPrice).toBe(85)
    expect(counters.breakerHeld).toBe(1)
  })

  it('the drawdown counts from the highest close', () => {
    const path = [100, 100, 120, 110, 108, 108].map(flat)
    const { trades } = run([path], [{ day: 0, size: 1 }], { breakers: { drawdown: 0.1 } })
    expect(trades.map(brief)).toEqual([[0, 1, 1, 5, 'breaker']])
  })
})

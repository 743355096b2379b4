import { describe, expect, it } from 'vitest'
import { drawdownPause } from '../../../workers/backtest/simulator.ts'
import { simulate } from '../../../workers/backtest/simulate.ts'
import { costs, decisions, flat, market, rules } from './tinyMarket.ts'
import type { Bar } from './tinyMarket.ts'

describe('the open', () => {
  it('fills what was decided at the close at the next open', () => {
    const panel = market([flat(90), [100, 105, 95, 102], flat(103)])
    const { trades } = simulate(panel, decisions({ day: 0 }), rules())
    expect(trades[0]).toMatchObject({ signalDay: 0, entryDay: 1, entryPrice: 100, shares: 50 })
  })

  it('moves every fill against the trade, at the end too', () => {
    const panel = market([flat(100), flat(100), flat(110)])
    const long = simulate(panel, decisions({ day: 0 }), rules({ costs: costs(0, 100) })).trades[0]
    expect(long.entryPrice).toBeCloseTo(101, 12)
    expect(long.exitPrice).toBeCloseTo(108.9, 12)
    const short = simulate(panel, decisions({ day: 0, direction: -1 }), rules({ costs: costs(0, 100) }))
      .trades[0]
    expect(short.entryPrice).toBeCloseTo(99, 12)
    expect(short.exitPrice).toBeCloseTo(111.1, 12)
  })

  it('carries out closing orders before entries, so that their money is free', () => {
    const bars = [flat(100), flat(100), flat(100), flat(100)]
    const panel = market(bars, bars)
    const signals = decisions({ day: 0 }, { day: 1, symbol: 1 }, { day: 1, direction: 0 })
    const { trades } = simulate(panel, signals, rules({ sizing: { kind: 'equal', fraction: 1 } }))
    expect(trades.map(({ symbol, shares, exitReason }) => [symbol, shares, exitReason])).toEqual([
      [0, 100, 'signal'],
      [1, 100, 'end'],
    ])
  })

  it('drops and counts an order for a symbol that does not trade, rather than filling it later', () => {
    const panel = market([flat(100), null, flat(100), flat(100)])
    const entry = simulate(panel, decisions({ day: 0 }), rules())
    expect(entry.trades).toEqual([])
    expect(entry.counters.notTrading).toBe(1)
    const exit = simulate(
      market([flat(100), flat(100), null, flat(120)]),
      decisions({ day: 0 }, { day: 1, direction: 0 }),
      rules(),
    )
    expect(exit.trades[0]).toMatchObject({ exitReason: 'end', exitDay: 3 })
    expect(exit.counters.notTrading).toBe(1)
  })

  const still = market([flat(100), flat(100), flat(100), flat(100), flat(100)])

  it('drops an entry in the direction already held', () => {
    const { trades, counters } = simulate(still, decisions({ day: 0 }, { day: 1 }), rules())
    expect(trades.length).toBe(1)
    expect(counters.alreadyHeld).toBe(1)
  })

  it('closes on the opposite signal, and enters only where it may reverse', () => {
    const signals = decisions({ day: 0 }, { day: 1, direction: -1 })
    const closing = simulate(still, signals, rules()).trades
    expect(closing.map((trade) => [trade.direction, trade.exitReason, trade.exitDay])).toEqual([
      [1, 'signal', 2],
    ])
    const reversing = simulate(still, signals, rules({ onOpposite: 'reverse' })).trades
    expect(reversing.map((trade) => [trade.direction, trade.entryDay, trade.exitReason])).toEqual([
      [1, 1, 'signal'],
      [-1, 2, 'end'],
    ])
  })

  it('refuses shorts where they are not allowed, yet closes the long on the signal', () => {
    const signals = decisions({ day: 0 }, { day: 1, direction: -1 }, { day: 2, direction: -1 })
    const { trades, counters } = simulate(still, signals, rules({ allowShort: false, onOpposite: 'reverse' }))
    expect(trades.map((trade) => trade.direction)).toEqual([1])
    expect(counters.shortsRefused).toBe(2)
  })

  it('keeps several lots of one symbol with overlap, and closes them all on direction 0', () => {
    const signals = decisions({ day: 0, size: 0.2 }, { day: 1, size: 0.3 }, { day: 2, direction: 0 })
    const { trades } = simulate(still, signals, rules({ overlap: true }))
    expect(trades.map(({ entryDay, shares, exitDay }) => [entryDay, shares, exitDay])).toEqual([
      [1, 20, 3],
      [2, 30, 3],
    ])
  })
})

describe('stops and targets during the bar', () => {
  const within = (bar: Bar, changes = {}, direction: 1 | -1 = 1) =>
    simulate(
      market([flat(100), flat(100), bar, flat(100)]),
      decisions({ day: 0, direction }),
      rules({ stop: 0.05, target: 0.1, ...changes }),
    )

  it('fill at their level when low or high reaches it, equality included', () => {
    expect(within([100, 101, 95, 99]).trades[0]).toMatchObject({
      exitReason: 'stop',
      exitPrice: 95,
      exitDay: 2,
    })
    expect(within([100, 110, 99, 99]).trades[0]).toMatchObject({ exitReason: 'target' })
    expect(within([100, 110, 99, 99]).trades[0].exitPrice).toBeCloseTo(110, 12)
    expect(within([100, 109.99, 95.01, 99]).trades[0].exitReason).toBe('end')
    expect(within([100, 105, 99, 99], {}, -1).trades[0]).toMatchObject({ exitReason: 'stop', exitPrice: 105 })
    expect(within([100, 101, 90, 99], {}, -1).trades[0]).toMatchObject({
      exitReason: 'target',
      exitPrice: 90,
    })
  })

  it('move by the slippage there too', () => {
    const { trades } = within([101, 102, 90, 99], { costs: costs(0, 100) })
    expect(trades[0].exitPrice).toBeCloseTo(101 * 0.95 * 0.99, 12)
  })

  it('a lot whose stop is passed at the open fills at the open, and the breach is reported', () => {
    const { trades, counters, ledger } = within([80, 90, 80, 85])
    expect(trades[0]).toMatchObject({ exitReason: 'stop-gap', exitPrice: 80, profit: -1000 })
    expect(counters.breaches).toBe(1)
    expect(ledger.breach[0]).toBe(1)
  })

  it('an open equal to the stop is a gap exit, but no breach', () => {
    const { trades, counters } = within([95, 96, 94, 95])
    expect(trades[0]).toMatchObject({ exitReason: 'stop-gap', exitPrice: 95 })
    expect(counters.breaches).toBe(0)
  })

  it('a target passed at the open fills at the open', () => {
    expect(within([120, 121, 85, 85]).trades[0]).toMatchObject({ exitReason: 'target-gap', exitPrice: 120 })
  })

  it('of both in one bar the policy chooses, and the bar is counted', () => {
    const both: Bar = [104, 112, 94, 100]
    const pessimistic = within(both)
    expect(pessimistic.trades[0]).toMatchObject({ exitReason: 'stop', ambiguous: true })
    expect(pessimistic.counters.ambiguous).toBe(1)
    expect(within(both, { ambiguousBar: 'optimistic' }).trades[0]).toMatchObject({
      exitReason: 'target',
      ambiguous: true,
    })
    expect(within(both, { ambiguousBar: 'nearest-open' }).trades[0].exitReason).toBe('target')
    expect(within([99, 112, 94, 100], { ambiguousBar: 'nearest-open' }).trades[0].exitReason).toBe('stop')
  })

  it('a gap is never ambiguous: the open came first', () => {
    const { trades, counters } = within([90, 112, 90, 100], { ambiguousBar: 'optimistic' })
    expect(trades[0]).toMatchObject({ exitReason: 'stop-gap', ambiguous: false })
    expect(counters.ambiguous).toBe(0)
  })

  it('lots opened this morning are checked too', () => {
    const panel = market([flat(100), [100, 101, 94, 99], flat(99)])
    const { trades } = simulate(panel, decisions({ day: 0 }), rules({ stop: 0.05 }))
    expect(trades[0]).toMatchObject({ entryDay: 1, exitDay: 1, exitReason: 'stop', exitPrice: 95 })
  })

  it('a level of the signal goes before its fraction, that before the rule', () => {
    const panel = market([flat(100), flat(100), [100, 100, 80, 90], flat(90)])
    const exit = (decision: object) =>
      simulate(panel, decisions({ day: 0, ...decision }), rules({ stop: 0.05 })).trades[0].exitPrice
    expect(exit({ stop: 92, stopFraction: 0.1 })).toBe(92)
    expect(exit({ stopFraction: 0.1 })).toBe(90)
    expect(exit({})).toBe(95)
  })

  it('a long filled below its stop leaves at that open: no profit comes of an invalid level', () => {
    const panel = market([flat(100), [90, 99, 89, 95], flat(95)])
    const { trades, counters } = simulate(
      panel,
      decisions({ day: 0, stop: 96 }),
      rules({ costs: costs(0, 10) }),
    )
    expect(trades[0]).toMatchObject({ entryDay: 1, exitDay: 1, exitReason: 'stop-gap' })
    expect(trades[0].profit).toBeLessThan(0)
    expect(counters.breaches).toBe(0)
  })

  it('a trailing stop follows the best close, effective from the next bar', () => {
    const panel = market([
      flat(100),
      [100, 130, 100, 120],
      [119, 121, 110, 118],
      [118, 119, 105, 108],
      flat(108),
    ])
    const { trades } = simulate(panel, decisions({ day: 0 }), rules({ trailingStop: 0.1 }))
    expect(trades[0]).toMatchObject({ exitDay: 2, exitReason: 'stop', exitPrice: 110 })
  })
})

describe('the close', () => {
  const rising = (days: number) => Array.from({ length: days }, (_, day) => flat(100 + day))

  it('a lot held at most N bars leaves at the close of bar entry + N − 1', () => {
    const { trades } = simulate(market(rising(8)), decisions({ day: 0, horizon: 3 }), rules())
    expect(trades[0]).toMatchObject({ entryDay: 1, exitDay: 3, exitPrice: 103, exitReason: 'time' })
    const oneBar = simulate(market(rising(8)), decisions({ day: 0 }), rules({ maxBars: 1 })).trades[0]
    expect(oneBar).toMatchObject({ entryDay: 1, exitDay: 1, exitReason: 'time' })
  })

  it('days on which the symbol does not trade are no bars', () => {
    const panel = market([flat(100), flat(100), null, flat(103), flat(104), flat(105)])
    const { trades, equity } = simulate(panel, decisions({ day: 0, horizon: 3 }), rules())
    expect(trades[0]).toMatchObject({ exitDay: 4, exitReason: 'time' })
    expect(equity[2]).toBe(10_000)
  })

  it('the shorter of the horizon and the longest hold counts', () => {
    const exit = (horizon: number, maxBars: number) =>
      simulate(market(rising(9)), decisions({ day: 0, horizon }), rules({ maxBars })).trades[0].exitDay
    expect([exit(2, 5), exit(5, 2), exit(0, 4)]).toEqual([2, 2, 4])
  })

  it('idle cash earns its stated rate, what is in positions does not', () => {
    const panel = market([flat(10), flat(10), flat(10), flat(10)])
    const { equity, cash, interest, trades } = simulate(
      panel,
      decisions({ day: 0 }),
      rules({ cashRate: 0.252 }),
    )
    // 0.1 % a day: of 10,000 on the first day, then of the half that is not invested.
    expect(equity[0]).toBeCloseTo(10_010, 9)
    expect(equity[1]).toBeCloseTo(10_010 + 5.005, 9)
    expect(cash[1]).toBeCloseTo(5_005 + 5.005, 9)
    expect(equity[3]).toBeCloseTo(10_000 + interest, 9)
    expect(trades[0].profit).toBe(0)
  })
  it('a symbol that stops trading for good closes at its last price, flagged', () => {
    const panel = market([flat(100), flat(100), flat(60), null, null], rising(5))
    const { trades, counters } = simulate(panel, decisions({ day: 0 }), rules())
    expect(trades[0]).toMatchObject({ exitReason: 'delisted', exitDay: 2, exitPrice: 60 })
    expect(counters.delisted).toBe(1)
  })

  it('what is open at the end closes at the last close', () => {
    const { trades, equity, cash } = simulate(market(rising(4)), decisions({ day: 0 }), rules())
    expect(trades[0]).toMatchObject({ exitReason: 'end', exitDay: 3, exitPrice: 103 })
    expect(equity[3]).toBe(cash[3])
  })

  it('a short owes its mark: its proceeds are cash', () => {
    const panel = market([flat(100), flat(100), flat(110), flat(90)])
    const { equity, cash } = simulate(panel, decisions({ day: 0, direction: -1 }), rules())
    expect([...equity]).toEqual([10_000, 10_000, 9_500, 10_500])
    expect([...cash]).toEqual([10_000, 15_000, 15_000, 10_500])
  })

  it('charges commission on the filled notional of both sides and borrow for shorts over the close', () => {
    const panel = market([flat(100), flat(100), flat(100), flat(100)])
    const { trades } = simulate(
      panel,
      decisions({ day: 0, direction: -1 }),
      rules({ costs: costs(10, 0, 0.252) }),
    )
    expect(trades[0].fees).toBeCloseTo(2 * 5000 * 0.001 + 2 * 5000 * 0.001, 9)
    expect(trades[0].profit).toBeCloseTo(-trades[0].fees, 9)
  })
})

describe('sizing at the fill', () => {
  const panel = market([flat(100), flat(50), flat(50), flat(50)])
  const shares = (changes: object, decision: object = {}) =>
    simulate(panel, decisions({ day: 0, ...decision }), rules(changes)).trades[0]?.shares

  it('risk: budget × equity ÷ distance to the stop, whole shares rounded down', () => {
    const risk = { sizing: { kind: 'risk', budget: 0.0025 }, wholeShares: true }
    expect(shares({ ...risk, stop: 0.03 })).toBe(16)
    expect(shares({ ...risk, wholeShares: false, stop: 0.03 })).toBeCloseTo(25 / 1.5, 9)
    expect(shares({ ...risk }, { stop: 48 })).toBe(12)
  })

  it('conviction: scaled and capped', () => {
    const conviction = { sizing: { kind: 'conviction', scale: 0.5, max: 0.3 } }
    expect(shares(conviction, { conviction: 0.4 })).toBeCloseTo(40, 9)
    expect(shares(conviction, { conviction: 0.9 })).toBeCloseTo(60, 9)
  })

  it('equal: a fraction of the equity; a size of the signal goes before the rule', () => {
    expect(shares({ sizing: { kind: 'equal', fraction: 0.1 } })).toBe(20)
    expect(shares({ sizing: { kind: 'equal', fraction: 0.1 } }, { size: 0.2 })).toBe(40)
  })

  it('volatility: target ÷ realised, from closes known at the decision', () => {
    const closes = [100, 102, 100, 102, 100, 100, 100]
    const moving = market(closes.map(flat))
    const returns = [0.02, 100 / 102 - 1, 0.02, 100 / 102 - 1]
    const mean = returns.reduce((a, b) => a + b) / 4
    const realised = Math.sqrt((returns.reduce((a, b) => a + (b - mean) ** 2, 0) / 3) * 252)
    const { trades } = simulate(
      moving,
      decisions({ day: 4 }),
      rules({ sizing: { kind: 'volatility', target: 0.1, days: 4 } }),
    )
    expect(trades[0].shares).toBeCloseTo(((0.1 / realised) * 10_000) / 100, 9)
  })

  it('uses the equity of the previous close, or of the open by option', () => {
    const gap = market(
      [flat(100), flat(100), [120, 120, 120, 120], flat(120)],
      [flat(10), flat(10), flat(10), flat(10)],
    )
    const signals = decisions({ day: 0, size: 0.5 }, { day: 1, symbol: 1, size: 0.1 })
    expect(simulate(gap, signals, rules()).trades[1].shares).toBe(100)
    expect(simulate(gap, signals, rules({ sizeOn: 'open' })).trades[1].shares).toBe(110)
  })

  it('whole shares are whole raw shares at the entry', () => {
    const adjusted = { ...panel, rawFactor: new Float64Array(4).fill(7) }
    const { trades } = simulate(adjusted, decisions({ day: 0 }), rules({ wholeShares: true }))
    // 5,000 buy 100 adjusted shares at 50, which are 14.3 raw ones at 350.
    expect(trades[0].shares).toBe(14 * 7)
  })
})

describe('limits', () => {
  const bars = [flat(100), flat(100), flat(100), flat(100)]
  const three = { ...market(bars, bars, bars), sector: Int32Array.of(1, 1, 2) }
  const all = decisions({ day: 0 }, { day: 0, symbol: 1 }, { day: 0, symbol: 2 })
  const sharesOf = (limits: object, signals = all, changes: object = {}) =>
    simulate(three, signals, rules({ limits, ...changes })).trades.map((trade) => trade.shares)

  it('gross is 1 unless set, and cuts in the order given', () => {
    const half = { sizing: { kind: 'equal', fraction: 0.4 } } as const
    expect(sharesOf({}, all, half)).toEqual([40, 40, 20])
    expect(sharesOf({ gross: 2 }, all, half)).toEqual([40, 40, 40])
    expect(sharesOf({ gross: Infinity }, all, { sizing: { kind: 'equal', fraction: 3 } })).toEqual([
      300, 300, 300,
    ])
  })

  it('cut each position, each sector, and the net', () => {
    expect(sharesOf({ position: 0.2 })).toEqual([20, 20, 20])
    expect(sharesOf({ sector: 0.3, gross: 2 })).toEqual([30, 30])
    const hedged = decisions({ day: 0 }, { day: 0, symbol: 1, direction: -1 }, { day: 0, symbol: 2 })
    expect(sharesOf({ net: 0.3, gross: 3 }, hedged)).toEqual([30, 50, 50])
  })

  it('an order cut to nothing, or without a place among the lots, is counted', () => {
    expect(simulate(three, all, rules()).counters.noRoom).toBe(1)
    const { trades, counters } = simulate(three, all, rules({ limits: { lots: 1 } }))
    expect(trades.length).toBe(1)
    expect(counters.noRoom).toBe(2)
  })

  it('a lot that leaves during the bar still takes its place that morning, at its open too', () => {
    const falling = market([flat(100), flat(100), flat(80), flat(80)], bars)
    const signals = decisions({ day: 0 }, { day: 1, symbol: 1 })
    const { trades, counters } = simulate(falling, signals, rules({ stop: 0.05, limits: { lots: 1 } }))
    expect(trades.map((trade) => trade.exitReason)).toEqual(['stop-gap'])
    expect(counters.noRoom).toBe(1)
  })

  it('drops and counts orders below the minimum trade, after cutting', () => {
    const { trades, counters } = simulate(
      three,
      all,
      rules({ limits: { minimumTrade: 3000, position: 0.2 } }),
    )
    expect(trades).toEqual([])
    expect(counters.belowMinimum).toBe(3)
  })
})

describe('trims and breakers', () => {
  it('a lot grown above the limit is cut back at the next open, as a partial close', () => {
    const panel = market([flat(100), flat(100), flat(300), flat(300), flat(300), flat(300)])
    const signals = decisions({ day: 0, size: 0.2 })
    const { trades } = simulate(panel, signals, rules({ trim: { above: 0.25, to: 0.2, everyDays: 3 } }))
    // 20 shares are worth 6,000 of 14,000 at the close of day 2; 20 % of it are 28/3 shares.
    expect(trades[0]).toMatchObject({ exitReason: 'trim', entryDay: 1, exitDay: 3, exitPrice: 300 })
    expect(trades[0].shares).toBeCloseTo(20 - 28 / 3, 9)
    expect(trades[1]).toMatchObject({ exitReason: 'end', entryDay: 1 })
    expect(trades[0].shares + trades[1].shares).toBeCloseTo(20, 9)
  })

  it('a daily loss closes everything at the next open and keeps that morning free of entries', () => {
    const panel = market([flat(100), flat(100), flat(80), flat(80), flat(80), flat(80)])
    const signals = decisions({ day: 0 }, { day: 2 }, { day: 3 })
    const { trades, counters } = simulate(panel, signals, rules({ breakers: { dailyLoss: 0.1 } }))
    expect(trades.map(({ entryDay, exitDay, exitReason }) => [entryDay, exitDay, exitReason])).toEqual([
      [1, 3, 'breaker'],
      [4, 5, 'end'],
    ])
    expect(counters).toMatchObject({ breakersTripped: 1, breakerHeld: 1 })
  })

  it('a drawdown keeps the book empty until the stated reset, from which the peak starts anew', () => {
    const days = drawdownPause + 8
    const panel = market([flat(100), flat(100), ...Array.from({ length: days }, () => flat(70))])
    const tripped = 2
    const every = Array.from({ length: days }, (_, i) => ({ day: tripped + i }))
    const { trades, counters } = simulate(
      panel,
      decisions({ day: 0 }, ...every),
      rules({ breakers: { drawdown: 0.1 } }),
    )
    expect(trades[0]).toMatchObject({ exitDay: tripped + 1, exitReason: 'breaker' })
    expect(trades[1].entryDay).toBe(tripped + drawdownPause + 1)
    expect(counters).toMatchObject({ breakersTripped: 1, breakerHeld: drawdownPause })
  })
})

describe('a range of days', () => {
  it('carries out only what was decided inside, and ends at its last close', () => {
    const panel = market(Array.from({ length: 10 }, (_, day) => flat(100 + day)))
    const signals = decisions({ day: 1 }, { day: 4 })
    const { trades, equity } = simulate(panel, signals, rules(), { first: 3, last: 7 })
    expect(trades).toMatchObject([{ entryDay: 5, exitDay: 7, exitReason: 'end' }])
    expect(equity.length).toBe(5)
  })
})

it('signals that are out of order or point outside the panel are refused by row', () => {
  const panel = market([flat(100), flat(100), flat(100)])
  expect(() => simulate(panel, decisions({ day: 1 }, { day: 0 }), rules())).toThrow('row 1')
  expect(() => simulate(panel, decisions({ day: 0, symbol: 3 }), rules())).toThrow('symbol 3')
})

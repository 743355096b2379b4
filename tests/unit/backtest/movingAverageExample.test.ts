import { expect, it } from 'vitest'
import { simulate } from '../../../workers/backtest/simulate.ts'
import type { Panel, RiskRules, Signals } from '../../../workers/backtest/simulate.ts'
import { describeShared, sharedJson, sharedText } from '../shared.ts'

interface OracleTrade {
  Size: number
  EntryBar: number
  ExitBar: number
  EntryPrice: number
  ExitPrice: number
  PnL: number
}

function panelOf(csv: string): Panel {
  const rows = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
  const column = (at: number) => Float64Array.from(rows, (row) => Number(row[at]))
  return {
    dates: Int32Array.from(rows, (row) => Date.parse(row[0]) / 86_400_000),
    symbols: ['GOOG'],
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  }
}

function mean(x: Float64Array, end: number, n: number): number {
  let sum = 0
  for (let i = end - n + 1; i <= end; i++) sum += x[i]
  return sum / n
}

/** Crossings of the averages of 10 and 30 closes; the example closes its last position at the last open. */
function crossings(panel: Panel): Signals {
  const day: number[] = []
  const direction: number[] = []
  for (let t = 30; t < panel.close.length; t++) {
    const before = mean(panel.close, t - 1, 10) - mean(panel.close, t - 1, 30)
    const now = mean(panel.close, t, 10) - mean(panel.close, t, 30)
    if (before < 0 && now > 0) direction.push(1)
    else if (before > 0 && now < 0) direction.push(-1)
    else continue
    day.push(t)
  }
  day.push(panel.close.length - 2)
  direction.push(0)
  return {
    day: Int32Array.from(day),
    symbol: new Int32Array(day.length),
    direction: Int8Array.from(direction),
    conviction: new Float64Array(day.length).fill(1),
    horizon: new Int32Array(day.length),
  }
}

const rules: RiskRules = {
  capital: 10_000,
  sizing: { kind: 'equal', fraction: 1 },
  wholeShares: true,
  ambiguousBar: 'pessimistic',
  allowShort: true,
  overlap: false,
  onOpposite: 'reverse',
  sizeOn: 'open',
  limits: {},
  costs: { commissionBps: 0, slippageBps: 0, borrowRate: 0 },
}

describeShared('the moving-average example of backtesting.py', () => {
  const file = (name: string) => ['oracles', 'backtest-backtestingpy', name] as const
  const panel = panelOf(sharedText(...file('GOOG.csv')))
  const expected = sharedJson<OracleTrade[]>(...file('goog_trades.json'))
  const equity = sharedJson<{ Equity: number }[]>(...file('goog_equity.json'))

  for (const [name, limits] of [
    ['no limits set', {}],
    ['gross exposure unlimited', { gross: Infinity }],
  ] as const) {
    const result = simulate(panel, crossings(panel), { ...rules, limits })

    it(`gives the same 66 trades, ${name}`, () => {
      expect(result.trades.length).toBe(66)
      result.trades.forEach((trade, i) => {
        const its = expected[i]
        expect([trade.direction * trade.shares, trade.entryDay, trade.exitDay]).toEqual([
          its.Size,
          its.EntryBar,
          its.ExitBar,
        ])
        expect(Math.abs(trade.entryPrice - its.EntryPrice)).toBeLessThan(1e-9)
        expect(Math.abs(trade.exitPrice - its.ExitPrice)).toBeLessThan(1e-9)
        expect(Math.abs(trade.profit - its.PnL)).toBeLessThan(1e-6)
      })
    })

    it(`gives the same equity on every day, ${name}`, () => {
      expect(result.equity.length).toBe(equity.length)
      equity.forEach(({ Equity }, day) => {
        expect(Math.abs(result.equity[day] - Equity)).toBeLessThan(1e-6)
      })
    })
  }
})

import { expect, it } from 'vitest'
import { createEngine } from '../../../workers/backtest/engine.ts'
import { simulate } from '../../../workers/backtest/simulate.ts'
import type { Panel, RiskRules, Signals } from '../../../workers/backtest/simulate.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
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

  it('the report of the same signals, uploaded as a file, shows its statistics where definitions agree', async () => {
    const stats = sharedJson<Record<string, number>>(...file('goog_stats.json'))
    const signals = crossings(panel)
    const missing = new Float64Array(signals.day.length).fill(NaN)
    const engine = createEngine()
    engine.load({
      panelId: 'GOOG',
      panel,
      simulated: false,
      signals: {
        symbol: new Array<string>(signals.day.length).fill('GOOG'),
        date: signals.day.map((day) => panel.dates[day]),
        direction: signals.direction,
        conviction: signals.conviction,
        horizon: signals.horizon,
        size: missing,
        stop: missing,
        target: missing,
      },
    })
    const custom = systemInfos.find(({ id }) => id === 'custom')!
    const outcome = await engine.run({
      system: 'custom',
      params: {
        ...defaultParams(custom, 'recommended'),
        capital: 10_000,
        sizing: 'equal',
        equalFraction: 1,
        sizeOn: 'open',
        allowShort: true,
        onOpposite: 'reverse',
        stop: 0,
        target: 0,
        trimAbove: 0,
        minimumTrade: 0,
        maxPosition: 2,
        gross: 4,
        commissionBps: 0,
        slippageBps: 0,
        borrowRate: 0,
      },
      from: null,
      to: null,
      outOfSampleFrom: null,
      benchmark: null,
      seed: 1,
    })
    if (!outcome.ok) throw new Error(outcome.message)
    const report = outcome.value
    const metric = (id: string) => report.metrics.find((row) => row.id === id)!.all
    const returns = report.trades.map((trade) => trade.return)
    const relative = (value: number, its: number) => expect(Math.abs(value / its - 1)).toBeLessThan(1e-8)
    relative(metric('trades'), stats['# Trades'])
    relative(report.equity[report.equity.length - 1], stats['Equity Final [$]'])
    relative(Math.max(...report.equity), stats['Equity Peak [$]'])
    relative(100 * metric('totalReturn'), stats['Return [%]'])
    relative(100 * metric('maxDrawdown'), stats['Max. Drawdown [%]'])
    relative(metric('longestDrawdown'), 584)
    relative(100 * metric('winRate'), stats['Win Rate [%]'])
    relative(metric('profitFactor'), stats['Profit Factor'])
    relative(100 * metric('expectancy'), stats['Expectancy [%]'])
    relative(100 * Math.max(...returns), stats['Best Trade [%]'])
    relative(100 * Math.min(...returns), stats['Worst Trade [%]'])
    relative(100 * metric('cagr'), stats['Return (Ann.) [%]'])
    relative(metric('calmar'), stats['Calmar Ratio'])
  })
})

import { describe, expect, it } from 'vitest'
import type { RunRequest } from '../../../../workers/backtest/api.ts'
import type { FinishedRun } from '../../../../workers/backtest/engine.ts'
import { finishRun } from '../../../../workers/backtest/finishRun.ts'
import { riskBoard } from '../../../../workers/backtest/board/riskBoard.ts'
import { stopGap } from '../../../../workers/backtest/board/stopGap.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { defaultParams, systemInfos, type Params } from '../../../../workers/systems/api.ts'
import type { SignalRows } from '../../../../workers/systems/system.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'

const panel = benchPanel(6, 300, 5)
const params: Params = {
  ...defaultParams(
    systemInfos.find(({ id }) => id === 'custom')!,
    'recommended',
  ),
  sizing: 'risk',
  riskBudget: 0.0025,
  stop: 0.03,
  target: 0.06,
  trailingStop: 0.05,
  allowShort: true,
}

/** Two decisions a week on companies and sides drawn by chance. */
const signals: SignalRows = (() => {
  const random = new Random(3)
  const date = panel.dates.filter((_, day) => day > 20 && day % 3 === 0)
  const n = date.length
  const none = new Float64Array(n).fill(NaN)
  return {
    symbol: Array.from(date, () => panel.symbols[1 + random.below(5)]),
    date,
    direction: Int8Array.from(date, () => (random.below(2) ? 1 : -1)),
    conviction: new Float64Array(n).fill(1),
    horizon: new Int32Array(n).fill(9),
    size: none,
    stop: none,
    target: none,
  }
})()

function runTo(to: number | null, changes: Params = {}): FinishedRun {
  const request: RunRequest = {
    system: 'custom',
    params: { ...params, ...changes },
    from: null,
    to,
    outOfSampleFrom: null,
    benchmark: null,
    seed: 1,
  }
  const run = finishRun({ panelId: 'p', panel, simulated: true, signals, contents: 'p' }, request)
  if (typeof run === 'string') throw new Error(run)
  return run
}

const whole = runTo(null)
const { dates, gross, net, trades } = whole.report

describe('the risk board', () => {
  it('holds what the simulation held at every close, worth as much', () => {
    expect(trades.length).toBeGreaterThan(40)
    dates.forEach((day, at) => {
      const board = riskBoard(whole, day)
      expect(board.day).toBe(day)
      expect(board.gross).toBeCloseTo(gross[at], 9)
      expect(board.net).toBeCloseTo(net[at], 9)
      expect(board.history.lots[at]).toBe(board.lots.length)
      for (const lot of board.lots) {
        expect(lot.budget).toBeLessThanOrEqual(0.0025 + 1e-12)
        expect(lot.atRisk).toBeGreaterThan(0)
      }
    })
  })

  it('of a day is the same when the data end with it', () => {
    const held = Array.from(dates.keys()).filter((at) => riskBoard(whole, dates[at]).lots.length > 0)
    for (const at of held.filter((_, i) => i % 30 === 7)) {
      const { to, history, ...then } = riskBoard(runTo(dates[at]), null)
      const { to: end, history: all, ...now } = riskBoard(whole, dates[at])
      expect(then.lots.length).toBeGreaterThan(0)
      expect(to).toBeLessThan(end)
      expect(history.lots.at(-1)).toBe(all.lots[at])
      // Only the costs of closing everything at the end of the data are in the equity of its last day.
      expect(then.lots.map(({ symbol, stop, barsLeft }) => [symbol, stop, barsLeft])).toEqual(
        now.lots.map(({ symbol, stop, barsLeft }) => [symbol, stop, barsLeft]),
      )
      expect(then.gap).toEqual(now.gap)
      expect(then.worstCase).toBeCloseTo(now.worstCase, 4)
      expect(then.independentBets).toBeCloseTo(now.independentBets, 9)
      expect(then.correlation).toEqual(now.correlation)
    }
  })

  it('says what every stop would cost: from the close to the stop, less slippage and commission', () => {
    const day = dates.find((each) => riskBoard(whole, each).lots.length >= 2)!
    const { equity, lots, worstCase } = riskBoard(whole, day)
    const { slippageBps, commissionBps } = whole.rules.costs
    const lost = lots.map(({ direction, shares, price, stop }) => {
      const exit = stop * (1 - (direction * slippageBps) / 10_000)
      return (shares * (direction * (price - exit) + (exit * commissionBps) / 10_000)) / equity
    })
    expect(worstCase).toBeCloseTo(
      lost.reduce((a, b) => a + b),
      12,
    )
  })

  it('counts days between sessions as the session before', () => {
    const friday = dates.findIndex((day, at) => at > 30 && dates[at + 1] - day > 1)
    expect(riskBoard(whole, dates[friday] + 1).day).toBe(dates[friday])
  })
})

describe('the gap beyond stops', () => {
  const stopped = trades.filter(({ exitReason }) => exitReason === 'stop' || exitReason === 'stop-gap')

  it('is the mean of the worst tenth, of exits before the day alone', () => {
    const day = [...stopped].sort((a, b) => a.exitDay - b.exitDay)[20].exitDay
    const before = stopped.filter(({ exitDay }) => exitDay < day)
    const beyond = before
      .map(({ direction, stop, exitPrice, entryPrice }) =>
        Math.max(0, (direction * (stop - exitPrice)) / entryPrice),
      )
      .sort((a, b) => b - a)
      .slice(0, Math.ceil(before.length / 10))
    const gap = stopGap(trades, day)
    expect(gap.exits).toBe(before.length)
    expect(gap.beyond).toBeCloseTo(beyond.reduce((a, b) => a + b) / beyond.length, 12)
  })

  it('is not told of fewer than ten exits', () => {
    expect(stopGap(stopped.slice(0, 9), Infinity)).toEqual({ beyond: NaN, exits: 9 })
  })
})

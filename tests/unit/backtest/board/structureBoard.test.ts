import { expect, it } from 'vitest'
import { generateMarket } from '../../../../datasets/market.ts'
import { marketPanel } from '../../../../datasets/panel.ts'
import type { RunRequest } from '../../../../workers/backtest/api.ts'
import { riskBoard } from '../../../../workers/backtest/board/riskBoard.ts'
import { finishRun } from '../../../../workers/backtest/finishRun.ts'
import { optionsDesk } from '../../../../workers/backtest/options/desk.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'

const panel = marketPanel(generateMarket({ seed: 41, years: 2 }))
const info = systemInfos.find(({ id }) => id === 'options')!

function runIn(expression: string) {
  const params = { ...defaultParams(info, 'recommended'), expression }
  const day = { from: panel.dates[300], to: panel.dates[420], outOfSampleFrom: null }
  const request: RunRequest = { system: 'options', params, ...day, benchmark: 'QQQ', seed: 1 }
  const loaded = { panelId: 'p', panel, simulated: true, signals: null, contents: 'p' }
  const run = finishRun({ ...loaded, flights: null, demand: null }, request)
  if (typeof run === 'string') throw new Error(run)
  return run
}

it.each(['long-option', 'iron-condor', 'covered-call'])(
  'a board of %s counts what structures move like, what they are worth, and no more loss than they can bring',
  (expression) => {
    const run = runIn(expression)
    const board = riskBoard(run, panel.dates[360])
    const desk = optionsDesk(run, panel.dates[360], 0)
    if (!desk.ok) throw new Error(desk.message)
    expect(board.lots.length).toBe(desk.value.lots.length)
    expect(board.lots.length).toBeGreaterThan(2)
    const { equity } = board
    board.lots.forEach((lot) => {
      const same = desk.value.lots.find(
        ({ symbol, entryDay }) => symbol === lot.symbol && entryDay === lot.entryDay,
      )!
      expect(lot.structure).toContain(lot.symbol)
      expect(lot.profit * equity).toBeCloseTo(same.profit, 6)
      expect(lot.direction * lot.shares * lot.price).toBeCloseTo(same.value, 6)
      const structure = run.report.trades.find(
        ({ entryDay, symbol }) =>
          run.report.dates[entryDay] === lot.entryDay && run.report.symbols[symbol] === lot.symbol,
      )!.instrument!
      expect(lot.atRisk * equity).toBeLessThanOrEqual(structure.mostLoss + same.profit + 1e-6)
    })
    expect((board.long - board.short) * equity).toBeCloseTo(desk.value.total.exposure, 4)
    expect(board.cash).toBeCloseTo(equity - desk.value.total.value, 6)
  },
)

import { describe, expect, it } from 'vitest'
import { generateMarket } from '../../../../datasets/market.ts'
import { marketPanel } from '../../../../datasets/panel.ts'
import type { ReplayState, RunRequest } from '../../../../workers/backtest/api.ts'
import type { LoadedPanel } from '../../../../workers/backtest/engine.ts'
import { Replay } from '../../../../workers/backtest/paper/replay.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { defaultParams, systemInfos, type Params, type SystemId } from '../../../../workers/systems/api.ts'
import type { SignalRows } from '../../../../workers/systems/system.ts'
import { realPanel } from '../../realPrices.ts'
import { describeShared } from '../../shared.ts'
import { simulatedJet, standIn, standInScores } from '../../systems/jet/simulatedJet.ts'
import { firstDay, smallDemand, usualCounts } from '../../systems/tickets/smallDemand.ts'

/** Trading days of a year. */
const year = 252

function requestOf(system: SystemId, changed: Params = {}): RunRequest {
  const info = systemInfos.find(({ id }) => id === system)!
  const params = { ...defaultParams(info, 'recommended'), ...changed }
  return { system, params, from: null, to: null, outOfSampleFrom: null, benchmark: 'QQQ', seed: 1 }
}

function loaded(panel: Panel, parts: Partial<LoadedPanel> = {}): LoadedPanel {
  const nothing = { signals: null, flights: null, demand: null }
  return { panelId: 'p', simulated: true, contents: 'p', panel, ...nothing, ...parts }
}

/** The market with these many of its shares and QQQ. */
function fewShares(seed: number, years: number, count: number): Panel {
  const panel = marketPanel(generateMarket({ seed, years }))
  const days = panel.dates.length
  const kept = [...panel.symbols.keys()].filter((at) => at < count || panel.symbols[at] === 'QQQ')
  const of = (cells: Float64Array) => {
    const few = new Float64Array(kept.length * days)
    kept.forEach((from, to) => few.set(cells.subarray(from * days, (from + 1) * days), to * days))
    return few
  }
  return {
    dates: panel.dates,
    symbols: kept.map((at) => panel.symbols[at]),
    open: of(panel.open),
    high: of(panel.high),
    low: of(panel.low),
    close: of(panel.close),
    volume: of(panel.volume),
    ...(panel.rawFactor && { rawFactor: of(panel.rawFactor) }),
  }
}

/** Day by day to the end of the last year. */
function replayed(panel: LoadedPanel, request: RunRequest): ReplayState {
  const { dates } = panel.panel
  const replay = new Replay(panel, request, dates[dates.length - year], dates[dates.length - 1])
  let state = replay.step()
  while (!replay.over) state = replay.step()
  return state
}

function expectTheBacktest({ compared, difference, at, days }: ReplayState, leastTrades: number): void {
  expect(difference).toBe('')
  expect(at).toBe(days - 1)
  expect(days).toBe(year)
  expect(compared.same).toBe(compared.decisions)
  expect(compared.sameEntries).toBe(compared.entries)
  expect(compared.sameClosed).toBe(compared.closed)
  expect(compared.closed).toBeGreaterThan(leastTrades)
}

describe('a year replayed day by day has the signals, sizes and trades of the backtest', () => {
  it('of Options in shares', () => {
    const market = fewShares(31, 2, 8)
    expectTheBacktest(replayed(loaded(market), requestOf('options')), 20)
  })

  it('of Options in structures of options, priced by the model', () => {
    const market = fewShares(32, 2, 3)
    expectTheBacktest(replayed(loaded(market), requestOf('options', { expression: 'vertical' })), 10)
  })

  it('of Tickets', () => {
    const market = fewShares(33, 2, 4)
    // The same weekdays, where the tickets are.
    const weeks = Math.ceil((firstDay - market.dates[0]) / 7)
    const panel = { ...market, dates: market.dates.map((date) => date + 7 * weeks) }
    const days = panel.dates[panel.dates.length - 1] - firstDay + 1
    const random = new Random(8)
    const demand = smallDemand(
      panel.symbols
        .filter((symbol) => symbol !== 'QQQ')
        .map((symbol) => {
          const spikes = Array.from({ length: 12 }, () => random.below(days))
          const raised = spikes.flatMap((day) => [0, 1, 2, 3, 4].map((more) => [day + more, 60]))
          return {
            symbol,
            negative: usualCounts(days, Object.fromEntries(raised) as Record<number, number>),
            positive: usualCounts(days, {}, 2),
            incidents: spikes.map((from) => ({ from, to: from + 4, severity: 'major' })),
            news: spikes.map((day) => ({ day: day + 1, sentiment: -0.6 })),
          }
        }),
    )
    expectTheBacktest(replayed(loaded(panel, { demand }), requestOf('tickets')), 5)
  })

  it('of Jet, where a model decides', () => {
    const market = simulatedJet(77, 1, 10)
    market.take(standIn, standInScores(market.dataset), 0)
    const panel = loaded(market.panel, { jet: market.inputs })
    expectTheBacktest(replayed(panel, requestOf('jet', { signalsPerYear: 60 })), 3)
  })

  it('of signals from a file', () => {
    const panel = fewShares(34, 2, 5)
    const random = new Random(4)
    const rows = 200
    const of = <T>(value: () => T) => Array.from({ length: rows }, value)
    const signals: SignalRows = {
      symbol: of(() => panel.symbols[random.below(panel.symbols.length)]),
      date: Int32Array.from(of(() => panel.dates[random.below(panel.dates.length)])).sort(),
      direction: Int8Array.from(of(() => random.below(3) - 1)),
      conviction: Float64Array.from(of(() => random.uniform())),
      horizon: Int32Array.from(of(() => random.below(30))),
      size: new Float64Array(rows).fill(NaN),
      stop: new Float64Array(rows).fill(NaN),
      target: new Float64Array(rows).fill(NaN),
    }
    expectTheBacktest(replayed(loaded(panel, { signals }), requestOf('custom')), 10)
  })
})

describeShared('a real year replayed day by day', () => {
  it('of Options on seven shares has the signals, sizes and trades of the backtest', () => {
    const panel = loaded(realPanel(), { simulated: false })
    expectTheBacktest(replayed(panel, requestOf('options')), 10)
  })
})

describe('a replay', () => {
  it('says on which day and of what it differs from a backtest that knew other prices', () => {
    const panel = loaded(fewShares(35, 2, 4))
    const { dates } = panel.panel
    const replay = new Replay(panel, requestOf('options'), dates[300], dates[420])
    // The backtest has run; what the days then bring is something else for one share.
    const crash = 3 * dates.length + 360
    panel.panel.close.fill(1e-3, crash, crash + 3)
    let state = replay.step()
    while (!replay.over) state = replay.step()
    expect(state.difference).toMatch(/^\d+ \w+ \d{4}: \w+ /)
    expect(state.compared.same).toBeLessThan(state.compared.decisions)
  })

  it('refuses days without prices, in words', () => {
    const panel = loaded(fewShares(35, 2, 2))
    const { dates } = panel.panel
    const last = dates[dates.length - 1]
    expect(() => new Replay(panel, requestOf('options'), last + 10, last + 20)).toThrow(
      /fewer than two trading days/,
    )
  })
})

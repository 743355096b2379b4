import { describe, expect, it } from 'vitest'
import { guardOf } from '../../../../workers/backtest/guards/guardOf.ts'
import { MovedSignals } from '../../../../workers/backtest/guards/movedSignals.ts'
import { jittered } from '../../../../workers/backtest/guards/parameterJitter.ts'
import { alphaOfRerun, without } from '../../../../workers/backtest/rerun.ts'
import { robustnessOf } from '../../../../workers/backtest/robustness.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { breaks, defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import type { Params } from '../../../../workers/systems/system.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'
import { costs, decisions, flat, market, rules } from '../tinyMarket.ts'
import type { Decision } from '../tinyMarket.ts'
import { finishedRun, guard, onlyTrial, wandering } from './finishedRun.ts'

const days = 500
/** Sixty entries on seeded days, each in one of the symbols, held for two bars. */
function entries(symbols: number, seed = 11): Decision[] {
  const random = new Random(seed)
  return Array.from({ length: 60 }, (_, i) => ({
    day: 5 + 8 * i + random.below(4),
    symbol: random.below(symbols),
    horizon: 2,
  }))
}
const bought = entries(4)
const isBought = (symbol: number, day: number) =>
  bought.some((entry) => entry.symbol === symbol && entry.day + 1 === day)
/** The market rises on the very days after these decisions, and on no others. */
const foreseen = wandering(4, days, 3, (symbol, day) => (isBought(symbol, day) ? 0.02 : 0))
const edge = finishedRun(foreseen, { signals: decisions(...bought) })
const luck = finishedRun(wandering(4, days, 3), { signals: decisions(...bought) })

describe('random entries', () => {
  it('never do as well as entries on the days before the market rises', async () => {
    const found = await guard(edge, 'randomEntries')
    expect(found.reruns).toHaveLength(200)
    expect(found.value).toBeCloseTo(1 / 201, 12)
    expect(found.state).toBe('passes')
    expect(found.measured).toBeGreaterThan(found.reruns[199])
  })

  it('do as well as entries that do not matter', async () => {
    const found = await guard(luck, 'randomEntries')
    expect(found.value).toBeGreaterThan(0.05)
    expect(found.value).toBeLessThan(0.95)
    expect(found.state).toBe('doubt')
  })

  it('keep exits: a loss that every entry takes is taken by the random ones too', async () => {
    // Flat prices: all that is left of a trade are its costs, wherever it is.
    const still = market(...Array.from({ length: 3 }, () => Array.from({ length: 300 }, () => flat(50))))
    const run = finishedRun(still, {
      signals: decisions(...entries(3).filter(({ day }) => day < 290)),
      rules: {
        ...rules({ sizing: { kind: 'equal', fraction: 0.1 }, overlap: true }),
        costs: costs(10, 0),
      },
    })
    const found = await guard(run, 'randomEntries')
    for (const alpha of found.reruns) expect(alpha / found.measured).toBeCloseTo(1, 3)
  })

  it('are held as long as those of the run where a symbol has one lot at a time', async () => {
    // Flat prices and a fee for every day that a share is owed: what is lost is the time in the market.
    const still = market(...Array.from({ length: 4 }, () => Array.from({ length: 400 }, () => flat(50))))
    const shorts = Array.from({ length: 72 }, (_, i): Decision => {
      return { day: 3 + 20 * Math.floor(i / 4), symbol: i % 4, direction: -1, horizon: 10 }
    })
    const run = finishedRun(still, {
      signals: decisions(...shorts),
      rules: rules({ sizing: { kind: 'equal', fraction: 0.05 }, costs: costs(0, 0, 0.2) }),
    })
    expect(run.report.trades).toHaveLength(72)
    const found = await guard(run, 'randomEntries')
    // A few are cut short by the last day.
    expect(found.rows[2].value / found.measured).toBeGreaterThan(0.95)
    expect(found.rows[2].value / found.measured).toBeLessThan(1.01)
  })

  it('of the out-of-sample part say nothing of an edge that was there before it', async () => {
    const before = (symbol: number, day: number) => (day < 250 && isBought(symbol, day) ? 0.02 : 0)
    const faded = { ...edge, panel: wandering(4, days, 3, before) }
    const signals = decisions(...bought)
    expect((await guard(finishedRun(faded.panel, { signals }), 'randomEntries')).state).toBe('passes')
    const parted = await guard(finishedRun(faded.panel, { signals, split: 250 }), 'randomEntries')
    expect(parted.state).toBe('doubt')
  })
})

describe('shifted signals', () => {
  it('earn nothing where the timing was all there was', async () => {
    const found = await guard(edge, 'shiftedSignals')
    expect(found.value).toBeCloseTo(1 / 101, 12)
    expect(found.state).toBe('passes')
  })
  it('do as well where the timing did not matter', async () => {
    const found = await guard(luck, 'shiftedSignals')
    expect(found.value).toBeGreaterThan(0.05)
    expect(found.value).toBeLessThan(0.95)
  })
  it('need days to be shifted by', async () => {
    const short = finishedRun(wandering(4, 60, 3), { signals: decisions(...bought.slice(0, 5)) })
    const found = await guard(short, 'shiftedSignals')
    expect([found.state, found.finding]).toEqual([
      'unknown',
      'There are 59 days, too few to move decisions 21 days either way.',
    ])
  })
})

describe('a price level that moves with its decision', () => {
  const prices = market([flat(100), flat(100)], [flat(20), flat(40)])
  it('keeps its distance in percent from the close', () => {
    const moved = new MovedSignals(decisions({ day: 0, stop: 92, target: 110 }), prices, 1)
    moved.put(0, 0, 1, 1, 1)
    expect(moved.signals.stop![0]).toBeCloseTo(0.92 * 40, 12)
    expect(moved.signals.target![0]).toBeCloseTo(1.1 * 40, 12)
    moved.put(0, 0, 0, 0, 1)
    expect(moved.signals.stop![0]).toBe(92)
  })
})

describe('one and two days late', () => {
  it('an edge of a single day is gone', async () => {
    const found = await guard(edge, 'delay')
    expect(found.measured).toBeGreaterThan(0.2)
    expect(found.value).toBeLessThan(found.measured / 4)
    expect(found.rows.map((row) => row.label)).toEqual(['In time', 'One day late', 'Two days late'])
  })
  it('a slow one stays', async () => {
    const steady = finishedRun(
      wandering(1, days, 5, () => 0.003),
      { signals: decisions({ day: 3 }) },
    )
    const found = await guard(steady, 'delay')
    expect(found.state).toBe('passes')
    expect(found.value / found.measured).toBeCloseTo(1, 1)
  })
})

describe('without any one symbol', () => {
  const small = rules({ sizing: { kind: 'equal', fraction: 0.2 } })
  const every = (symbols: number[]) =>
    Array.from({ length: 40 }, (_, i) =>
      symbols.map((symbol) => ({ day: 12 * i, symbol, horizon: 5 })),
    ).flat()
  it('a run with one lucky symbol fails, and the symbol is named', async () => {
    const lucky = wandering(3, days, 8, (symbol) => (symbol === 1 ? 0.01 : -0.001))
    const run = finishedRun(lucky, { signals: decisions(...every([0, 1, 2])), rules: small })
    const found = await guard(run, 'leaveSymbolOut')
    expect(found.measured).toBeGreaterThan(0)
    expect([found.state, found.rows[0].label]).toEqual(['doubt', 'Without S1'])
    expect(found.finding).toContain('without S1, the least of 3 symbols.')
  })
  it('a run in which all symbols earn passes, with the figures of the verdict', async () => {
    const run = finishedRun(
      wandering(3, days, 8, () => 0.004),
      { signals: decisions(...every([0, 1, 2])), rules: small },
    )
    const found = await guard(run, 'leaveSymbolOut')
    expect(found.state).toBe('passes')
    const robustness = await robustnessOf(run, () => Promise.resolve(true))
    expect(found.value).toBe(robustness!.weakest!.alpha)
    expect((await guard(run, 'delay')).value).toBe(robustness!.delayed)
  })
  it('a symbol that is left out is as if it had no decisions', () => {
    const run = finishedRun(
      wandering(3, days, 8, () => 0.004),
      { signals: decisions(...every([0, 1, 2])), rules: small },
    )
    expect(alphaOfRerun(run, without(run.signals, 1))).toBe(alphaOfRerun(run, decisions(...every([0, 2]))))
  })
  it('a single symbol leaves nothing', async () => {
    const run = finishedRun(
      wandering(1, days, 8, () => 0.004),
      { signals: decisions(...every([0])) },
    )
    const found = await guard(run, 'leaveSymbolOut')
    expect([found.state, found.value]).toEqual(['doubt', 0])
  })
})

describe('without any one year', () => {
  const held = { signals: decisions({ day: 0 }) }
  it('a run that lives on one year fails, and the year is named', async () => {
    const year = (day: number) => new Date(864e5 * foreseen.dates[day]).getUTCFullYear()
    const panel = wandering(1, days, 4, (_, day) => (year(day) === 2020 ? 0.006 : -0.001))
    const found = await guard(finishedRun(panel, held), 'leaveYearOut')
    expect([found.state, found.rows[0].label]).toEqual(['doubt', 'Without 2020'])
    const steady = wandering(1, days, 4, () => 0.003)
    expect((await guard(finishedRun(steady, held), 'leaveYearOut')).state).toBe('passes')
  })
  it('knows only the years that are judged', async () => {
    const parted = finishedRun(foreseen, { signals: decisions(...bought), split: 300 })
    const found = await guard(parted, 'leaveYearOut')
    expect([found.state, found.finding]).toEqual([
      'unknown',
      'All days out of sample are of one calendar year, so none can be left out.',
    ])
  })
})

describe('settings a little off', () => {
  const info = systemInfos.find(({ id }) => id === 'options')!
  const params: Params = {
    ...defaultParams(info, 'recommended'),
    averageFast: 20,
    averageSlow: 21,
    maxBars: 1,
  }
  const draws = Array.from({ length: 300 }, (_, i) => jittered(info, params, new Random(i)))

  it('stay within limits, in order, and by 10 % or one step', () => {
    for (const [name, spec] of Object.entries(info.params)) {
      if (spec.kind !== 'number') continue
      const value = Number(params[name])
      const far = Math.max(0.1 * Math.abs(value), spec.step) * (1 + 1e-9)
      for (const draw of draws) {
        const moved = Number(draw[name])
        expect(moved, name).toBeGreaterThanOrEqual(spec.min)
        expect(moved, name).toBeLessThanOrEqual(spec.max)
        expect(Math.abs(moved - value), name).toBeLessThanOrEqual(far)
        if (spec.integer) expect(Number.isInteger(moved), name).toBe(true)
      }
    }
    for (const draw of draws) {
      for (const ordering of info.orderings) expect(breaks(info, draw, ordering)).toBe(false)
    }
  })
  it('move every number in force, switch no rule off or on, and leave words alone', () => {
    const distinct = (name: string) => new Set(draws.map((draw) => draw[name])).size
    expect(distinct('stop')).toBeGreaterThan(2)
    expect(distinct('rsiDays')).toBeGreaterThan(1)
    expect(distinct('trailingStop')).toBe(1)
    expect(distinct('borrowRate')).toBe(1)
    expect(distinct('ambiguousBar')).toBe(1)
    expect(Math.min(...draws.map((draw) => Number(draw.maxBars)))).toBe(1)
  })
  it('say how many neighbours earn', async () => {
    const run = finishedRun(benchPanel(6, 500, 5), { benchmark: 'QQQ', split: 300 })
    const found = await guard(run, 'parameterJitter')
    expect(found.reruns).toHaveLength(40)
    expect(found.value).toBe(found.reruns.filter((alpha) => alpha > 0).length / 40)
    expect(found.state).toBe(found.value >= 0.9 ? 'passes' : 'doubt')
    expect(found.measured).toBeCloseTo(
      run.report.metrics.find((metric) => metric.id === 'alpha')!.outOfSample,
      10,
    )
  })
})

describe('what is random', () => {
  const drawn = ['drawdownFan', 'parameterJitter', 'randomEntries', 'shiftedSignals'] as const
  it('is the same for the same seed, and another for another', async () => {
    const of = (seed: number) => finishedRun(benchPanel(4, 300, 5), { benchmark: 'QQQ', seed })
    for (const id of drawn) {
      const [one, again, other] = await Promise.all([guard(of(1), id), guard(of(1), id), guard(of(2), id)])
      expect(again).toEqual(one)
      expect([...other.reruns]).not.toEqual([...one.reruns])
    }
  })
  it('stops when told to', async () => {
    for (const id of [...drawn, 'leaveSymbolOut'] as const) {
      let breaths = 0
      expect(await guardOf(edge, id, onlyTrial, () => Promise.resolve(++breaths < 3))).toBeNull()
      expect(breaths).toBe(3)
    }
  })
})

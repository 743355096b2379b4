import { describe, expect, it } from 'vitest'
import type { Outcome, WalkResult, WalkSpec, WalkStatus } from '../../../../workers/backtest/api.ts'
import { createEngine } from '../../../../workers/backtest/engine.ts'
import type { Engine, EngineParts } from '../../../../workers/backtest/engine.ts'
import { readFamilyText } from '../../../../workers/backtest/keep/familyText.ts'
import { noTrialStore } from '../../../../workers/backtest/keep/trialStore.ts'
import { simulate } from '../../../../workers/backtest/simulate.ts'
import { inlineSweepWorker } from '../../../../workers/backtest/sweep/inlineWorker.ts'
import type { PoolWorker } from '../../../../workers/backtest/sweep/pool.ts'
import { walkWindows } from '../../../../workers/backtest/walk/windows.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { performance } from '../../../../workers/quant/statistics.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { systemOf } from '../../../../workers/systems/registry.ts'
import type { Params } from '../../../../workers/systems/system.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'

const days = 420
const panel = benchPanel(5, days, 21)
const info = systemInfos.find(({ id }) => id === 'options')!
const params = defaultParams(info, 'recommended')
const fasts = [3, 5, 8, 12, 20]
const slows = [10, 20, 30, 40]

const spec = (change: Partial<WalkSpec> = {}): WalkSpec => ({
  request: {
    system: 'options',
    params,
    from: null,
    to: null,
    outOfSampleFrom: null,
    benchmark: 'QQQ',
    seed: 1,
  },
  axes: [
    { param: 'averageFast', values: fasts },
    { param: 'averageSlow', values: slows },
  ],
  design: { kind: 'grid' },
  train: 160,
  test: 60,
  anchored: false,
  gap: 5,
  embargo: 0,
  objective: 'sharpe',
  ...change,
})

function engineWith(parts: Partial<EngineParts> = {}, of: Panel = panel): Engine {
  const engine = createEngine({
    store: noTrialStore,
    createSweepWorker: inlineSweepWorker,
    sweepWorkers: 2,
    ...parts,
  })
  engine.load({ panelId: 'test', panel: of, simulated: true, signals: null })
  return engine
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

const walked = async (of: WalkSpec, engine = engineWith()): Promise<WalkResult> =>
  valueOf(await engine.walkForward(of))

/** Everything told of a walk. */
function watching(engine: Engine): WalkStatus[] {
  const seen: WalkStatus[] = []
  void engine.watch({ sweep: () => undefined, walk: (status) => seen.push(status) })
  return seen
}

const trialsOf = async (engine: Engine) => readFamilyText(await engine.familyText(null))!.trials

/** One simulation, straightforwardly: money at the closes of days `first` to `last`, and its trades. */
function simulated(of: Params, first: number, last: number, capital?: number) {
  const system = systemOf('options')
  const inputs = { panel, tradable: Uint8Array.from(panel.symbols, (symbol) => Number(symbol !== 'QQQ')) }
  const rules = system.rules(of)
  const { equity, trades } = simulate(
    panel,
    system.signals(inputs, of),
    { ...rules, capital: capital ?? rules.capital },
    { first, last },
  )
  return { equity, trades: trades.length }
}

const changes = (values: ArrayLike<number>) =>
  Float64Array.from({ length: values.length - 1 }, (_, i) => values[i + 1] / values[i] - 1)

describe('a walk-forward', () => {
  it('is what trying every combination by hand comes to', async () => {
    const of = spec()
    const result = await walked(of)
    const folds = walkWindows(days, of)
    expect(result.folds).toHaveLength(folds.length)
    expect(folds.length).toBeGreaterThanOrEqual(4)
    let capital = systemOf('options').rules(params).capital
    const money = [capital]
    folds.forEach(({ train, test }, k) => {
      let best = { sharpe: -Infinity, fast: 0, slow: 0, total: 0 }
      for (const fast of fasts)
        for (const slow of slows) {
          if (fast >= slow) continue
          const one = { ...params, averageFast: fast, averageSlow: slow }
          const { equity, trades } = simulated(one, train.first, train.last)
          const { sharpe, cagr } = performance(changes(equity))
          if (trades > 0 && sharpe > best.sharpe) best = { sharpe, fast, slow, total: cagr }
        }
      const fold = result.folds[k]
      expect(fold.params).toEqual({ averageFast: best.fast, averageSlow: best.slow })
      expect(fold.promised.sharpe).toBeCloseTo(best.sharpe, 4)
      expect(fold.promised.annualReturn).toBeCloseTo(best.total, 4)
      expect(fold.trainTo).toBe(panel.dates[train.last])
      expect(fold.testFrom).toBe(panel.dates[test.first])
      const chosen = { ...params, ...fold.params }
      const { equity, trades } = simulated(chosen, test.first - 1, test.last, capital)
      money.push(...equity.subarray(1))
      capital = equity[equity.length - 1]
      expect(fold.got.trades).toBe(trades)
      expect(fold.got.sharpe).toBeCloseTo(performance(changes(equity)).sharpe, 9)
    })
    expect(new Set(result.folds.map((fold) => JSON.stringify(fold.params))).size).toBeGreaterThan(1)
    expect(result.equity).toHaveLength(money.length - 1)
    result.equity.forEach((value, day) => expect(value).toBeCloseTo(money[day + 1] / money[0], 9))
    const all = performance(changes(money))
    expect(result.got.sharpe).toBeCloseTo(all.sharpe, 9)
    expect(result.got.annualReturn).toBeCloseTo(all.cagr, 9)
    expect(result.got.maxDrawdown).toBeCloseTo(all.maxDrawdown, 9)
    expect(result.sharpeInterval.low).toBeLessThan(result.got.sharpe)
    expect(result.sharpeInterval.high).toBeGreaterThan(result.got.sharpe)
  })

  it('chooses the same whatever happens after a training has ended', async () => {
    const of = spec()
    const before = await walked(of)
    const fold = 1
    const end = walkWindows(days, of)[fold].train.last
    const scrambled: Panel = { ...panel }
    for (const column of ['open', 'high', 'low', 'close', 'volume'] as const) {
      const values = panel[column].slice()
      for (let symbol = 0; symbol < panel.symbols.length; symbol++)
        values.subarray(symbol * days + end + 1, (symbol + 1) * days).reverse()
      scrambled[column] = values
    }
    const after = await walked(of, engineWith({}, scrambled))
    for (let k = 0; k <= fold; k++) {
      expect(after.folds[k].params).toEqual(before.folds[k].params)
      expect(after.folds[k].promised).toEqual(before.folds[k].promised)
    }
    expect(after.folds[fold].got).not.toEqual(before.folds[fold].got)
  })

  it('has test windows that do not overlap, and an equity that is the product of what each earned', async () => {
    const result = await walked(spec({ anchored: true }))
    result.folds.slice(1).forEach((fold, k) => {
      expect(fold.testFrom).toBeGreaterThan(result.folds[k].testTo)
      expect(fold.trainFrom).toBe(panel.dates[0])
    })
    const dates = [...result.dates]
    expect(new Set(dates).size).toBe(dates.length)
    let product = 1
    for (const { testFrom, testTo, got } of result.folds) {
      const length = dates.indexOf(testTo) - dates.indexOf(testFrom) + 1
      product *= (1 + got.annualReturn) ** (length / 252)
      expect(result.equity[dates.indexOf(testTo)]).toBeCloseTo(product, 9)
    }
    expect(result.benchmark).toHaveLength(dates.length)
    const closes = panel.close.subarray(0, days)
    const first = panel.dates.indexOf(dates[0])
    expect(result.benchmark[9]).toBeCloseTo(closes[first + 9] / closes[first - 1], 12)
  })

  it('draws as its promise what every training said a year, one window after the other', async () => {
    const { folds, dates, promised, promisedMean, got, efficiency } = await walked(spec())
    let product = 1
    for (const { testFrom, testTo, promised: said } of folds) {
      const length = dates.indexOf(testTo) - dates.indexOf(testFrom) + 1
      product *= (1 + said.annualReturn) ** (length / 252)
      expect(promised[dates.indexOf(testTo)]).toBeCloseTo(product, 9)
    }
    const mean = folds.reduce((sum, fold) => sum + fold.promised.annualReturn, 0) / folds.length
    expect(promisedMean.annualReturn).toBeCloseTo(mean, 12)
    expect(efficiency).toBeCloseTo(got.annualReturn / mean, 12)
  })

  it('charges every training run as a trial, and the stitched series as one more', async () => {
    const engine = engineWith()
    const result = await walked(spec(), engine)
    const tried = result.folds.reduce((sum, fold) => sum + fold.tried, 0)
    // 20 pairs, of which 12 and 20 days are not below 10 or 20.
    expect(result.folds[0].tried).toBe(17)
    expect(result.trials).toBe(tried + 1)
    expect(await trialsOf(engine)).toBe(tried + 1)
    const again = await walked(spec(), engine)
    expect(again.trials).toBe(tried + 1)
    expect(again.pValue).toBe(result.pValue)
  })

  it('asks more of the stitched equity the more was tried', async () => {
    const little = await walked(spec())
    const engine = engineWith()
    await walked(spec({ objective: 'totalReturn', anchored: true }), engine)
    await walked(spec({ train: 120 }), engine)
    expect((await walked(spec(), engine)).pValue).toBeGreaterThanOrEqual(little.pValue)
    expect(little.pValue).toBeGreaterThan(0)
  })

  it('leaves the days after an earlier test out of what is optimised', async () => {
    const free = await walked(spec({ anchored: true }))
    const held = await walked(spec({ anchored: true, embargo: 40 }))
    expect(held.folds[0].promised).toEqual(free.folds[0].promised)
    expect(held.folds.at(-1)!.promised.sharpe).not.toBeCloseTo(free.folds.at(-1)!.promised.sharpe, 3)
    expect(held.trials).toBe(free.trials)
  })

  it('holds cash where nothing traded in training', async () => {
    const off = { rsiOn: false, averagesOn: false, volumeOn: false, macdOn: false, bollingerOn: false }
    const idle = { ...params, ...off, momentumOn: false }
    const of = spec({ request: { ...spec().request, params: idle } })
    const { folds, equity, promised, efficiency } = await walked(of)
    for (const fold of folds) {
      expect(fold.tried).toBe(20)
      expect(fold.params).toEqual({})
      expect(fold.promised.sharpe).toBeNaN()
    }
    expect(new Set([...equity, ...promised])).toEqual(new Set([1]))
    expect(efficiency).toBeNaN()
  })

  it('tells how far it is, fold by fold', async () => {
    const engine = engineWith()
    const seen = watching(engine)
    const { folds } = await walked(spec(), engine)
    expect(seen[0]).toMatchObject({ state: 'running', fold: 1, folds: folds.length, done: 0 })
    expect(seen.at(-1)).toMatchObject({ state: 'done', fold: folds.length, done: 20 * folds.length })
  })
})

describe('a walk-forward that does not run through', () => {
  it.each([
    ['a period that is too short', spec({ train: 400 }), /do not fit into the 420 trading days/],
    ['no axis', spec({ axes: [] }), /at least one parameter/],
    [
      'alpha without a benchmark',
      spec({ objective: 'alpha', request: { ...spec().request, benchmark: null } }),
      /Alpha needs a benchmark/,
    ],
    [
      'too many backtests',
      spec({
        axes: [
          { param: 'averageFast', values: Array.from({ length: 199 }, (_, i) => i + 2) },
          { param: 'averageSlow', values: Array.from({ length: 390 }, (_, i) => i + 5) },
          { param: 'stop', values: [0.02, 0.04, 0.06, 0.08] },
        ],
      }),
      /more than the 1,000,000 of one walk-forward/,
    ],
  ])('says why: %s', async (_, of, sentence) => {
    expect(await engineWith().walkForward(of)).toMatchObject({
      ok: false,
      code: 'cannot-walk',
      message: expect.stringMatching(sentence) as string,
    })
  })

  it('frees its workers at once when it is cancelled, and what was tried stays charged', async () => {
    let alive = 0
    let handfuls = 0
    const counted = (): PoolWorker => {
      alive++
      const { api, ...rest } = inlineSweepWorker()
      const run: typeof api.run = async (blocks, window) => {
        if (++handfuls === 5) {
          await engine.cancelWalk()
          expect(alive).toBe(0)
        }
        return api.run(blocks, window)
      }
      return { ...rest, api: { ...api, run }, terminate: () => alive-- }
    }
    const engine = engineWith({ createSweepWorker: counted })
    const seen = watching(engine)
    expect(await engine.walkForward(spec())).toMatchObject({ ok: false, code: 'superseded' })
    expect(seen.at(-1)!.state).toBe('cancelled')
    expect(handfuls).toBeGreaterThanOrEqual(5)
    expect(await trialsOf(engine)).toBeGreaterThan(0)
  })

  it('gives way to the next one', async () => {
    const engine = engineWith()
    const first = engine.walkForward(spec())
    const second = engine.walkForward(spec({ test: 80 }))
    expect(await first).toMatchObject({ ok: false, code: 'superseded' })
    expect(valueOf(await second).spec.test).toBe(80)
  })

  it('replaces a worker that dies, and comes to the same', async () => {
    let born = 0
    const mortal = (): PoolWorker => {
      const worker = inlineSweepWorker()
      if (++born > 1) return worker
      let die: () => void
      const died = new Promise<void>((resolve) => (die = resolve))
      let handfuls = 0
      const run: PoolWorker['api']['run'] = (blocks, window) => {
        if (++handfuls < 3) return worker.api.run(blocks, window)
        die()
        return new Promise(() => undefined)
      }
      return { ...worker, died, api: { ...worker.api, run } }
    }
    const result = await walked(spec(), engineWith({ createSweepWorker: mortal }))
    expect(born).toBe(3)
    const { folds, equity, trials } = await walked(spec())
    expect(result.folds).toEqual(folds)
    expect(result.equity).toEqual(equity)
    expect(result.trials).toBe(trials)
  })

  it('says so where workers die again and again', async () => {
    const stillborn = (): PoolWorker => ({ ...inlineSweepWorker(), died: Promise.resolve() })
    const engine = engineWith({ createSweepWorker: stillborn })
    const seen = watching(engine)
    const outcome = await engine.walkForward(spec())
    expect(outcome).toMatchObject({
      ok: false,
      message: expect.stringMatching(/stop again and again/) as string,
    })
    expect(seen.at(-1)!.state).toBe('failed')
  })

  it('leaves a sweep that runs beside it alone', async () => {
    const engine = engineWith()
    const done = new Promise<void>((resolve) => {
      void engine.watch({
        sweep: (status) => status.state === 'done' && resolve(),
        walk: () => undefined,
      })
    })
    const { request, axes, design } = spec()
    valueOf(await engine.startSweep({ request, axes, design }))
    const result = await walked(spec(), engine)
    await done
    const status = (await engine.sweepStatus())!
    expect(status.done).toBe(20)
    // The sweep's runs are over the whole range: other trials than those of the trainings.
    const tried = result.folds.reduce((sum, fold) => sum + fold.tried, 0)
    expect(await trialsOf(engine)).toBe(tried + 1 + status.done - status.impossible)
  })
})

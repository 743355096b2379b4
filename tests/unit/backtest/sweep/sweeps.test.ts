import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../../workers/backtest/engine.ts'
import type { Engine, EngineParts } from '../../../../workers/backtest/engine.ts'
import type { Outcome, SweepSpec, SweepState, SweepStatus } from '../../../../workers/backtest/api.ts'
import { openTrialStore } from '../../../../workers/backtest/keep/indexedDbStore.ts'
import { readFamilyText } from '../../../../workers/backtest/keep/familyText.ts'
import { noTrialStore } from '../../../../workers/backtest/keep/trialStore.ts'
import { inlineSweepWorker } from '../../../../workers/backtest/sweep/inlineWorker.ts'
import type { PoolWorker } from '../../../../workers/backtest/sweep/pool.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'

const panel = benchPanel(4, 300, 9)
const info = systemInfos.find(({ id }) => id === 'options')!
const numbers = (from: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, i) => from + step * i)

const spec = (change: Partial<SweepSpec> = {}): SweepSpec => ({
  request: {
    system: 'options',
    params: defaultParams(info, 'recommended'),
    from: null,
    to: null,
    outOfSampleFrom: panel.dates[180],
    benchmark: 'QQQ',
    seed: 1,
  },
  axes: [
    { param: 'averageFast', values: numbers(3, 12) },
    { param: 'averageSlow', values: numbers(10, 12) },
    { param: 'stop', values: [0.04, 0.08] },
  ],
  design: { kind: 'grid' },
  ...change,
})

function engineWith(parts: Partial<EngineParts> = {}): Engine {
  const engine = createEngine({
    store: noTrialStore,
    createSweepWorker: inlineSweepWorker,
    sweepWorkers: 2,
    ...parts,
  })
  engine.load({ panelId: 'test', panel, simulated: true, signals: null })
  return engine
}

/** Every status the engine tells of, and a promise of the first that fits. */
function watching(engine: Engine): { until(fits: (status: SweepStatus) => boolean): Promise<SweepStatus> } {
  const waiting: { fits: (status: SweepStatus) => boolean; resolve: (status: SweepStatus) => void }[] = []
  void engine.watch({
    sweep(status) {
      for (const one of waiting) if (one.fits(status)) one.resolve(status)
    },
    walk: () => undefined,
  })
  return { until: (fits) => new Promise((resolve) => waiting.push({ fits, resolve })) }
}

const is = (state: SweepState) => (status: SweepStatus) => status.state === state

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

async function finished(engine: Engine, of: SweepSpec): Promise<SweepStatus> {
  const done = watching(engine).until(is('done'))
  valueOf(await engine.startSweep(of))
  return done
}

const trialsOf = async (engine: Engine) => readFamilyText(await engine.familyText(null))!.trials

describe('a sweep', () => {
  it('computes every possible combination once, and charges for each', async () => {
    const engine = engineWith()
    const status = await finished(engine, spec())
    expect(status.total).toBe(288)
    expect(status.done).toBe(288)
    // Fast averages of 10 to 14 days are not below every slow one.
    expect(status.impossible).toBe(2 * (1 + 2 + 3 + 4 + 5))
    expect(await trialsOf(engine)).toBe(288 - status.impossible)
    expect(status.seriesKept).toBe(288 - status.impossible)
  })

  it('says of a cell what the report of that cell says, and the report costs no further trial', async () => {
    const engine = engineWith()
    await finished(engine, spec())
    const { best } = valueOf(await engine.sweepSummary('sharpe', 'inSample'))
    const before = await trialsOf(engine)
    const request = { ...spec().request, params: { ...spec().request.params, ...best[0].params } }
    const report = valueOf(await engine.run(request))
    const evidence = valueOf(await engine.evidence(request))
    const sharpe = report.metrics.find(({ id }) => id === 'sharpe')!
    expect(best[0].metrics.inSample!.sharpe).toBeCloseTo(sharpe.inSample, 5)
    expect(best[0].metrics.outOfSample!.sharpe).toBeCloseTo(sharpe.outOfSample, 5)
    expect(evidence.trials).toBe(before)
  })

  it('raises the bar for the best of it', async () => {
    const alone = engineWith()
    const searched = engineWith()
    await finished(searched, spec())
    const { best } = valueOf(await searched.sweepSummary('sharpe', 'inSample'))
    const request = { ...spec().request, params: { ...spec().request.params, ...best[0].params } }
    const { pValue } = valueOf(await alone.evidence(request))
    expect(valueOf(await searched.evidence(request)).pValue).toBeGreaterThan(pValue)
  })

  it('is drawn as a map whose cells are the best, or the median, of what lies behind them', async () => {
    const engine = engineWith()
    await finished(engine, spec())
    const query = { x: 'averageFast', y: 'averageSlow', metric: 'totalReturn', part: 'inSample' } as const
    const best = valueOf(await engine.sweepMap({ ...query, show: 'best' }))
    const median = valueOf(await engine.sweepMap({ ...query, show: 'median' }))
    expect(best.x).toEqual(numbers(3, 12))
    expect(best.y).toEqual(numbers(10, 12))
    for (let cell = 0; cell < best.values.length; cell++) {
      const [fast, slow] = [best.x[cell % 12], best.y[Math.floor(cell / 12)]]
      if (fast >= slow) {
        expect(best.values[cell]).toBeNaN()
        expect(best.counts[cell]).toBe(0)
        continue
      }
      expect(best.counts[cell]).toBe(2)
      const found = valueOf(await engine.sweepCell(best.best[cell], 'totalReturn', 'inSample'))
      expect([found.params.averageFast, found.params.averageSlow]).toEqual([fast, slow])
      expect(found.metrics.inSample!.totalReturn).toBe(best.values[cell])
      expect(median.values[cell]).toBeLessThanOrEqual(best.values[cell])
    }
  })

  it('knows a plateau from a lonely peak', async () => {
    const engine = engineWith()
    await finished(engine, spec())
    const { best, robust, median } = valueOf(await engine.sweepSummary('sharpe', 'inSample'))
    for (const cell of [...best, ...robust]) {
      const lead = cell.metrics.inSample!.sharpe - median
      const wanted = Math.min(1, Math.max(0, (cell.neighbours.median - median) / lead))
      expect(cell.plateau).toBeCloseTo(wanted, 6)
      expect(cell.neighbours.worst).toBeLessThanOrEqual(cell.neighbours.median)
    }
    const medians = robust.map((cell) => cell.neighbours.median)
    expect(medians).toEqual([...medians].sort((a, b) => b - a))
    expect(Math.max(...best.map((cell) => cell.neighbours.median))).toBeLessThanOrEqual(medians[0])
  })

  it('of a Latin hypercube runs as many as were asked for, and knows what lies near', async () => {
    const engine = engineWith()
    const status = await finished(engine, spec({ design: { kind: 'latin', count: 100, seed: 2 } }))
    expect(status.done).toBe(100)
    const { best } = valueOf(await engine.sweepSummary('sharpe', 'inSample'))
    expect(best[0].neighbours.count).toBe(8)
    const map = valueOf(
      await engine.sweepMap({
        x: 'averageFast',
        y: 'averageSlow',
        metric: 'sharpe',
        part: 'inSample',
        show: 'best',
      }),
    )
    expect(map.counts.reduce((sum, count) => sum + count, 0)).toBe(100 - status.impossible)
  })

  it('tells how likely its best is overfitted, once it has ended', async () => {
    const engine = engineWith()
    await finished(engine, spec())
    const { pbo, pboStrategies } = valueOf(await engine.sweepSummary('sharpe', 'inSample'))
    expect(pboStrategies).toBeGreaterThan(200)
    expect(pbo).toBeGreaterThanOrEqual(0)
    expect(pbo).toBeLessThanOrEqual(1)
  })

  it('that cannot be run says why', async () => {
    const engine = engineWith()
    const outcome = await engine.startSweep(spec({ axes: [{ param: 'averageFast', values: [0] }] }))
    expect(outcome).toMatchObject({ ok: false, message: expect.stringMatching(/cannot be 0/) as string })
    const empty = createEngine()
    expect(await empty.startSweep(spec())).toMatchObject({
      ok: false,
      message: expect.stringMatching(/no prices/) as string,
    })
  })
})

describe('a sweep that does not run through', () => {
  it('pauses and goes on', async () => {
    const engine = engineWith()
    const watch = watching(engine)
    valueOf(await engine.startSweep(spec()))
    await engine.pauseSweep()
    const paused = await watch.until(is('paused'))
    expect(paused.done).toBeLessThan(paused.total)
    const done = watch.until(is('done'))
    await engine.continueSweep()
    expect((await done).done).toBe(288)
  })

  it('frees its workers at once when it is cancelled, and is not offered again', async () => {
    let alive = 0
    const counted = (): PoolWorker => {
      alive++
      return { ...inlineSweepWorker(), terminate: () => alive-- }
    }
    const store = await openTrialStore('cancelled')
    const engine = engineWith({ store, createSweepWorker: counted })
    valueOf(await engine.startSweep(spec()))
    expect(alive).toBe(2)
    await engine.cancelSweep()
    expect(alive).toBe(0)
    expect((await engine.sweepStatus())!.state).toBe('cancelled')
    expect(valueOf(await engineWith({ store }).storedSweeps())).toEqual([])
  })

  it('goes on after a reload where it stopped, with every trial charged once', async () => {
    const store = await openTrialStore('resumed')
    let handfuls = 0
    const pausing = (): PoolWorker => {
      const { api, ...rest } = inlineSweepWorker()
      const run: typeof api.run = async (blocks, window) => {
        if (++handfuls === 1) await before.pauseSweep()
        return api.run(blocks, window)
      }
      return { ...rest, api: { ...api, run } }
    }
    const before = engineWith({ store, createSweepWorker: pausing })
    const paused = watching(before).until(is('paused'))
    const { id } = valueOf(await before.startSweep(spec()))
    await paused
    await expect.poll(async () => valueOf(await engineWith({ store }).storedSweeps()).length).toBe(1)

    const after = engineWith({ store })
    const [kept] = valueOf(await after.storedSweeps())
    expect(kept).toMatchObject({ id, total: 288, samePrices: true })
    expect(kept.done).toBeGreaterThan(0)
    const done = watching(after).until(is('done'))
    expect(valueOf(await after.resumeSweep(id)).done).toBe(kept.done)
    const status = await done
    expect(await trialsOf(after)).toBe(288 - status.impossible)

    const whole = engineWith()
    await finished(whole, spec())
    const query = {
      x: 'averageFast',
      y: 'averageSlow',
      metric: 'sharpe',
      part: 'inSample',
      show: 'best',
    } as const
    expect(valueOf(await after.sweepMap(query)).values).toEqual(valueOf(await whole.sweepMap(query)).values)
    expect(readFamilyText(await after.familyText(null))!.studentised).toEqual(
      readFamilyText(await whole.familyText(null))!.studentised,
    )
  })

  it('does not go on with other prices', async () => {
    const store = await openTrialStore('other prices')
    const before = engineWith({ store })
    await finished(before, spec())
    const after = engineWith({ store })
    after.load({ panelId: 'other', panel: benchPanel(4, 300, 10), simulated: true, signals: null })
    await expect.poll(async () => valueOf(await after.storedSweeps()).length).toBe(1)
    const [kept] = valueOf(await after.storedSweeps())
    expect(kept.samePrices).toBe(false)
    expect(await after.resumeSweep(kept.id)).toMatchObject({ ok: false, code: 'other-prices' })
  })

  it('replaces a worker that dies, and does its share again', async () => {
    let born = 0
    const mortal = (): PoolWorker => {
      const worker = inlineSweepWorker()
      const fated = ++born === 1
      let die: () => void
      const died = new Promise<void>((resolve) => (die = resolve))
      let handfuls = 0
      return {
        ...worker,
        died: fated ? died : worker.died,
        api: {
          ...worker.api,
          run(blocks, window) {
            if (!fated || ++handfuls < 2) return worker.api.run(blocks, window)
            die()
            return new Promise(() => undefined)
          },
        },
      }
    }
    const engine = engineWith({ createSweepWorker: mortal })
    const status = await finished(engine, spec())
    expect(status.replaced).toBe(1)
    expect(born).toBe(3)
    expect(status.done).toBe(288)
    expect(await trialsOf(engine)).toBe(288 - status.impossible)
  })

  it('gives up with a sentence where workers die again and again', async () => {
    const stillborn = (): PoolWorker => ({ ...inlineSweepWorker(), died: Promise.resolve() })
    const engine = engineWith({ createSweepWorker: stillborn })
    const failed = watching(engine).until(is('failed'))
    valueOf(await engine.startSweep(spec()))
    expect((await failed).message).toMatch(/stop again and again/)
  })
})

describe('the family of trials', () => {
  it('is there again in the next visit, single runs and sweeps alike', async () => {
    const store = await openTrialStore('family')
    const before = engineWith({ store })
    await finished(before, spec())
    const request = { ...spec().request, params: { ...spec().request.params, target: 0.33 } }
    valueOf(await before.run(request))
    const { trials, pValue } = valueOf(await before.evidence(request))
    await expect.poll(async () => trialsOf(engineWith({ store }))).toBe(trials)
    const after = engineWith({ store })
    valueOf(await after.run(request))
    expect(valueOf(await after.evidence(request))).toMatchObject({ trials, pValue })
    await after.forgetFamily()
    expect(await trialsOf(engineWith({ store }))).toBe(0)
  })
})

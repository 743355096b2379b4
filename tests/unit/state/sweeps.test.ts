import { beforeEach, describe, expect, test, vi } from 'vitest'
import type {
  StoredSweep,
  SweepMap,
  SweepMapQuery,
  SweepSpec,
  SweepStatus,
  SweepSummary,
} from '../../../workers/backtest/api.ts'
import { defaultState, type AppState } from '../../../src/state/appState.ts'
import { runRequest } from '../../../src/state/runRequest.ts'
import { specOf } from '../../../src/state/sweepPlan.ts'
import { sameSpec, stateOf, Sweeps } from '../../../src/state/sweeps.svelte.ts'
import type { Engine } from '../../../src/state/workers.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
const panel = { panelId: 'p', symbols: ['AAA', 'QQQ'], days: 1_000, from: 18_000, to: 19_000 }
const spec = (state = defaultState()): SweepSpec =>
  specOf(state.sweep, runRequest(state, state.sweep.system, panel))

function statusOf(part: Partial<SweepStatus> = {}): SweepStatus {
  return {
    id: 's1',
    spec: spec(),
    state: 'running',
    total: 520,
    done: 0,
    impossible: 36,
    perSecond: 0,
    secondsLeft: NaN,
    workers: 2,
    shared: true,
    device: 'cpu',
    deviceNote: '',
    replaced: 0,
    seriesKept: 0,
    message: '',
    ...part,
  }
}

function storedOf(part: Partial<StoredSweep> = {}): StoredSweep {
  return { id: 'old', spec: spec(), total: 520, done: 200, savedAt: 0, samePrices: true, ...part }
}

/** A worker that keeps one sweep, and answers when asked; the test says how far it got. */
function standIn() {
  const held = { status: null as SweepStatus | null, stored: [] as StoredSweep[] }
  let tell: (status: SweepStatus | null) => void = () => undefined
  const maps: SweepMapQuery[] = []
  const summaries: string[] = []
  const moved = (part: Partial<SweepStatus>) => {
    held.status = { ...(held.status ?? statusOf()), ...part }
    tell(held.status)
    return Promise.resolve()
  }
  const backtest = {
    startSweep: vi.fn((asked: SweepSpec) => {
      held.status = statusOf({ id: `s${Math.random()}`, spec: asked })
      return ok(held.status)
    }),
    pauseSweep: vi.fn(() => moved({ state: 'paused' })),
    continueSweep: vi.fn(() => moved({ state: 'running' })),
    cancelSweep: vi.fn(() => moved({ state: 'cancelled' })),
    sweepStatus: vi.fn(() => Promise.resolve(held.status)),
    sweepMap: vi.fn((query: SweepMapQuery) => {
      maps.push(query)
      return ok({ query, values: new Float32Array([held.status?.done ?? 0]) } as unknown as SweepMap)
    }),
    sweepSummary: vi.fn((metric: string, part: string) => {
      summaries.push(`${metric} ${part}`)
      return ok({ metric, part, computed: held.status?.done } as unknown as SweepSummary)
    }),
    sweepCell: vi.fn((index: number) => ok({ index })),
    storedSweeps: vi.fn(() => ok(held.stored)),
    resumeSweep: vi.fn((id: string) => {
      held.status = statusOf({ id, done: 200 })
      return ok(held.status)
    }),
    forgetSweep: vi.fn((id: string) => {
      held.stored = held.stored.filter((sweep) => sweep.id !== id)
      return ok(null)
    }),
  }
  const engine = {
    backtest,
    onSweep: (callback: typeof tell) => (tell = callback),
  } as unknown as Engine
  return { engine, backtest, held, maps, summaries, moved, lose: () => tell(null) }
}

function setUp() {
  const fake = standIn()
  const changes: Partial<AppState>[] = []
  const host = {
    state: defaultState(),
    engine: fake.engine as Engine | null,
    change(part: Partial<AppState>) {
      changes.push(part)
      host.state = { ...host.state, ...part }
    },
    panelFor: vi.fn(() => ok(panel as never)),
    runnable: vi.fn(() => ok(panel as never)),
  }
  const waits: (() => void)[] = []
  const sweeps = new Sweeps(host, () => new Promise<void>((resume) => waits.push(resume)))
  sweeps.begin(fake.engine)
  const settle = () => new Promise<void>((done) => setTimeout(done))
  return { ...fake, host, sweeps, changes, waits, settle }
}

let page = setUp()
beforeEach(() => (page = setUp()))

describe('a sweep', () => {
  test('runs what is set up, on the parameters, period, split and benchmark of the workspace', async () => {
    page.host.state = { ...page.host.state, from: 18_100, benchmark: 'AAA' }
    await page.sweeps.start()
    expect(page.backtest.startSweep).toHaveBeenCalledWith(
      expect.objectContaining({ request: runRequest(page.host.state, 'options', panel) }),
    )
    expect(page.sweeps.status?.spec.axes.map(({ values }) => values.length)).toEqual([20, 26])
    expect(page.sweeps.alive).toBe(true)
  })

  test('that cannot be run says why in place', async () => {
    page.backtest.startSweep.mockReturnValueOnce(
      Promise.resolve({ ok: false, code: 'bad-spec', message: 'Too many.' }) as never,
    )
    await page.sweeps.start()
    expect(page.sweeps.problem).toBe('Too many.')
    expect(page.sweeps.status).toBeNull()
    expect(page.sweeps.busy).toBe(false)
  })

  test('without prices says so and asks the worker nothing', async () => {
    page.host.runnable.mockReturnValueOnce(
      Promise.resolve({ ok: false, code: 'no-prices', message: 'No prices.' }) as never,
    )
    await page.sweeps.start()
    expect(page.sweeps.problem).toBe('No prices.')
    expect(page.backtest.startSweep).not.toHaveBeenCalled()
  })

  test('whose worker dies while it starts says so', async () => {
    page.backtest.startSweep.mockRejectedValueOnce(new Error('The engine was stopped.'))
    await page.sweeps.start()
    expect(page.sweeps.problem).toBe('The engine was stopped.')
    expect(page.sweeps.busy).toBe(false)
  })

  test('is paused, gone on with and cancelled in the worker', async () => {
    await page.sweeps.start()
    await page.sweeps.pause()
    expect(page.sweeps.status?.state).toBe('paused')
    await page.sweeps.continue()
    expect(page.sweeps.status?.state).toBe('running')
    await page.sweeps.cancel()
    expect(page.sweeps.alive).toBe(false)
  })

  test('tells the speed of the next one', async () => {
    await page.moved({ done: 100, perSecond: 80 })
    await page.moved({ done: 520, perSecond: 0, state: 'done' })
    expect(page.sweeps.speed).toBe(80)
  })
})

describe('the map', () => {
  test('is asked for again only after a pause while the sweep runs, and then once for all that happened', async () => {
    await page.moved({ done: 10 })
    await page.settle()
    for (const done of [20, 30, 40]) await page.moved({ done })
    await page.settle()
    expect(page.maps).toHaveLength(1)
    page.waits.shift()?.()
    await page.settle()
    expect(page.maps).toHaveLength(2)
    expect(page.sweeps.map?.values[0]).toBe(40)
  })

  test('is not asked for while nothing moves', async () => {
    await page.moved({ done: 10 })
    await page.settle()
    page.waits.shift()?.()
    await page.moved({ perSecond: 5 })
    await page.settle()
    expect(page.maps).toHaveLength(1)
  })

  test('and the summary are drawn once more at the end', async () => {
    await page.moved({ done: 10 })
    await page.settle()
    await page.moved({ done: 520, state: 'done' })
    page.waits.shift()?.()
    await page.settle()
    expect(page.sweeps.map?.values[0]).toBe(520)
    expect(page.sweeps.summary?.computed).toBe(520)
  })

  test('begins in sample, and shows out of sample only when asked for', async () => {
    await page.moved({ done: 520, state: 'done' })
    await page.settle()
    expect(page.sweeps.parts).toEqual(['inSample', 'outOfSample'])
    page.sweeps.part = 'outOfSample'
    await page.sweeps.refresh()
    expect(page.maps.map(({ part }) => part)).toEqual(['inSample', 'outOfSample'])
    await page.moved({ id: 's2', done: 1 })
    expect(page.sweeps.shownPart).toBe('inSample')
  })

  test('has one part where nothing is kept out of sample', async () => {
    const request = { ...spec().request, outOfSampleFrom: null }
    await page.moved({ done: 520, state: 'done', spec: { ...spec(), request } })
    await page.settle()
    expect(page.maps[0].part).toBe('all')
  })

  test('of one sweep is never shown with the status of the next', async () => {
    await page.moved({ done: 520, state: 'done' })
    await page.settle()
    await page.sweeps.start()
    expect(page.sweeps.map).toBeNull()
    expect(page.sweeps.summary).toBeNull()
  })
})

describe('after a reload', () => {
  test('what was interrupted is offered, and goes on', async () => {
    page.held.stored = [storedOf()]
    await page.sweeps.look()
    expect(page.sweeps.stored.map(({ id }) => id)).toEqual(['old'])
    await page.sweeps.goOn(page.sweeps.stored[0])
    expect(page.sweeps.status).toMatchObject({ id: 'old', done: 200, state: 'running' })
    expect(page.sweeps.stored).toEqual([])
  })

  test('is asked whether its prices are in use only with the panel of its own system there', async () => {
    page.held.stored = [storedOf({ spec: { ...spec(), request: { ...spec().request, system: 'custom' } } })]
    await page.sweeps.look()
    expect(page.host.panelFor).toHaveBeenCalledWith('custom')
  })

  test('it can be forgotten', async () => {
    page.held.stored = [storedOf()]
    await page.sweeps.look()
    await page.sweeps.forget('old')
    expect(page.sweeps.stored).toEqual([])
    expect(page.held.stored).toEqual([])
  })

  test('a sweep that the worker holds is shown and not offered', async () => {
    page.held.status = statusOf({ id: 'old', done: 300 })
    page.held.stored = [storedOf()]
    await page.sweeps.look()
    expect(page.sweeps.status?.done).toBe(300)
    expect(page.sweeps.stored).toEqual([])
  })
})

describe('a worker that is replaced', () => {
  test('takes its sweep with it, which is said, and what was stored is offered', async () => {
    await page.sweeps.start()
    page.held.status = null
    page.held.stored = [storedOf()]
    page.lose()
    await page.settle()
    expect(page.sweeps.status).toBeNull()
    expect(page.sweeps.problem).toContain('restarted')
    expect(page.sweeps.stored).toHaveLength(1)
  })
})

describe('opening a combination', () => {
  test('shows its report with every other setting of the sweep, and keeps “auto” where it means the same', async () => {
    await page.sweeps.start()
    await page.sweeps.open({ averageFast: 20, averageSlow: 150 })
    const [change] = page.changes
    expect(change).toMatchObject({ view: 'options', split: 'auto', benchmark: 'auto', from: null, to: null })
    expect(change.params?.options).toEqual({
      ...defaultState().params.options,
      averageFast: 20,
      averageSlow: 150,
    })
  })

  test('goes back to the period and split that the sweep was run on', () => {
    const before = { ...defaultState(), from: 18_200 }
    const now = { ...defaultState(), benchmark: null, split: null, seed: 9 }
    const opened = { ...now, ...stateOf(now, spec(before), { averageFast: 20 }, panel) }
    expect(runRequest(opened, 'options', panel)).toEqual({
      ...spec(before).request,
      params: { ...spec(before).request.params, averageFast: 20 },
    })
  })
})

describe('the sweep that is set up', () => {
  test('is the one on screen until anything that changes a number is changed', () => {
    const state = defaultState()
    expect(sameSpec(spec(state), spec(state))).toBe(true)
    expect(sameSpec(spec(state), spec({ ...state, sweep: { ...state.sweep, metric: 'alpha' } }))).toBe(true)
    expect(sameSpec(spec(state), spec({ ...state, seed: 2 }))).toBe(false)
    const axes = [{ param: 'averageFast', from: 5, to: 90, step: 5 }, state.sweep.axes[1]]
    expect(sameSpec(spec(state), spec({ ...state, sweep: { ...state.sweep, axes } }))).toBe(false)
  })
})

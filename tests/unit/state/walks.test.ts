import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultState, type AppState } from '../../../src/state/appState.ts'
import { Walks } from '../../../src/state/walks.svelte.ts'
import { EngineStopped, type Engine } from '../../../src/state/workers.ts'
import type { Outcome, WalkResult, WalkSpec, WalkStatus } from '../../../workers/backtest/api.ts'
import type { PanelSummary } from '../../../workers/data/api.ts'

const panel: PanelSummary = {
  panelId: 'p',
  symbols: ['AAA', 'QQQ'],
  days: 1_000,
  from: 18_000,
  to: 19_000,
  ended: [],
  simulated: true,
}
const running: WalkStatus = { state: 'running', fold: 1, folds: 6, done: 0, total: 150, message: '' }

/** A worker whose walk-forwards end when the test says so. */
function standIn() {
  const asked: {
    spec: WalkSpec
    end: (outcome: Outcome<WalkResult>) => void
    fail: (cause: Error) => void
  }[] = []
  let tell: (status: WalkStatus | null) => void = () => undefined
  const backtest = {
    walkForward: vi.fn(
      (spec: WalkSpec) =>
        new Promise<Outcome<WalkResult>>((end, fail) => {
          asked.push({ spec, end, fail })
        }),
    ),
    cancelWalk: vi.fn(() => Promise.resolve()),
  }
  const engine = { backtest, onWalk: (hear: typeof tell) => (tell = hear) } as unknown as Engine
  return { engine, backtest, asked, tell: (status: WalkStatus | null) => tell(status) }
}

const done = (spec: WalkSpec) => ({ ok: true as const, value: { spec } as WalkResult })

describe('the walk-forward of a tab', () => {
  let worker: ReturnType<typeof standIn>
  let state: AppState
  let walks: Walks

  beforeEach(() => {
    worker = standIn()
    state = defaultState()
    walks = new Walks({
      get state() {
        return state
      },
      engine: worker.engine,
      simulated: true,
      runnable: () => Promise.resolve({ ok: true, value: panel }),
    })
    walks.begin(worker.engine)
  })

  /** Starts, and waits until the worker has been asked. */
  async function started(): Promise<{ over: Promise<void> }> {
    const before = worker.asked.length
    const over = walks.start()
    await vi.waitFor(() => expect(worker.asked.length).toBe(before + 1))
    return { over }
  }

  test('is shown once every fold has been computed, and stays while the next one runs', async () => {
    const { over } = await started()
    worker.tell(running)
    expect(walks.running).toBe(true)
    expect(walks.status).toEqual(running)
    worker.asked[0].end(done(worker.asked[0].spec))
    await over
    expect(walks.running).toBe(false)
    const first = walks.walked
    expect(first?.result.spec.train).toBe(504)
    await started()
    expect(walks.walked).toBe(first)
  })

  test('asks for what the settings say, with the benchmark of the workspace and no split', async () => {
    state = { ...state, walk: { ...state.walk, anchored: true, embargo: 3 } }
    await started()
    const { spec } = worker.asked[0]
    expect(spec).toMatchObject({
      anchored: true,
      embargo: 3,
      request: { benchmark: 'QQQ', outOfSampleFrom: null },
    })
  })

  test('that is cancelled at once says so, and what comes late is not shown', async () => {
    const { over } = await started()
    worker.tell(running)
    await walks.cancel()
    expect(worker.backtest.cancelWalk).toHaveBeenCalledOnce()
    expect(walks.running).toBe(false)
    expect(walks.status?.state).toBe('cancelled')
    worker.asked[0].end(done(worker.asked[0].spec))
    await over
    expect(walks.walked).toBeNull()
    expect(walks.problem).toBe('')
  })

  test('that cannot be run says why', async () => {
    const { over } = await started()
    worker.asked[0].end({ ok: false, code: 'cannot-walk', message: 'Too short.' })
    await over
    expect(walks.problem).toBe('Too short.')
    expect(walks.running).toBe(false)
  })

  test('stops with a sentence when its worker is replaced', async () => {
    const { over } = await started()
    worker.tell(running)
    worker.tell(null)
    worker.asked[0].fail(new EngineStopped())
    await over
    expect(walks.running).toBe(false)
    expect(walks.problem).toMatch(/The worker was restarted/)
  })

  test('stops with a sentence when the engine stops', async () => {
    const { over } = await started()
    worker.asked[0].fail(new EngineStopped())
    await over
    expect(walks.problem).toMatch(/The engine stopped/)
  })

  test('that is run anew leaves the earlier one behind', async () => {
    const first = await started()
    const second = await started()
    worker.asked[0].end({ ok: false, code: 'superseded', message: '' })
    await first.over
    expect(walks.running).toBe(true)
    worker.asked[1].end(done(worker.asked[1].spec))
    await second.over
    expect(walks.running).toBe(false)
    expect(walks.walked).not.toBeNull()
  })
})

import { expect, test, vi } from 'vitest'
import { defaultState } from '../../../src/state/appState.ts'
import { Replay } from '../../../src/state/replay.svelte.ts'
import type { Engine } from '../../../src/state/workers.ts'
import type { Outcome, ReplayState } from '../../../workers/backtest/api.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })

/** A worker that replays so many days. */
function setUp(days = 5) {
  let at = -1
  const backtest = {
    startReplay: vi.fn<(...of: unknown[]) => Promise<Outcome<{ days: number }>>>(() => {
      at = -1
      return ok({ days })
    }),
    replayOn: vi.fn((by: number) => {
      at = Math.min(days - 1, at + by)
      return ok({ at, days } as ReplayState)
    }),
  }
  const market = {
    panelId: 'p1',
    symbols: ['AAA', 'QQQ'],
    from: 0,
    to: 1000,
    untouchedFrom: null as number | null,
  }
  const host = {
    state: defaultState(),
    engine: { backtest } as unknown as Engine,
    panel: null,
    datasets: [],
    missing: [],
    live: { onCollected: () => undefined },
    runnable: vi.fn((): Promise<Outcome<typeof market>> => ok({ ...market })),
    cancelRun: () => Promise.resolve(),
  }
  const replay = new Replay(host, (task) => task())
  return { backtest, host, market, replay }
}
const over = (replay: Replay) => vi.waitFor(() => expect(replay.playing).toBe(false))

test('without a choice the last year is replayed, and of that what no model has seen', async () => {
  const { replay, market } = setUp()
  await replay.prepare()
  expect(replay.range).toMatchObject({ from: 635, to: 1000 })
  market.untouchedFrom = 900
  replay.choose({ system: 'jet' })
  await replay.prepare()
  expect(replay.range).toMatchObject({ from: 900, to: 1000 })
})

test('days chosen are the days replayed', async () => {
  const { backtest, replay } = setUp()
  await replay.prepare()
  replay.choose({ from: 700 })
  replay.choose({ to: 750 })
  await replay.step()
  expect(backtest.startReplay).toHaveBeenCalledWith(
    expect.objectContaining({ system: 'options', to: 750 }),
    700,
    750,
  )
})

test('as fast as it goes it plays to the end; a step goes on by a day and begins where nothing had', async () => {
  const { backtest, replay } = setUp()
  await replay.step()
  expect(replay.state?.at).toBe(0)
  replay.speed = Infinity
  replay.play()
  await over(replay)
  expect(replay.state?.at).toBe(4)
  expect(replay.over).toBe(true)
  expect(backtest.startReplay).toHaveBeenCalledOnce()
})

test('a pause ends it at the day it stands at', async () => {
  const { replay } = setUp(1000)
  replay.speed = 1
  replay.play()
  await vi.waitFor(() => expect(replay.state?.at).toBe(0))
  replay.pause()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(replay.state?.at).toBe(0)
  expect(replay.playing).toBe(false)
})

test('other data, or other settings, and it begins anew and says so', async () => {
  const { backtest, host, market, replay } = setUp()
  await replay.step(3)
  market.panelId = 'p2'
  await replay.step()
  expect([replay.state?.at, replay.note]).toEqual([0, expect.stringContaining('begun anew')])
  host.state = { ...host.state, seed: 7 }
  await replay.step()
  expect(replay.state?.at).toBe(0)
  expect(backtest.startReplay).toHaveBeenCalledTimes(3)
})

test('what cannot be replayed is said, and a later try begins anew', async () => {
  const { backtest, host, replay } = setUp()
  host.runnable.mockResolvedValueOnce({ ok: false, code: 'no-flights', message: 'There are no flights.' })
  replay.play()
  await over(replay)
  expect(replay.problem).toBe('There are no flights.')
  await replay.step()
  expect([replay.problem, replay.state?.at]).toEqual(['', 0])
  expect(backtest.startReplay).toHaveBeenCalledOnce()
})

test('an answer for a replay that was given up is not shown', async () => {
  const { backtest, replay } = setUp()
  let answer: (state: Outcome<ReplayState>) => void = () => undefined
  backtest.replayOn.mockReturnValueOnce(new Promise((resolve) => (answer = resolve as typeof answer)))
  const step = replay.step()
  await vi.waitFor(() => expect(backtest.replayOn).toHaveBeenCalled())
  replay.forget()
  answer({ ok: true, value: { at: 3 } as ReplayState })
  expect(await step).toBe(false)
  expect(replay.state).toBeNull()
})

test('a replay that is given up while it begins leaves nothing to go on from', async () => {
  const { backtest, replay } = setUp()
  let begin: (started: Outcome<{ days: number }>) => void = () => undefined
  backtest.startReplay.mockReturnValueOnce(new Promise((resolve) => (begin = resolve as typeof begin)))
  const step = replay.step()
  await vi.waitFor(() => expect(backtest.startReplay).toHaveBeenCalled())
  replay.forget()
  begin({ ok: true, value: { days: 5 } })
  expect(await step).toBe(false)
  expect(replay.days).toBe(0)
  expect(backtest.replayOn).not.toHaveBeenCalled()
})

test('a system that cannot be replayed is no hindrance to one chosen after it', async () => {
  const { host, replay } = setUp()
  let answer: (market: never) => void = () => undefined
  host.runnable.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  replay.choose({ system: 'jet' })
  const first = replay.prepare()
  replay.choose({ system: 'options' })
  await replay.prepare()
  answer({ ok: false, code: 'no-flights', message: 'There are no flights.' } as never)
  await first
  expect([replay.problem, replay.starting, replay.range?.to]).toEqual(['', false, 1000])
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultState } from '../../../src/state/appState.ts'
import { Paper } from '../../../src/state/paper.svelte.ts'
import type { Market } from '../../../src/state/runRequest.ts'
import type { Engine } from '../../../src/state/workers.ts'
import type {
  Decision,
  LiveSignals,
  Outcome,
  PaperBook,
  RunRequest,
  TakenBy,
} from '../../../workers/backtest/api.ts'
import type { DatasetSummary } from '../../../workers/data/api.ts'
import type { CollectedTable } from '../../../workers/live/api.ts'
import type { SystemId } from '../../../workers/systems/api.ts'
import { decision } from './decision.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
/** A Friday, after the close. */
const friday = Date.parse('2026-11-27T21:30:00Z')
const fridayDay = Math.floor(friday / 864e5)

/** A tab whose worker decides what `decided` says, and keeps books. */
function setUp(decided: Record<string, Decision[]> = {}) {
  const books = new Map<SystemId, PaperBook>()
  const backtest = {
    liveSignals: vi.fn(({ system }: RunRequest) =>
      ok<LiveSignals>({
        system,
        day: 100,
        decided: decided[system] ?? [],
        provisional: null,
        simulated: false,
        milliseconds: 5,
      }),
    ),
    papers: vi.fn(() => ok([...books.values()])),
    openPaper: vi.fn((request: RunRequest, from: number, takeFrom: number | null) => {
      const { system } = request
      books.set(system, { system, request, from, taken: [], ...books.get(system), takeFrom })
      return ok(books.get(system)!)
    }),
    closePaper: vi.fn((system: SystemId) => {
      books.delete(system)
      return ok(null)
    }),
    takeDecisions: vi.fn((system: SystemId, taken: Decision[], by: TakenBy) => {
      const book = books.get(system)!
      const added = taken.map((one) => ({ ...one, by, takenAt: friday, late: false }))
      books.set(system, { ...book, taken: [...book.taken, ...added] })
      return ok(books.get(system)!)
    }),
    untake: vi.fn(({ system, symbol }: Decision) => {
      const book = books.get(system)!
      books.set(system, { ...book, taken: book.taken.filter((one) => one.symbol !== symbol) })
      return ok(books.get(system)!)
    }),
    paperView: vi.fn((system: SystemId) => ok({ system })),
  }
  let hear: (tables: CollectedTable[]) => void = () => undefined
  const host = {
    state: defaultState(),
    engine: { backtest } as unknown as Engine | null,
    panel: null,
    datasets: [] as DatasetSummary[],
    missing: [] as unknown[],
    live: { onCollected: (callback: typeof hear) => void (hear = callback) },
    runnable: vi.fn<(...of: unknown[]) => Promise<Outcome<Market & { panelId: string }>>>(() =>
      ok({ panelId: 'p1', symbols: ['AAA', 'QQQ'], from: 0, to: 100 }),
    ),
    cancelRun: vi.fn(() => Promise.resolve()),
  }
  const paper = new Paper(host, () => friday)
  return { backtest, host, paper, books, collect: (...tables: CollectedTable[]) => hear(tables) }
}

const looked = ({ backtest }: ReturnType<typeof setUp>) =>
  backtest.liveSignals.mock.calls.map(([{ system }]) => system)

beforeEach(() => {
  const kept = new Map<string, string>()
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  vi.stubGlobal('window', { localStorage })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a look asks for the newest day under the settings of the view, and lists what was decided', async () => {
  const tab = setUp({ jet: [decision('AAA')] })
  tab.host.state = { ...tab.host.state, to: 50, params: { ...tab.host.state.params, jet: { model: 'hrm' } } }
  await tab.paper.look(['jet'])
  expect(tab.backtest.liveSignals).toHaveBeenCalledWith(
    expect.objectContaining({ system: 'jet', to: null, params: { model: 'hrm' }, benchmark: 'QQQ' }),
  )
  expect(tab.paper.feed.map((item) => item.decision.symbol)).toEqual(['AAA'])
  expect(tab.paper.looks.jet).toMatchObject({ phase: 'done', day: 100, decided: 1, at: friday })
  expect(tab.paper.said).toBe('Jet, 1 new signal: AAA ▲ long 0.50')
})

test('the day that has begun is part of the data only where rows of it can have come in', async () => {
  const tab = setUp()
  await tab.paper.look(['jet'])
  tab.host.datasets = [{ collected: true } as DatasetSummary]
  await tab.paper.look(['jet'])
  expect(tab.host.runnable.mock.calls.map((call) => call[3])).toEqual([null, fridayDay])
})

test('of what is collected only the systems that are watched and read it are looked at, once a burst', async () => {
  vi.useFakeTimers()
  const tab = setUp()
  tab.paper.watch('jet', true)
  tab.paper.watch('options', true)
  tab.collect('flights')
  tab.collect('flights')
  tab.collect('tickets')
  await vi.advanceTimersByTimeAsync(5000)
  expect(looked(tab)).toEqual(['jet'])
  tab.collect('prices')
  await vi.advanceTimersByTimeAsync(5000)
  expect(looked(tab)).toEqual(['jet', 'jet', 'options'])
})

test('what is watched and what was seen is remembered by the browser', async () => {
  const tab = setUp({ jet: [decision('AAA')] })
  tab.paper.watch('tickets', true)
  await tab.paper.look(['jet'])
  const later = setUp({ jet: [decision('AAA')] })
  expect(later.paper.watched).toEqual(['tickets'])
  expect(later.paper.feed).toEqual(tab.paper.feed)
  await later.paper.look(['jet'])
  expect(later.paper.said).toBe('')
})

test('a browser that shows notifications shows new signals once, where it was allowed to', async () => {
  const shown: string[] = []
  class Shown {
    static permission = 'default'
    static requestPermission = () => Promise.resolve((Shown.permission = 'granted'))
    constructor(title: string) {
      shown.push(title)
    }
  }
  vi.stubGlobal('Notification', Shown)
  const tab = setUp({ jet: [decision('AAA')], tickets: [decision('BBB', { system: 'tickets' })] })
  await tab.paper.look(['jet'])
  expect(shown).toEqual([])
  await tab.paper.askPermission()
  await tab.paper.look(['jet', 'tickets'])
  expect(shown).toEqual(['Tickets, 1 new signal'])
})

test('a failed look says why and leaves the others to be looked at', async () => {
  const tab = setUp({ options: [decision('AAA', { system: 'options' })] })
  tab.host.runnable.mockResolvedValueOnce({
    ok: false,
    code: 'no-flights',
    message: 'There are no flights.',
  })
  await tab.paper.look(['jet', 'options'])
  expect(tab.paper.looks.jet).toMatchObject({ phase: 'failed', problem: 'There are no flights.' })
  expect(tab.paper.looks.options).toMatchObject({ phase: 'done', decided: 1 })
})

test('looks that are stopped leave no signals, and nothing waits any more', async () => {
  const tab = setUp({ jet: [decision('AAA')], tickets: [decision('BBB')] })
  const looking = tab.paper.look(['jet', 'tickets'])
  expect(tab.paper.looking).toBe('jet')
  await tab.paper.stop()
  await looking
  expect(tab.host.cancelRun).toHaveBeenCalledOnce()
  expect(tab.paper.feed).toEqual([])
  expect(looked(tab)).toEqual([])
  expect(tab.paper.looking).toBeNull()
})

test('by rule every signal at or above the conviction is taken, and every close, and none from before the book', async () => {
  const tab = setUp({
    jet: [
      decision('LOW', { conviction: 0.49 }),
      decision('AAA', { conviction: 0.5 }),
      decision('OUT', { direction: 0, conviction: 0 }),
      decision('OLD', { conviction: 0.9, day: 99 }),
    ],
  })
  await tab.paper.openBook('jet', 0.5)
  expect(tab.backtest.openPaper).toHaveBeenCalledWith(expect.objectContaining({ to: null }), 100, 0.5)
  await tab.paper.look(['jet'])
  await tab.paper.look(['jet'])
  expect(tab.backtest.takeDecisions).toHaveBeenCalledOnce()
  expect(tab.books.get('jet')!.taken.map(({ symbol, by }) => `${symbol} ${by}`)).toEqual([
    'AAA rule',
    'OUT rule',
  ])
})

test('by hand nothing is taken on its own; what was taken can be taken back, and the rule changed', async () => {
  const tab = setUp({ jet: [decision('AAA')] })
  await tab.paper.openBook('jet', null)
  await tab.paper.look(['jet'])
  expect(tab.backtest.takeDecisions).not.toHaveBeenCalled()
  const [{ decision: shown }] = tab.paper.feed
  await tab.paper.take('jet', [shown], 'hand')
  expect(tab.paper.takenOf(shown)).toMatchObject({ symbol: 'AAA', by: 'hand' })
  expect(tab.paper.takenOf({ ...shown, reason: 'another' })).toBeNull()
  await tab.paper.untake(shown)
  expect(tab.paper.takenOf(shown)).toBeNull()
  await tab.paper.changeRule('jet', 0)
  expect(tab.paper.bookOf('jet')).toMatchObject({ takeFrom: 0, from: 100 })
  await tab.paper.closeBook('jet')
  expect([tab.paper.bookOf('jet'), tab.paper.views.jet]).toEqual([null, undefined])
})

test('a book is valued under the settings it was opened with', async () => {
  const tab = setUp()
  tab.host.state = { ...tab.host.state, params: { ...tab.host.state.params, jet: { model: 'hrm' } } }
  await tab.paper.openBook('jet', null)
  tab.host.state = { ...tab.host.state, params: { ...tab.host.state.params, jet: { model: 'logit' } } }
  await tab.paper.readViews()
  const [, state, models] = tab.host.runnable.mock.calls.at(-1)!
  expect(models).toEqual(['hrm'])
  expect(state).toMatchObject({ params: { jet: { model: 'hrm' } } })
})

test('when everything is forgotten no book, no signal and nothing watched is left', async () => {
  const tab = setUp({ jet: [decision('AAA')] })
  tab.paper.watch('jet', true)
  await tab.paper.openBook('jet', 0)
  await tab.paper.look(['jet'])
  await tab.paper.forget()
  expect([tab.books.size, tab.paper.books, tab.paper.feed, tab.paper.watched]).toEqual([0, [], [], []])
  const later = setUp()
  expect([later.paper.feed, later.paper.watched]).toEqual([[], []])
})

import { beforeEach, expect, test, vi } from 'vitest'
import { Live, type LiveHost } from '../../../src/state/live.svelte.ts'
import type { LiveWorker } from '../../../src/state/liveWorker.ts'
import type {
  CollectedSummary,
  CollectedTable,
  Feed,
  FeedStatus,
  LiveNews,
  LiveStatus,
} from '../../../workers/live/api.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
const feed = (on: boolean): Feed => ({
  id: 'f1',
  source: 'readsb',
  name: 'My receiver',
  settings: {},
  on,
  origins: ['http://localhost:8080'],
  viaRelay: false,
})
const feedStatus = (part: Partial<FeedStatus>): FeedStatus => ({
  id: 'f1',
  phase: 'waiting',
  sentence: '',
  lastSuccess: null,
  nextPoll: null,
  spent: null,
  requests: 0,
  rows: 0,
  refused: 0,
  firstRefusal: '',
  failures: 0,
  ...part,
})
const liveStatus = (feeds: FeedStatus[]): LiveStatus => ({
  feeds,
  airborne: 0,
  options: { pauseHidden: false, relay: '', keepSecrets: false },
  storage: { kind: 'on', sentence: '', used: 0, quota: 0, waiting: 0 },
  elsewhere: false,
})
const summary = (table: CollectedTable, rows: number, version: number): CollectedSummary => ({
  table,
  rows,
  from: 0,
  to: 0,
  newestSeen: 0,
  version,
})

/** A poller without sources, which says what the test has it say, and a data worker that notes what it is given. */
function standIn() {
  const held = { feeds: [] as Feed[], collected: [] as CollectedSummary[], starts: 0 }
  let tell: (news: LiveNews) => void = () => undefined
  let die: (why: string) => void = () => undefined
  const turnOn = vi.fn(() => ok(null))
  const file = vi.fn((table: CollectedTable) => ok(new File(['seen_at'], `${table}.csv`)))
  const api = {
    start: () => ok(null),
    status: () => ok(liveStatus(held.feeds.map(({ on }) => feedStatus({ phase: on ? 'waiting' : 'off' })))),
    feeds: () => ok(held.feeds),
    collected: () => ok(held.collected),
    save: () => ok(held.feeds[0]),
    forget: () => {
      held.collected = []
      return ok(null)
    },
    visible: () => Promise.resolve(),
    turnOn,
    file,
  } as unknown as LiveWorker['api']
  const took = vi.fn((files: { table: string; file: File | null }[]) => {
    void files
    return ok([])
  })
  const host: LiveHost = {
    phase: 'ready',
    engine: { data: { takeCollected: took } },
    reloadDatasets: vi.fn(() => Promise.resolve()),
  }
  const live = new Live(host, (hear) => {
    held.starts++
    tell = hear
    const died = new Promise<string>((resolve) => (die = resolve))
    return Promise.resolve({ worker: { api, died, stop: () => undefined }, listener: hear })
  })
  return {
    live,
    held,
    took,
    turnOn,
    file,
    tell: (news: LiveNews) => tell(news),
    die: (why: string) => die(why),
  }
}

const stored = new Map<string, string>()
beforeEach(() => {
  vi.useFakeTimers()
  stored.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
  const page = { visibilityState: 'visible', addEventListener: () => undefined }
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', () => undefined)
  return () => vi.useRealTimers()
})

const rested = () => vi.advanceTimersByTimeAsync(60_000)

test('the poller is not started with the page, unless an earlier visit left a source on', async () => {
  const first = standIn()
  first.live.begin()
  expect(first.held.starts).toBe(0)
  first.held.feeds = [feed(true)]
  await first.live.open()

  const second = standIn()
  second.live.begin()
  expect(second.held.starts).toBe(1)
  await second.live.open()
  expect(second.held.starts).toBe(1)

  const third = standIn()
  third.live.begin()
  expect(third.held.starts, 'the second visit had no source any more').toBe(0)
})

test('only tables that changed are handed over, once they have rested, and those who wait are told', async () => {
  const { live, took, tell } = standIn()
  const told = vi.fn()
  live.onCollected(told)
  await live.open()
  tell({ kind: 'collected', summary: summary('tickets', 1, 1) })
  tell({ kind: 'collected', summary: summary('tickets', 2, 2) })
  tell({ kind: 'collected', summary: summary('flights', 1, 1) })
  expect(took).not.toHaveBeenCalled()
  await rested()
  expect(took.mock.calls.map(([files]) => files.map(({ table }) => table))).toEqual([['tickets', 'flights']])
  expect(told).toHaveBeenCalledWith(['tickets', 'flights'])

  tell({ kind: 'collected', summary: summary('tickets', 2, 2) })
  await rested()
  expect(took).toHaveBeenCalledTimes(1)
  tell({ kind: 'collected', summary: summary('flights', 2, 2) })
  await rested()
  expect(took.mock.lastCall?.[0].map(({ table }) => table)).toEqual(['flights'])
})

test('an engine that was started again is given everything again', async () => {
  const { live, held, took } = standIn()
  held.collected = [summary('prices', 5, 3)]
  await live.open()
  await rested()
  live.begin()
  await rested()
  expect(took).toHaveBeenCalledTimes(2)
})

test('what is forgotten leaves the tables as well', async () => {
  const { live, held, took } = standIn()
  held.collected = [summary('prices', 5, 3)]
  await live.open()
  await rested()
  await live.forget('prices')
  expect(took.mock.lastCall?.[0]).toEqual([{ table: 'prices', file: null }])
  expect(live.collected).toEqual([])
})

test('keys go to the poller with the consent of the person, and stay out of the settings', async () => {
  const { live, held, turnOn } = standIn()
  held.feeds = [feed(false)]
  await live.save(null, 'github', 'Mine', { repository: 'a/b' }, { token: 'secret', other: '' })
  expect(turnOn).not.toHaveBeenCalled()
  await live.turnOn('f1', ['https://api.github.com'])
  expect(turnOn).toHaveBeenCalledWith('f1', ['https://api.github.com'], { token: 'secret' })
})

test('trouble is told in the words of the source; an ordinary pause is none', async () => {
  const { live, tell } = standIn()
  await live.open()
  const says = (part: Partial<FeedStatus>) =>
    tell({ kind: 'status', status: liveStatus([feedStatus({ sentence: 'It said so.', ...part })]) })
  says({ phase: 'spent' })
  expect(live.on).toHaveLength(1)
  expect(live.trouble).toBe('')
  says({ phase: 'backing-off' })
  expect(live.trouble).toBe('It said so.')
  says({ phase: 'off' })
  expect(live.on).toHaveLength(0)
})

test('a poller that dies is told, and can be started again', async () => {
  const { live, held, die } = standIn()
  await live.open()
  die('Out of memory.')
  await vi.advanceTimersByTimeAsync(0)
  expect(live.phase).toBe('failed')
  expect(live.problem).toContain('Out of memory.')
  expect(await live.open()).toBe(true)
  expect(held.starts).toBe(2)
  expect(live.phase).toBe('ready')
})

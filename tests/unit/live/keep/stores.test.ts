import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { CollectedRow } from '../../../../workers/live/collectedRows.ts'
import { openLiveStore } from '../../../../workers/live/keep/indexedDbStore.ts'
import { emptyState, type KeptRow, type LiveStore } from '../../../../workers/live/keep/liveStore.ts'
import { memoryStore } from '../../../../workers/live/keep/memoryStore.ts'

let databases = 0
const stores: [string, () => Promise<LiveStore>][] = [
  ['IndexedDB', () => openLiveStore(`test-live-${databases++}`)],
  ['memory', () => Promise.resolve(memoryStore())],
]

const incident = (resolvedAt: number, severity = 'minor'): CollectedRow => ({
  table: 'incidents',
  id: '1',
  symbol: 'ACME',
  source: 'status',
  title: 'Down',
  startedAt: 1000,
  resolvedAt,
  severity,
})
const figure = (value: number): CollectedRow => ({
  table: 'adoption',
  counted: 'figure',
  symbol: 'ACME',
  source: 'npm',
  metric: 'downloads',
  date: 20_000,
  value,
})
const bar = (close: number): CollectedRow => ({
  table: 'prices',
  symbol: 'ACME',
  date: 20_000,
  open: 1,
  high: 2,
  low: 1,
  close,
  volume: NaN,
})

async function allRows(store: LiveStore, table: CollectedRow['table']): Promise<KeptRow[]> {
  const all: KeptRow[] = []
  for await (const batch of store.rows(table)) all.push(...batch)
  return all
}

describe.each(stores)('rows kept in %s', (_, open) => {
  const commitOf = async (store: LiveStore, rows: CollectedRow[], now: number) => {
    const state = { ...emptyState('f'), cursor: now }
    const kept = rows.map((row) => ({ row, seenAt: now, feed: 'f' }))
    return store.commit({ now, rows: kept, states: [state], spans: [], buckets: [] })
  }

  it('keep the moment they were first seen: incidents are resolved, figures stay, prices are read anew', async () => {
    const store = await open()
    const first = await commitOf(store, [incident(NaN), figure(5), figure(5), bar(1.5)], 100)
    expect(first.states[0]).toMatchObject({ rows: 3, refused: 0 })
    const second = await commitOf(store, [incident(5000, 'major'), figure(6), bar(1.6)], 200)
    expect(second.states[0]).toMatchObject({ rows: 0, refused: 1 })
    expect(second.states[0].firstRefusal).toMatch(/was 5 and is now 6: the first counts/)
    // A list that is behind does not open the incident again.
    await commitOf(store, [incident(NaN, 'major')], 300)
    expect(await allRows(store, 'incidents')).toMatchObject([
      { row: { resolvedAt: 5000, severity: 'major' }, seenAt: 100 },
    ])
    expect(await allRows(store, 'adoption')).toMatchObject([{ row: { value: 5 }, seenAt: 100 }])
    expect(await allRows(store, 'prices')).toMatchObject([{ row: { close: 1.6 }, seenAt: 100 }])
    const prices = (await store.summaries()).find(({ table }) => table === 'prices')
    expect(prices).toMatchObject({ rows: 1, newestSeen: 100, version: 200 })
    expect((await commitOf(store, [bar(1.6)], 400)).changed).toEqual([])
    store.close()
  })

  it('come back with everything that a reload goes on from, and leave table by table', async () => {
    const store = await open()
    const feed = {
      id: 'f',
      source: 'npm' as const,
      name: 'One',
      settings: {},
      on: true,
      keyed: false,
      madeAt: 1,
    }
    await store.putFeed(feed)
    await store.putCharges('b', [{ at: 5, units: 2 }])
    const bucket = { bucket: 3, icao24: ['4b0001'], fields: Float64Array.of(1, NaN) }
    const spans = [
      { feed: 'f', span: { from: 0, to: 10, kind: 'listened' as const } },
      { feed: 'f', span: { from: 10, to: 20, kind: 'failing' as const } },
    ]
    const rows = [figure(1), bar(1)].map((row) => ({ row, seenAt: 1, feed: 'f' }))
    const state = { ...emptyState('f'), cursor: { page: 2 } }
    await store.commit({ now: 1, rows, states: [state], spans, buckets: [bucket] })
    const kept = await store.load()
    expect(kept).toMatchObject({ feeds: [feed], states: [{ cursor: { page: 2 } }], spans: [spans[1]] })
    expect(kept.charges.get('b')).toEqual([{ at: 5, units: 2 }])
    expect(kept.buckets).toEqual([bucket])
    expect(await store.spans('f')).toEqual(spans.map(({ span }) => span))
    await store.forget('prices')
    expect(await allRows(store, 'prices')).toEqual([])
    expect(await allRows(store, 'adoption')).toHaveLength(1)
    await store.forget(null)
    expect(await allRows(store, 'adoption')).toEqual([])
    // What was spent stays spent.
    expect(await store.load()).toMatchObject({ feeds: [], states: [], buckets: [] })
    expect((await store.load()).charges.size).toBe(1)
    store.close()
  })

  it('are read in batches, all of them', async () => {
    const store = await open()
    const rows = Array.from({ length: 4500 }, (_, at): KeptRow => {
      return { row: { ...bar(at), symbol: `S${at}` } as CollectedRow, seenAt: 1, feed: 'f' }
    })
    await store.commit({ now: 1, rows, states: [], spans: [], buckets: [] })
    const read = await allRows(store, 'prices')
    expect(new Set(read.map(({ row }) => (row as { symbol: string }).symbol)).size).toBe(4500)
    expect(read).toHaveLength(4500)
    store.close()
  })
})

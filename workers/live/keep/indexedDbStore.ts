import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase } from 'idb'
import type { Charge } from '../ask/budget.ts'
import type { CollectedSummary, CollectedTable, CoverageSpan, LiveOptions, Secrets } from '../contract.ts'
import type { FeedState, KeptFeed, KeptRow, LegBucket, LiveStore } from './liveStore.ts'
import { keyOf } from './rowKey.ts'
import { placeOf, settle } from './settle.ts'

interface Schema extends DBSchema {
  feeds: { key: string; value: KeptFeed }
  states: { key: string; value: FeedState }
  charges: { key: string; value: Charge[] }
  secrets: { key: string; value: Secrets }
  options: { key: string; value: LiveOptions }
  rows: { key: [CollectedTable, string]; value: KeptRow }
  summaries: { key: string; value: CollectedSummary }
  spans: { key: [feed: string, from: number]; value: CoverageSpan }
  buckets: { key: number; value: LegBucket }
}

const batchRows = 2000
/** Of one feed; the oldest go first. */
const mostSpans = 10_000

/** Keeps in IndexedDB. Charges for requests must be on the disk before one leaves, hence the strict durability. */
export async function openLiveStore(name = 'contrail-live'): Promise<LiveStore> {
  const database = await openDB<Schema>(name, 1, {
    upgrade(db) {
      for (const store of ['feeds', 'states', 'charges', 'secrets', 'options'] as const)
        db.createObjectStore(store)
      for (const store of ['rows', 'summaries', 'spans', 'buckets'] as const) db.createObjectStore(store)
    },
    // Another tab wants to remove or upgrade it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
  return storeOf(database)
}

function storeOf(database: IDBPDatabase<Schema>): LiveStore {
  return {
    async load() {
      const names = ['feeds', 'states', 'charges', 'secrets', 'options', 'spans', 'buckets'] as const
      const transaction = database.transaction(names)
      const entries = async <V>(store: {
        getAllKeys(): Promise<string[]>
        getAll(): Promise<V[]>
      }): Promise<Map<string, V>> => {
        const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()])
        return new Map(keys.map((key, at) => [key, values[at]]))
      }
      const [feeds, states, charges, secrets, options, buckets] = await Promise.all([
        transaction.objectStore('feeds').getAll(),
        transaction.objectStore('states').getAll(),
        entries(transaction.objectStore('charges')),
        entries(transaction.objectStore('secrets')),
        transaction.objectStore('options').get('options'),
        transaction.objectStore('buckets').getAll(),
      ])
      const spans = []
      for (const { id } of feeds) {
        const last = await transaction.objectStore('spans').openCursor(ofFeed(id), 'prev')
        if (last) spans.push({ feed: id, span: last.value })
      }
      await transaction.done
      return { feeds, states, charges, secrets, options: options ?? null, spans, buckets }
    },

    async commit(commit) {
      const names = ['rows', 'summaries', 'states', 'spans', 'buckets'] as const
      const transaction = database.transaction(names, 'readwrite')
      const rows = transaction.objectStore('rows')
      const summaries = transaction.objectStore('summaries')
      const found = new Map<string, KeptRow>()
      const [known] = await Promise.all([
        summaries.getAll(),
        ...commit.rows.map(async ({ row }) => {
          const key = keyOf(row)
          const kept = await rows.get([row.table, key])
          if (kept) found.set(placeOf(row.table, key), kept)
        }),
      ])
      const settled = settle(commit, found, new Map(known.map((summary) => [summary.table, summary])))
      // One that fails aborts the whole, which `done` tells.
      const writes: Promise<unknown>[] = []
      for (const { table, key, kept } of settled.puts) writes.push(rows.put(kept, [table, key]))
      for (const summary of settled.changed) writes.push(summaries.put(summary, summary.table))
      for (const state of settled.states)
        writes.push(transaction.objectStore('states').put(state, state.feed))
      for (const bucket of commit.buckets)
        writes.push(transaction.objectStore('buckets').put(bucket, bucket.bucket))
      const spans = transaction.objectStore('spans')
      for (const { feed, span } of commit.spans) writes.push(spans.put(span, [feed, span.from]))
      for (const feed of new Set(commit.spans.map((span) => span.feed))) {
        const range = ofFeed(feed)
        const over = spans.count(range).then(async (count) => {
          if (count <= mostSpans) return
          for (const key of await spans.getAllKeys(range, count - mostSpans)) await spans.delete(key)
        })
        writes.push(over)
      }
      await Promise.all([...writes, transaction.done])
      return { states: settled.states, changed: settled.changed }
    },

    async putFeed(feed) {
      await database.put('feeds', feed, feed.id)
    },
    async removeFeed(id) {
      const names = ['feeds', 'states', 'secrets'] as const
      const transaction = database.transaction(names, 'readwrite')
      await Promise.all([...names.map((name) => transaction.objectStore(name).delete(id)), transaction.done])
    },
    async putCharges(budget, charges) {
      const transaction = database.transaction('charges', 'readwrite', { durability: 'strict' })
      await Promise.all([transaction.store.put(charges, budget), transaction.done])
    },
    async putSecrets(feed, secrets) {
      if (secrets === null) await database.delete('secrets', feed)
      else await database.put('secrets', secrets, feed)
    },
    async putOptions(options) {
      await database.put('options', options, 'options')
    },
    summaries: () => database.getAll('summaries'),

    async *rows(table) {
      let range = IDBKeyRange.bound([table], [table, []])
      for (;;) {
        const transaction = database.transaction('rows')
        const [keys, rows] = await Promise.all([
          transaction.store.getAllKeys(range, batchRows),
          transaction.store.getAll(range, batchRows),
        ])
        if (rows.length > 0) yield rows
        if (rows.length < batchRows) return
        range = IDBKeyRange.bound(keys[keys.length - 1], [table, []], true)
      }
    },

    spans: (feed) => database.getAll('spans', ofFeed(feed)),

    async forget(table) {
      const names = ['rows', 'summaries', 'feeds', 'states', 'secrets', 'spans', 'buckets'] as const
      const transaction = database.transaction(names, 'readwrite')
      const emptied =
        table === null
          ? names.map((name) => transaction.objectStore(name).clear())
          : [
              transaction.objectStore('rows').delete(IDBKeyRange.bound([table], [table, []])),
              transaction.objectStore('summaries').delete(table),
            ]
      await Promise.all([...emptied, transaction.done])
    },
    close: () => database.close(),
  }
}

const ofFeed = (feed: string) => IDBKeyRange.bound([feed], [feed, []])

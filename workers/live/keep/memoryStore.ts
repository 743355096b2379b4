import type { Charge } from '../ask/budget.ts'
import type { CollectedSummary, CollectedTable, CoverageSpan, LiveOptions, Secrets } from '../contract.ts'
import type { FeedState, KeptFeed, KeptRow, LegBucket, LiveStore } from './liveStore.ts'
import { placeOf, settle } from './settle.ts'
import { keyOf } from './rowKey.ts'

/** Keeps for as long as it lives, where the browser keeps nothing. */
export function memoryStore(): LiveStore {
  const feeds = new Map<string, KeptFeed>()
  const states = new Map<string, FeedState>()
  const charges = new Map<string, Charge[]>()
  const secrets = new Map<string, Secrets>()
  const spans = new Map<string, CoverageSpan[]>()
  const buckets = new Map<number, LegBucket>()
  const rows = new Map<string, KeptRow>()
  const summaries = new Map<CollectedTable, CollectedSummary>()
  let options: LiveOptions | null = null
  // Nothing that is handed out or taken in is shared, as in a database.
  const apart = structuredClone

  return {
    load: () =>
      Promise.resolve(
        apart({
          feeds: [...feeds.values()],
          states: [...states.values()],
          charges,
          secrets,
          options,
          spans: [...spans].flatMap(([feed, list]) => list.slice(-1).map((span) => ({ feed, span }))),
          buckets: [...buckets.values()],
        }),
      ),
    commit(commit) {
      const settled = settle(apart(commit), rows, summaries)
      for (const { table, key, kept } of settled.puts) rows.set(placeOf(table, key), kept)
      for (const state of settled.states) states.set(state.feed, state)
      for (const summary of settled.changed) summaries.set(summary.table, summary)
      for (const { feed, span } of commit.spans) {
        const list = spans.get(feed) ?? []
        spans.set(feed, list)
        const at = list.findIndex(({ from }) => from === span.from)
        if (at < 0) list.push({ ...span })
        else list[at] = { ...span }
      }
      for (const bucket of commit.buckets) buckets.set(bucket.bucket, apart(bucket))
      return Promise.resolve(apart({ states: settled.states, changed: settled.changed }))
    },
    putFeed: (feed) => Promise.resolve(void feeds.set(feed.id, apart(feed))),
    removeFeed(id) {
      feeds.delete(id)
      states.delete(id)
      secrets.delete(id)
      return Promise.resolve()
    },
    putCharges: (budget, list) => Promise.resolve(void charges.set(budget, apart(list))),
    putSecrets(feed, held) {
      if (held === null) secrets.delete(feed)
      else secrets.set(feed, { ...held })
      return Promise.resolve()
    },
    putOptions: (chosen) => Promise.resolve(void (options = { ...chosen })),
    summaries: () => Promise.resolve(apart([...summaries.values()])),
    // eslint-disable-next-line @typescript-eslint/require-await
    async *rows(table) {
      yield apart([...rows.values()].filter(({ row }) => row.table === table))
    },
    spans: (feed) => Promise.resolve(apart(spans.get(feed) ?? [])),
    forget(table) {
      for (const { row } of [...rows.values()]) {
        if (table === null || row.table === table) rows.delete(placeOf(row.table, keyOf(row)))
      }
      if (table !== null) summaries.delete(table)
      else for (const map of [feeds, states, secrets, spans, buckets, summaries]) map.clear()
      return Promise.resolve()
    },
    close: () => undefined,
  }
}

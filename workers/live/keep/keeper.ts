import type { CollectedSummary, CollectedTable, CoverageSpan, LiveStatus } from '../contract.ts'
import type { Commit, Committed, KeptRow, LiveStore } from './liveStore.ts'
import { memoryStore } from './memoryStore.ts'
import { mergeRow } from './mergeRow.ts'
import { keyOf } from './rowKey.ts'
import { emptySummary, settle } from './settle.ts'

/** Bytes of rows that may wait in memory for room. */
export const mostWaiting = 50 * 1024 * 1024

const nothing: Omit<Commit, 'now'> = { rows: [], states: [], spans: [], buckets: [] }

/** Writes commits; while there is no room, they wait in memory, together, and go first when there is. */
export class Keeper {
  kind: LiveStatus['storage']['kind'] = 'on'
  /** Why nothing is kept, in words; '' = it is, or there is no room. */
  trouble = ''
  private waiting: Omit<Commit, 'now'> = nothing
  private bytes = 0
  private stuck = false

  constructor(readonly store: LiveStore) {}

  /** Keeps what it can: nothing outlives the visit where the browser has no store. */
  static async open(openStore: () => Promise<LiveStore>): Promise<Keeper> {
    try {
      return new Keeper(await openStore())
    } catch (error) {
      const keeper = new Keeper(memoryStore())
      keeper.kind = 'off'
      keeper.trouble = wordsOf(error)
      return keeper
    }
  }

  get waitingRows(): number {
    return this.waiting.rows.length
  }

  /** No more rows are taken: what waits is all that fits in memory. */
  get overfull(): boolean {
    return this.bytes >= mostWaiting
  }

  async commit(commit: Commit): Promise<Committed> {
    const all = { now: commit.now, ...together(this.waiting, commit) }
    try {
      const committed = await this.store.commit(all)
      this.waiting = nothing
      this.bytes = 0
      if (this.stuck) this.kind = 'on'
      this.stuck = false
      return committed
    } catch (error) {
      this.stuck = true
      this.kind = isFull(error) ? 'full' : 'off'
      this.trouble = wordsOf(error)
      this.waiting = all
      this.bytes += commit.rows.reduce((sum, row) => sum + 2 * JSON.stringify(row).length, 0)
      return { states: [], changed: await this.summaries(commit.now) }
    }
  }

  /** Tries to write what waits. */
  async retry(now: number): Promise<Committed | null> {
    return this.stuck ? this.commit({ now, ...nothing }) : null
  }

  /** As if what waits were written; rows that change others count as new until then. */
  async summaries(now: number): Promise<CollectedSummary[]> {
    const kept = new Map((await this.store.summaries()).map((summary) => [summary.table, summary]))
    const { changed } = settle({ now, ...this.waiting }, new Map(), kept)
    for (const summary of changed) kept.set(summary.table, summary)
    return [...kept.values()]
  }

  async summary(table: CollectedTable, now: number): Promise<CollectedSummary> {
    return (await this.summaries(now)).find((summary) => summary.table === table) ?? emptySummary(table)
  }

  /** What is kept of a table, in batches, with what waits. */
  async *rows(table: CollectedTable): AsyncIterable<KeptRow[]> {
    const waiting = new Map<string, KeptRow[]>()
    for (const kept of this.waiting.rows) {
      if (kept.row.table !== table) continue
      const key = keyOf(kept.row)
      waiting.set(key, [...(waiting.get(key) ?? []), kept])
    }
    const latest = (kept: KeptRow | undefined, seen: readonly KeptRow[]) =>
      seen.reduce((before: KeptRow | undefined, row) => {
        const merged = mergeRow(before, row)
        return 'kept' in merged ? merged.kept : before
      }, kept)!
    for await (const batch of this.store.rows(table)) {
      yield batch.map((kept) => {
        const key = keyOf(kept.row)
        const seen = waiting.get(key)
        if (!seen) return kept
        waiting.delete(key)
        return latest(kept, seen)
      })
    }
    if (waiting.size > 0) yield [...waiting.values()].map((seen) => latest(undefined, seen))
  }

  /** With those that wait; of two with one beginning the later counts. */
  async spans(feed: string): Promise<CoverageSpan[]> {
    const waiting = this.waiting.spans.filter((span) => span.feed === feed)
    return [...(await this.store.spans(feed)), ...waiting.map(({ span }) => span)]
  }

  forget(table: CollectedTable | null): Promise<void> {
    const { rows } = this.waiting
    if (table === null) this.waiting = nothing
    else this.waiting = { ...this.waiting, rows: rows.filter(({ row }) => row.table !== table) }
    if (this.waiting.rows.length === 0) this.bytes = 0
    return this.store.forget(table)
  }
}

/** Two commits as one; the later states, spans and buckets count. */
function together(a: Omit<Commit, 'now'>, b: Omit<Commit, 'now'>): Omit<Commit, 'now'> {
  const newest = <T>(items: T[], keyOfItem: (item: T) => string | number) => [
    ...new Map(items.map((item) => [keyOfItem(item), item])).values(),
  ]
  return {
    rows: [...a.rows, ...b.rows],
    states: newest([...a.states, ...b.states], ({ feed }) => feed),
    spans: newest([...a.spans, ...b.spans], ({ feed, span }) => `${feed} ${span.from}`),
    buckets: newest([...a.buckets, ...b.buckets], ({ bucket }) => bucket),
  }
}

const isFull = (error: unknown): boolean =>
  (error instanceof Error || error instanceof DOMException) && error.name === 'QuotaExceededError'
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

import type { CollectedSummary, CollectedTable } from '../contract.ts'
import type { Commit, FeedState, KeptRow } from './liveStore.ts'
import { mergeRow } from './mergeRow.ts'
import { keyOf, timeOf } from './rowKey.ts'

export interface Settled {
  /** Rows to be written, by table and key. */
  puts: { table: CollectedTable; key: string; kept: KeptRow }[]
  states: FeedState[]
  /** Of tables whose rows changed. */
  changed: CollectedSummary[]
}

export const emptySummary = (table: CollectedTable): CollectedSummary => ({
  table,
  rows: 0,
  from: NaN,
  to: NaN,
  newestSeen: NaN,
  version: 0,
})

/**
 * What a commit makes of what is kept.
 *
 * @param found the rows that are kept under the keys of the commit, by `placeOf`
 */
export function settle(
  commit: Commit,
  found: ReadonlyMap<string, KeptRow>,
  summaries: ReadonlyMap<CollectedTable, CollectedSummary>,
): Settled {
  const states = new Map(commit.states.map((state) => [state.feed, { ...state }]))
  const written = new Map<string, Settled['puts'][number]>()
  const changed = new Map<CollectedTable, CollectedSummary>()
  for (const seen of commit.rows) {
    const { table } = seen.row
    const key = keyOf(seen.row)
    const place = placeOf(table, key)
    const merged = mergeRow(written.get(place)?.kept ?? found.get(place), seen)
    const state = states.get(seen.feed)
    if (merged.kind === 'revised' && state) {
      state.refused++
      state.firstRefusal ||= merged.sentence
    }
    if (merged.kind === 'same' || merged.kind === 'revised') continue
    written.set(place, { table, key, kept: merged.kept })
    const summary = changed.get(table) ?? next(summaries.get(table) ?? emptySummary(table), commit.now)
    changed.set(table, summary)
    if (merged.kind === 'changed') continue
    if (state) state.rows++
    const time = timeOf(seen.row)
    summary.rows++
    summary.from = lesser(summary.from, time)
    summary.to = -lesser(-summary.to, -time)
    summary.newestSeen = -lesser(-summary.newestSeen, -seen.seenAt)
  }
  return { puts: [...written.values()], states: [...states.values()], changed: [...changed.values()] }
}

export const placeOf = (table: CollectedTable, key: string): string => `${table} ${key}`

/** Versions are moments, so that none comes back after everything was forgotten. */
const next = (summary: CollectedSummary, now: number): CollectedSummary => ({
  ...summary,
  version: Math.max(summary.version + 1, now),
})

/** The lesser; NaN is none. */
const lesser = (a: number, b: number) => (Number.isNaN(a) || b < a ? b : a)

import type { CollectedRow } from '../collectedRows.ts'
import type { KeptRow } from './liveStore.ts'

/** What a row is to the one that was kept under its key. */
export type Merged =
  | { kind: 'new' | 'changed'; kept: KeptRow }
  | { kind: 'same' }
  /** A figure that the source has changed since; the first counts. */
  | { kind: 'revised'; sentence: string }

/** The moment of the first sight stays, whatever is read later. */
export function mergeRow(kept: KeptRow | undefined, seen: KeptRow): Merged {
  if (kept === undefined) return { kind: 'new', kept: seen }
  const { row } = seen
  const before = kept.row
  if (row.table === 'adoption' && row.counted === 'figure' && 'value' in before) {
    if (Object.is(row.value, before.value)) return { kind: 'same' }
    const day = new Date(row.date * 86_400_000).toISOString().slice(0, 10)
    return {
      kind: 'revised',
      sentence: `${row.metric} of ${row.symbol} on ${day} was ${before.value} and is now ${row.value}: the first counts.`,
    }
  }
  if (row.table === 'incidents' && before.table === 'incidents') {
    // A list that is behind does not open it again.
    const resolvedAt = Number.isNaN(row.resolvedAt) ? before.resolvedAt : row.resolvedAt
    const ended = Number.isNaN(before.resolvedAt) && !Number.isNaN(resolvedAt)
    const known = ended ? { ...kept, endSeenAt: seen.seenAt } : kept
    return changed(known, { ...before, resolvedAt, severity: row.severity })
  }
  if (row.table === 'prices' || row.table === 'options') return changed(kept, row)
  return { kind: 'same' }
}

function changed(kept: KeptRow, row: CollectedRow): Merged {
  const before = kept.row as unknown as Record<string, unknown>
  const same = Object.entries(row).every(([name, value]) => Object.is(value, before[name]))
  return same ? { kind: 'same' } : { kind: 'changed', kept: { ...kept, row } }
}

import type { CollectedTable, CoverageSpan } from '../contract.ts'
import type { KeptRow } from '../keep/liveStore.ts'
import { headerOf, linesOf, recordOf } from './csvOf.ts'
import { EventDays } from './eventDays.ts'

/** Everything kept of a table as CSV, made batch by batch. */
export async function fileOf(
  table: CollectedTable,
  rows: AsyncIterable<KeptRow[]>,
  spansOf: (feed: string) => Promise<CoverageSpan[]>,
): Promise<File> {
  // A Blob may leave memory for the disk; texts may not.
  const parts: Blob[] = [new Blob([headerOf(table)])]
  const events = new EventDays()
  for await (const batch of rows) {
    const records = []
    for (const { row, seenAt, feed, endSeenAt } of batch) {
      if (row.table === 'adoption' && row.counted === 'event') events.add({ row, seenAt, feed })
      else if (row.table === 'incidents' && endSeenAt !== undefined)
        // Two lines: nobody knew the end when the incident was first seen.
        records.push(recordOf({ ...row, resolvedAt: NaN }, seenAt), recordOf(row, endSeenAt))
      else records.push(recordOf(row, seenAt))
    }
    parts.push(new Blob([linesOf(records)]))
  }
  const spans = new Map<string, CoverageSpan[]>()
  for (const feed of events.feeds()) spans.set(feed, await spansOf(feed))
  const days = events.counted(spans).map(({ seenAt, ...day }) => {
    return recordOf({ table: 'adoption', counted: 'figure', ...day }, seenAt)
  })
  parts.push(new Blob([linesOf(days)]))
  return new File(parts, `collected-${table}.csv`, { type: 'text/csv' })
}

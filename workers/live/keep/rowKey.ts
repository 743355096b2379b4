import type { CollectedRow } from '../collectedRows.ts'

const dayMs = 86_400_000

/** What makes a row the same as one that was seen before, within its table. */
export function keyOf(row: CollectedRow): string {
  switch (row.table) {
    case 'flights':
      return join(row.icao24, row.departedAt)
    case 'tickets':
    case 'incidents':
      return join(row.symbol, row.source, row.id)
    case 'adoption':
      return row.counted === 'event'
        ? join('event', row.symbol, row.source, row.metric, row.id)
        : join('figure', row.symbol, row.source, row.metric, row.date)
    case 'prices':
      return join(row.symbol, row.date)
    case 'options':
      return join(row.symbol, row.quoteDate, row.expiry, row.strike, row.right)
  }
}

/** Epoch milliseconds of what the row is about. */
export function timeOf(row: CollectedRow): number {
  switch (row.table) {
    case 'flights':
      return row.departedAt
    case 'tickets':
      return row.createdAt
    case 'incidents':
      return row.startedAt
    case 'adoption':
      return row.counted === 'event' ? row.at : row.date * dayMs
    case 'prices':
      return row.date * dayMs
    case 'options':
      return row.quoteDate * dayMs
  }
}

/** Parts stay apart whatever is in them. */
const join = (...parts: (string | number)[]) => JSON.stringify(parts)

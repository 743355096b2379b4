import Papa from 'papaparse'
import { collectedColumns, type CollectedRow } from '../collectedRows.ts'
import type { CollectedTable } from '../contract.ts'

type Cell = string | number

const momentText = (at: number): string => (Number.isNaN(at) ? '' : new Date(at).toISOString())
const dayText = (day: number): string => momentText(day * 86_400_000).slice(0, 10)
const numberText = (value: number): Cell => (Number.isNaN(value) ? '' : value)

export const headerOf = (table: CollectedTable): string => `${collectedColumns[table].join(',')}\n`

/** Lines of a file; quoted where a field needs it, each ended. */
export const linesOf = (records: readonly Cell[][]): string =>
  records.length === 0 ? '' : `${Papa.unparse(records as Cell[][], { newline: '\n' })}\n`

/** A row in the order of `collectedColumns`; events are counted elsewhere. */
export function recordOf(row: CollectedRow, seenAt: number): Cell[] {
  const seen = momentText(seenAt)
  switch (row.table) {
    case 'flights':
      return [
        row.icao24,
        momentText(row.departedAt),
        momentText(row.arrivedAt),
        numberText(row.originLatitude),
        numberText(row.originLongitude),
        numberText(row.destinationLatitude),
        numberText(row.destinationLongitude),
        seen,
      ]
    case 'tickets':
      return [row.id, row.symbol, row.source, momentText(row.createdAt), row.title, row.text, seen]
    case 'adoption': {
      const { symbol, source, metric } = row
      const [date, value] =
        row.counted === 'figure' ? [row.date, row.value] : [Math.floor(row.at / 86_400_000), 1]
      return [symbol, dayText(date), source, metric, numberText(value), seen]
    }
    case 'incidents': {
      const { id, symbol, source, title, severity } = row
      return [
        id,
        symbol,
        source,
        title,
        momentText(row.startedAt),
        momentText(row.resolvedAt),
        severity,
        seen,
      ]
    }
    case 'prices': {
      const numbers = [row.open, row.high, row.low, row.close, row.volume]
      return [row.symbol, dayText(row.date), ...numbers.map(numberText), seen]
    }
    case 'options': {
      const { bid, ask, last, volume, openInterest, impliedVol } = row
      return [
        row.symbol,
        dayText(row.quoteDate),
        dayText(row.expiry),
        row.strike,
        row.right,
        ...[bid, ask, last, volume, openInterest, impliedVol].map(numberText),
        seen,
      ]
    }
  }
}

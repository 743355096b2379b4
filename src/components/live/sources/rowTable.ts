import type { CollectedRow, CollectedTable } from '../../../../workers/live/api.ts'
import { isoDate, number } from '../../../charts/format.ts'

export interface RowTable {
  table: CollectedTable
  head: string[]
  rows: string[][]
  /** Rows of the table in all. */
  total: number
}

/** Epoch milliseconds → “2026-11-27 14:05”, UTC as everywhere in the tables. */
const time = (at: number) =>
  Number.isFinite(at) ? new Date(at).toISOString().slice(0, 16).replace('T', ' ') : ''
const day = (epochDay: number) => (Number.isFinite(epochDay) ? isoDate(epochDay) : '')
const figure = (value: number) =>
  Number.isFinite(value)
    ? number(value, { digits: Number.isInteger(value) ? 0 : 4 }).replace(/(\.\d*?)0+$/, '$1')
    : ''

type Cells = [name: string, text: string][]

function cellsOf(row: CollectedRow): Cells {
  switch (row.table) {
    case 'flights':
      return [
        ['icao24', row.icao24],
        ['departed', time(row.departedAt)],
        ['arrived', time(row.arrivedAt)],
        ['from', `${figure(row.originLatitude)} ${figure(row.originLongitude)}`.trim()],
        ['to', `${figure(row.destinationLatitude)} ${figure(row.destinationLongitude)}`.trim()],
      ]
    case 'tickets':
      return [
        ['id', row.id],
        ['symbol', row.symbol],
        ['source', row.source],
        ['created', time(row.createdAt)],
        ['title', row.title],
      ]
    case 'adoption':
      return [
        ['symbol', row.symbol],
        ['source', row.source],
        ['metric', row.metric],
        ['when', row.counted === 'event' ? time(row.at) : day(row.date)],
        ['value', row.counted === 'event' ? '1' : figure(row.value)],
      ]
    case 'incidents':
      return [
        ['id', row.id],
        ['symbol', row.symbol],
        ['title', row.title],
        ['started', time(row.startedAt)],
        ['resolved', time(row.resolvedAt)],
        ['severity', row.severity],
      ]
    case 'prices':
      return [
        ['symbol', row.symbol],
        ['date', day(row.date)],
        ['open', figure(row.open)],
        ['high', figure(row.high)],
        ['low', figure(row.low)],
        ['close', figure(row.close)],
        ['volume', figure(row.volume)],
      ]
    case 'options':
      return [
        ['symbol', row.symbol],
        ['quoted', day(row.quoteDate)],
        ['expiry', day(row.expiry)],
        ['strike', figure(row.strike)],
        ['right', row.right],
        ['bid', figure(row.bid)],
        ['ask', figure(row.ask)],
        ['volume', figure(row.volume)],
      ]
  }
}

/** Rows as texts to show, a small table for each that they belong to, its first `limit` rows. */
export function rowTables(rows: CollectedRow[], limit: number): RowTable[] {
  return [...new Set(rows.map(({ table }) => table))].map((table) => {
    const own = rows.filter((row) => row.table === table)
    const cells = own.slice(0, limit).map(cellsOf)
    return {
      table,
      head: cells[0].map(([name]) => name),
      rows: cells.map((row) => row.map(([, text]) => text)),
      total: own.length,
    }
  })
}

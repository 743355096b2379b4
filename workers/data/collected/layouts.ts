import { columnsByHeader } from '../inspect/columns.ts'
import { tables, ticketTexts, type TableName, type TableRule } from '../schema.ts'
import { icao24, knownOrSeenAt } from '../schema/common.ts'
import { column, table } from '../schema/rules.ts'

const degrees = (name: string, doc: string, most: number) =>
  column(name, 'DOUBLE', doc, [name.replaceAll('_', '')], {
    unit: 'degrees',
    mayBeBlank: true,
    range: [-most, most],
  })

/** Legs with the places where they began and ended, before the airports there are found. */
export const collectedFlights = table({
  name: 'collected_flights',
  rows: 'legs',
  doc: 'One row per leg.',
  columns: [
    icao24,
    column('departed_at', 'TIMESTAMP', 'Take-off.', ['departedat'], {
      key: true,
      required: true,
      unit: 'UTC',
    }),
    column('arrived_at', 'TIMESTAMP', 'Landing.', ['arrivedat'], { mayBeBlank: true, unit: 'UTC' }),
    degrees('origin_latitude', 'Where it was first seen low; empty where it was not.', 90),
    degrees('origin_longitude', 'The same.', 180),
    degrees('destination_latitude', 'Where it was last seen low; empty where it was not.', 90),
    degrees('destination_longitude', 'The same.', 180),
    knownOrSeenAt,
  ],
  sources: [],
  time: 'departed_at',
  subject: 'icao24',
  knownAt: tables.flights.knownAt,
})

/** What a file of the collection looks like, and what its dataset is called. */
export interface CollectedLayout {
  name: string
  /** Its columns, in this order. */
  columns: string[]
  /** What its rows are read as. */
  read: TableRule
}

/** By table; others are not collected. */
export const collectedLayouts: Partial<Record<TableName, CollectedLayout>> = {
  flights: {
    name: 'Collected flights',
    columns: [
      'icao24',
      'departed_at',
      'arrived_at',
      'origin_latitude',
      'origin_longitude',
      'destination_latitude',
      'destination_longitude',
      'seen_at',
    ],
    read: collectedFlights,
  },
  tickets: {
    name: 'Collected tickets',
    columns: ['id', 'symbol', 'source', 'created_at', 'title', 'text', 'seen_at'],
    read: ticketTexts,
  },
  adoption: {
    name: 'Collected adoption figures',
    columns: ['symbol', 'date', 'source', 'metric', 'value', 'seen_at'],
    read: tables.adoption,
  },
  incidents: {
    name: 'Collected incidents',
    columns: ['id', 'symbol', 'source', 'title', 'started_at', 'resolved_at', 'severity', 'seen_at'],
    read: tables.incidents,
  },
  prices: {
    name: 'Collected prices',
    columns: ['symbol', 'date', 'open', 'high', 'low', 'close', 'volume', 'seen_at'],
    read: tables.prices,
  },
  options: {
    name: 'Collected option quotes',
    columns: [
      'symbol',
      'quote_date',
      'expiry',
      'strike',
      'right',
      'bid',
      'ask',
      'last',
      'volume',
      'open_interest',
      'implied_vol',
      'seen_at',
    ],
    read: tables.options,
  },
}

/** Whether a dataset of this name, in a list that tells nothing else of it, was collected. */
export function isCollectedName(name: string): boolean {
  return Object.values(collectedLayouts).some((layout) => layout.name === name)
}

/** Role → cell. */
export function collectedCells({ columns, read }: CollectedLayout): Record<string, number> {
  return columnsByHeader(columns, read)
}

/**
 * Rows as sources give them. Times are epoch milliseconds, days epoch days (UTC), missing numbers NaN. When a row
 * was first seen is added where it is kept.
 */
export type CollectedRow = FlightRow | TicketRow | EventRow | FigureRow | IncidentRow | BarRow | QuoteRow

/** A leg, when it has ended. Airports are found where the list of airports is. */
export interface FlightRow {
  table: 'flights'
  icao24: string
  departedAt: number
  arrivedAt: number
  /** Degrees; NaN where it was not seen low. */
  originLatitude: number
  originLongitude: number
  destinationLatitude: number
  destinationLongitude: number
}

/** One ticket or issue. */
export interface TicketRow {
  table: 'tickets'
  /** Unique within its source. */
  id: string
  symbol: string
  source: string
  createdAt: number
  title: string
  /** The first thousand characters. */
  text: string
}

/** Something that is counted by day into adoption: a commit, a release, a closed issue. */
export interface EventRow {
  table: 'adoption'
  counted: 'event'
  id: string
  symbol: string
  source: string
  metric: string
  at: number
}

/** A figure of a day that the source has counted. */
export interface FigureRow {
  table: 'adoption'
  counted: 'figure'
  symbol: string
  source: string
  metric: string
  date: number
  value: number
}

/** An incident; told again when it is resolved. */
export interface IncidentRow {
  table: 'incidents'
  id: string
  symbol: string
  source: string
  title: string
  startedAt: number
  /** NaN while it goes on. */
  resolvedAt: number
  severity: string
}

/** A finished daily bar. The newest reading counts, because vendors adjust the past. */
export interface BarRow {
  table: 'prices'
  symbol: string
  date: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** A contract as it was quoted at the end of a day. */
export interface QuoteRow {
  table: 'options'
  symbol: string
  quoteDate: number
  expiry: number
  strike: number
  right: 'call' | 'put'
  bid: number
  ask: number
  last: number
  volume: number
  openInterest: number
  impliedVol: number
}

/**
 * Columns of the CSV files that the collection hands over, by table. Times and `seen_at` are ISO 8601 in UTC, days
 * 2024-01-31, missing = blank. `seen_at` is the moment a row was first seen here, from which `known_at` follows:
 * the first day on whose close (20:00 UTC) it may be used. Of `adoption`, events are counted by day, and a day is
 * handed over when it has ended.
 */
export const collectedColumns = {
  flights: [
    'icao24',
    'departed_at',
    'arrived_at',
    'origin_latitude',
    'origin_longitude',
    'destination_latitude',
    'destination_longitude',
    'seen_at',
  ],
  tickets: ['id', 'symbol', 'source', 'created_at', 'title', 'text', 'seen_at'],
  adoption: ['symbol', 'date', 'source', 'metric', 'value', 'seen_at'],
  incidents: ['id', 'symbol', 'source', 'title', 'started_at', 'resolved_at', 'severity', 'seen_at'],
  prices: ['symbol', 'date', 'open', 'high', 'low', 'close', 'volume', 'seen_at'],
  options: [
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
} as const

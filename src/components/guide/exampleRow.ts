import type { TableName } from '../../../workers/data/api.ts'
import { tables, type ColumnRule } from '../../../workers/data/schema.ts'

/** What stands in a column of an example, where its type alone says too little. Nobody's data. */
const examples: Record<string, string> = {
  symbol: 'ACME',
  ticker: 'ACM',
  name: 'Acme Industries',
  company: 'Acme Industries',
  counterparty: 'Globex Corporation',
  sector: 'Industrials',
  exchange: 'N',
  open: '101.20',
  high: '103.45',
  low: '100.80',
  close: '102.90',
  last: '5.20',
  bid: '5.10',
  ask: '5.30',
  strike: '105',
  expiry: '2024-03-15',
  volume: '1250000',
  open_interest: '4210',
  implied_vol: '0.31',
  adj_factor: '1',
  direction: '1',
  conviction: '0.8',
  horizon: '20',
  size: '0.05',
  stop: '95',
  target: '120',
  count: '17',
  value: '48210',
  latitude: '40.8501',
  longitude: '-74.0608',
  origin: 'KTEB',
  destination: 'KORD',
  code: 'KTEB',
  iata: 'TEB',
  hq_airport: 'KTEB',
  registration: 'N000XX',
  type: 'GLF5',
  description: 'L2J',
  wake: 'M',
  owner: 'ACME INDUSTRIES INC',
  metric: 'downloads',
  source: 'example',
  kind: 'acquirer',
  right: 'call',
  severity: 'major',
  incident: 'inc-1042',
  title: 'Login is slow',
  headline: 'Acme raises its outlook',
  precision: 'day',
}

/** Columns that are left empty, because a filled one would say something else. */
const blank = new Set(['delisted_on', 'valid_to'])

/** Later moments of the same row. */
const later: Record<string, string> = {
  arrived_at: '2024-01-31T16:20:00Z',
  resolved_at: '2024-01-31T16:20:00Z',
  known_at: '2024-02-01',
  last_trade: '2024-01-31T20:59:00Z',
}
/** News are judged by a number, tickets by a word. */
const sentiment = { DOUBLE: '0.4', VARCHAR: 'negative', DATE: '', TIMESTAMP: '' }

/** Where so many tables have a column of that name that it tells nothing, another one that is understood. */
const telling: Partial<Record<TableName, Record<string, string>>> = { aircraft_types: { type: 'designator' } }

function cellOf({ name, type, form }: ColumnRule): string {
  if (blank.has(name)) return ''
  if (name === 'sentiment') return sentiment[type]
  if (form === 'icao24') return 'a1b2c3'
  const known = later[name] ?? examples[name]
  if (known !== undefined) return known
  switch (type) {
    case 'DATE':
      return '2024-01-31'
    case 'TIMESTAMP':
      return '2024-01-31T14:05:00Z'
    case 'DOUBLE':
      return '1'
    case 'VARCHAR':
      return 'example'
  }
}

/** The columns of a table and a row that fits them; names that only replace another column are left out. */
export function exampleOf(kind: TableName): { header: string[]; cells: string[] } {
  const { columns } = tables[kind]
  return { header: columns.map(({ name }) => telling[kind]?.[name] ?? name), cells: columns.map(cellOf) }
}

/** Header and one row, to be filled in and dropped. */
export function templateCsv(kind: TableName): string {
  const { header, cells } = exampleOf(kind)
  return `${header.join(',')}\n${cells.join(',')}\n`
}

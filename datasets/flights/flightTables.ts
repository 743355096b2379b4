import { isoDate } from '../calendar.ts'
import type { TableFile } from '../marketTables.ts'
import { AIRPORTS } from './airports.ts'
import type { CompanyEvent } from './events.ts'
import type { Assignment } from './fleets.ts'
import type { TrackedFlight } from './tracking.ts'
import { DAY_MINUTES, type Minute } from './trips.ts'

/** Columns of the tables, in the order of the files. */
const AIRPORT_COLUMNS = ['code', 'name', 'latitude', 'longitude'] as const
const AIRCRAFT_COLUMNS = [
  'icao24',
  'registration',
  'symbol',
  'valid_from',
  'valid_to',
  'type',
  'owner',
] as const
const FLIGHT_COLUMNS = ['icao24', 'departed_at', 'origin', 'destination', 'arrived_at', 'known_at'] as const
const EVENT_COLUMNS = ['symbol', 'announced_on', 'kind', 'counterparty'] as const

export function airportsCsv(): TableFile {
  return csv('airports.csv', AIRPORT_COLUMNS, AIRPORTS)
}

/** One row per aircraft and operator; `valid_to` is blank while it lasts. */
export function aircraftCsv(fleets: readonly Assignment[], symbols: readonly string[]): TableFile {
  const rows = fleets.map(({ icao24, registration, operator, from, to, type, owner }) => [
    icao24,
    registration,
    symbols[operator],
    isoDate(from),
    to === null ? '' : isoDate(to),
    type.designator,
    owner,
  ])
  return csv('aircraft.csv', AIRCRAFT_COLUMNS, rows)
}

export function flightsCsv(flights: readonly TrackedFlight[]): TableFile {
  const rows = flights.map(({ icao24, departed, origin, destination, arrived, knownAt }) => [
    icao24,
    isoMinute(departed),
    origin ?? '',
    destination ?? '',
    isoMinute(arrived),
    isoDate(knownAt),
  ])
  return { ...csv('flights.csv', FLIGHT_COLUMNS, rows), compressed: true }
}

export function eventsCsv(events: readonly CompanyEvent[], symbols: readonly string[]): TableFile {
  const rows = events.map(({ company, announcedOn, kind, counterparty }) => [
    symbols[company],
    isoDate(announcedOn),
    kind,
    counterparty === null ? '' : symbols[counterparty],
  ])
  return csv('events.csv', EVENT_COLUMNS, rows)
}

function csv(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): TableFile {
  const text = [columns, ...rows].map((cells) => cells.join(',')).join('\n') + '\n'
  return { name, rows: rows.length, text, compressed: false }
}

const minuteTexts = Array.from({ length: DAY_MINUTES }, (_, minute) =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':'),
)

/** `2024-01-31T14:05:00Z` */
function isoMinute(time: Minute): string {
  const day = Math.floor(time / DAY_MINUTES)
  return `${isoDate(day)}T${minuteTexts[time - day * DAY_MINUTES]}:00Z`
}

import type { TableFinding } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { quoteIdentifier } from '../sql.ts'
import { mostExamples, plural, whole, type RowRule } from './findings.ts'
import { rowsOf, type LoadedTable } from './loadedTables.ts'
import { noTime, type Timeline } from './timeline.ts'

const longestFlightHours = 20
/** Business jets cruise below 1,000 km/h; a strong tailwind adds to that. */
const fastestKmh = 1200
/** Below this distance a receiver that heard the aircraft late makes any leg look fast. */
const shortestDistanceKm = 200
const earthRadiusKm = 6371

const leg = `icao24 || ' from ' || origin || ' ' || strftime(departed_at, '%Y-%m-%d %H:%M') || ' to ' || destination || ' ' || strftime(arrived_at, '%Y-%m-%d %H:%M')`

export const flightRules: RowRule[] = [
  {
    name: 'arrived-before-departed',
    kind: 'impossible',
    severity: 'warn',
    where: 'arrived_at < departed_at',
    text: (count, n) => `${count} ${n === 1 ? 'flight arrives' : 'flights arrive'} before departing.`,
    example: leg,
  },
  {
    name: 'too-long',
    kind: 'outliers',
    severity: 'warn',
    where: `epoch(arrived_at) - epoch(departed_at) > ${longestFlightHours * 3600}`,
    text: (count, n) =>
      `${count} ${n === 1 ? 'flight lasts' : 'flights last'} longer than ${longestFlightHours} hours: ` +
      'likely several legs whose landings were not heard.',
    example: leg,
  },
  {
    name: 'no-airport',
    kind: 'gaps',
    severity: 'info',
    where: `origin = '' OR destination = ''`,
    text: (count, n) =>
      `${count} ${n === 1 ? 'flight lacks its' : 'flights lack their'} origin or destination; ` +
      'a visit to an unknown airport cannot be told.',
    example: null,
  },
]

/** Legs that begin before the one before has ended, of the same aircraft; to the minute. */
function overlappingLegs({ subjects, offsets, start, end }: Timeline): {
  count: number
  examples: string[]
} {
  let count = 0
  const examples: string[] = []
  for (let s = 0; s < subjects.length; s++) {
    let landed = noTime
    for (let i = offsets[s]; i < offsets[s + 1]; i++) {
      if (start[i] < landed) {
        count++
        if (examples.length < mostExamples) {
          examples.push(`${subjects[s]} departs ${minute(start[i])}, still flying until ${minute(landed)}`)
        }
      }
      if (end[i] > landed) landed = end[i]
    }
  }
  return { count, examples }
}

function minute(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ')
}

export function overlapFindings(timeline: Timeline): TableFinding[] {
  const { count, examples } = overlappingLegs(timeline)
  if (count === 0) return []
  return [
    {
      id: 'flights/overlap',
      table: 'flights',
      datasetId: null,
      kind: 'impossible',
      severity: 'warn',
      count,
      text:
        `${plural(count, 'leg begins', 'legs begin')} before the same aircraft has landed from an earlier one: ` +
        'a flight given twice, two aircraft under one address, or a landing heard late.',
      examples,
    },
  ]
}

/** Routes of a file with their fastest flight: few, however many flights there are. */
async function withRoutes<T>(database: Database, flights: LoadedTable, task: (routes: string) => Promise<T>) {
  await database.query(
    `CREATE OR REPLACE TEMP TABLE quality_routes AS
     SELECT origin, destination, count(*) AS flights, min(hours) FILTER (hours > 0) AS fastest
     FROM (SELECT origin, destination, (epoch(arrived_at) - epoch(departed_at)) / 3600 AS hours
       FROM ${rowsOf(flights, 'origin, destination, arrived_at, departed_at')})
     GROUP BY origin, destination`,
  )
  try {
    return await task('quality_routes')
  } finally {
    await database.query('DROP TABLE IF EXISTS quality_routes')
  }
}

/** Airports nobody knows, and flights faster than aircraft are; needs the table of airports. */
export async function routeFindings(
  database: Database,
  flights: LoadedTable,
  airports: LoadedTable,
): Promise<TableFinding[]> {
  const places = `places AS (
    SELECT code, any_value(latitude) AS latitude, any_value(longitude) AS longitude FROM (
      SELECT code, latitude, longitude FROM ${rowsOf(airports, 'code, latitude, longitude')}
      UNION ALL
      SELECT iata, latitude, longitude FROM ${rowsOf(airports, 'iata, latitude, longitude')} WHERE iata <> ''
    ) GROUP BY code)`
  return withRoutes(database, flights, async (routes) => [
    ...(await unknownAirports(database, places, routes)),
    ...(await fastFlights(database, places, routes, flights.datasets)),
  ])
}

async function unknownAirports(database: Database, places: string, routes: string): Promise<TableFinding[]> {
  const found = await database.query(
    `WITH ${places}, used AS (
       SELECT origin AS code, flights FROM ${routes} UNION ALL SELECT destination, flights FROM ${routes}
     )
     SELECT code, sum(flights)::INTEGER AS n FROM used
     WHERE code <> '' AND code NOT IN (SELECT code FROM places) GROUP BY code ORDER BY n DESC, code`,
  )
  const codes = found.texts('code')
  if (codes.length === 0) return []
  const counts = found.integers('n')
  const ends = counts.reduce((sum, n) => sum + n, 0)
  return [
    {
      id: 'flights/unknown-airports',
      table: 'flights',
      datasetId: null,
      kind: 'orphans',
      severity: 'warn',
      count: ends,
      text:
        `${plural(ends, 'departure or arrival names an airport', 'departures and arrivals name airports')} ` +
        `that the list of airports does not have: ${plural(codes.length, 'code')}.`,
      examples: codes.slice(0, mostExamples).map((code, i) => `${code}: ${plural(counts[i], 'time')}`),
    },
  ]
}

async function fastFlights(
  database: Database,
  places: string,
  routes: string,
  datasets: Dataset[],
): Promise<TableFinding[]> {
  const haversine = `2 * ${earthRadiusKm} * asin(least(1, sqrt(
    pow(sin(radians(b.latitude - a.latitude) / 2), 2) +
    cos(radians(a.latitude)) * cos(radians(b.latitude)) * pow(sin(radians(b.longitude - a.longitude) / 2), 2))))`
  await database.query(
    `CREATE OR REPLACE TEMP TABLE quality_fast AS WITH ${places}, measured AS (
       SELECT origin, destination, fastest, ${haversine} AS km
       FROM ${routes} JOIN places a ON a.code = origin JOIN places b ON b.code = destination
       WHERE fastest IS NOT NULL
     ) SELECT origin, destination, km FROM measured WHERE km >= ${shortestDistanceKm} AND km / fastest > ${fastestKmh}`,
  )
  try {
    const some = await database.query('SELECT count(*)::INTEGER AS n FROM quality_fast')
    if (some.integers('n')[0] === 0) return []
    const findings: TableFinding[] = []
    for (const { summary, table } of datasets) {
      const fast = `FROM (SELECT *, (epoch(arrived_at) - epoch(departed_at)) / 3600 AS hours FROM ${quoteIdentifier(table)})
        JOIN quality_fast USING (origin, destination) WHERE hours > 0 AND km / hours > ${fastestKmh}`
      const count = (await database.query(`SELECT count(*)::INTEGER AS n ${fast}`)).integers('n')[0]
      if (count === 0) continue
      const examples = await database.query(
        `SELECT 'line ' || line || ': ' || ${leg} || ', ' || round(km / hours)::INTEGER || ' km/h' AS example
         ${fast} ORDER BY line LIMIT ${mostExamples}`,
      )
      findings.push({
        id: `${summary.id}/too-fast`,
        table: 'flights',
        datasetId: summary.id,
        kind: 'impossible',
        severity: 'warn',
        count,
        text:
          `${plural(count, 'flight is', 'flights are')} faster than ${whole(fastestKmh)} km/h between ` +
          'the airports named: a wrong airport, or a departure heard late.',
        examples: examples.texts('example'),
      })
    }
    return findings
  } finally {
    await database.query('DROP TABLE IF EXISTS quality_fast')
  }
}

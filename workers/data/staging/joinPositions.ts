import type { Database } from '../database.ts'
import { arrowOf } from '../read/arrowRows.ts'
import { batchRows, Dictionary, emptyBatch } from '../read/batch.ts'
import { tables } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'
import { legsOf, type Leg, type Track } from '../../quant/legs.ts'
import { airportFinder } from './nearestAirport.ts'

const msPerDay = 86_400_000
const hourMs = 3_600_000

/**
 * Position reports become flights, by aircraft and time; airports are the nearest of those loaded. Returns
 * the flights made.
 * @param airports SQL tables of airports
 */
export async function joinPositions(
  database: Database,
  staged: string,
  name: string,
  airports: string[],
): Promise<number> {
  const from = quoteIdentifier(staged)
  const rows = await database.query(
    `WITH tail AS (SELECT icao24, (row_number() OVER (ORDER BY icao24) - 1)::INTEGER AS ordinal
                   FROM (SELECT DISTINCT icao24 FROM ${from}))
     SELECT tail.ordinal, epoch_ms(time)::DOUBLE AS time, latitude, longitude, altitude, ground_speed, on_ground,
       line::INTEGER AS line
     FROM ${from} AS report JOIN tail ON tail.icao24 = report.icao24
     WHERE NOT isnan(latitude) AND NOT isnan(longitude)
     ORDER BY tail.ordinal, report.time, report.line`,
  )
  const tails = (await database.query(`SELECT DISTINCT icao24 FROM ${from} ORDER BY icao24`)).texts('icao24')
  const ordinal = rows.integers('ordinal')
  const line = rows.integers('line')
  const track: Track = {
    time: rows.numbers('time'),
    latitude: rows.numbers('latitude'),
    longitude: rows.numbers('longitude'),
    altitude: rows.numbers('altitude'),
    groundSpeed: rows.numbers('ground_speed'),
    onGround: rows.numbers('on_ground'),
  }
  const nearest = await airportFinder(database, airports)
  const airportAt = (report: number) =>
    report < 0 ? '' : nearest(track.latitude[report], track.longitude[report])
  const flights: (Leg & { icao24: string })[] = []
  for (let start = 0; start < rows.rows;) {
    let end = start
    while (end < rows.rows && ordinal[end] === ordinal[start]) end++
    for (const leg of legsOf(track, start, end)) flights.push({ ...leg, icao24: tails[ordinal[start]] })
    start = end
  }
  const texts = new Map(['icao24', 'origin', 'destination'].map((column) => [column, new Dictionary()]))
  for (let start = 0; start < flights.length; start += batchRows) {
    const part = flights.slice(start, start + batchRows)
    const batch = emptyBatch(tables.flights, texts)
    part.forEach((flight, row) => {
      const put = (column: string, value: number) => (batch.columns.get(column)![row] = value)
      const text = (column: string, value: string) =>
        put(column, batch.dictionaries.get(column)!.codeOf(value))
      const { first, departed, arrived, origin, destination } = flight
      text('icao24', flight.icao24)
      put('departed_at', departed)
      put('arrived_at', arrived)
      text('origin', airportAt(origin))
      text('destination', airportAt(destination))
      put('known_at', Math.floor((arrived + tables.flights.knownAt!.lagHours * hourMs) / msPerDay))
      batch.line[row] = line[first]
    })
    batch.rows = part.length
    await database.insert(name, arrowOf(batch, tables.flights), start === 0)
  }
  return flights.length
}

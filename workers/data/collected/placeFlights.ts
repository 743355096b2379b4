import type { Database } from '../database.ts'
import { plural, whole } from '../quality/findings.ts'
import { arrowOf } from '../read/arrowRows.ts'
import { batchRows, Dictionary, emptyBatch } from '../read/batch.ts'
import { tables } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'
import { airportFinder } from '../staging/nearestAirport.ts'

/**
 * Makes the flights `name` of the legs in `ends` (see `collectedFlights`), with the nearest airports; what had that
 * name before is replaced. Returns a sentence that says what was found.
 * @param airports SQL tables of airports
 */
export async function placeFlights(
  database: Database,
  ends: string,
  name: string,
  airports: string[],
): Promise<string> {
  const number = (column: string) => `COALESCE(epoch_ms(${column})::DOUBLE, 'NaN'::DOUBLE) AS ${column}`
  const rows = await database.query(
    `SELECT icao24, ${number('departed_at')}, ${number('arrived_at')}, origin_latitude, origin_longitude,
       destination_latitude, destination_longitude, (known_at - DATE '1970-01-01')::INTEGER AS known_at,
       line::INTEGER AS line
     FROM ${quoteIdentifier(ends)} ORDER BY rowid`,
  )
  const nearest = await airportFinder(database, airports)
  const places = (end: 'origin' | 'destination') => {
    const latitude = rows.numbers(`${end}_latitude`)
    const longitude = rows.numbers(`${end}_longitude`)
    return Array.from(latitude, (at, i) =>
      Number.isNaN(at) || Number.isNaN(longitude[i]) ? '' : nearest(at, longitude[i]),
    )
  }
  const texts = { icao24: rows.texts('icao24'), origin: places('origin'), destination: places('destination') }
  const times = { departed_at: rows.numbers('departed_at'), arrived_at: rows.numbers('arrived_at') }
  const known = rows.integers('known_at')
  const line = rows.integers('line')
  const dictionaries = new Map(Object.keys(texts).map((column) => [column, new Dictionary()]))
  const fresh = `${name}_placed`
  await database.query(`DROP TABLE IF EXISTS ${quoteIdentifier(fresh)}`)
  for (let start = 0; start < rows.rows; start += batchRows) {
    const batch = emptyBatch(tables.flights, dictionaries)
    batch.rows = Math.min(batchRows, rows.rows - start)
    const fill = (column: string, valueOf: (row: number) => number) => {
      const values = batch.columns.get(column)!
      for (let i = 0; i < batch.rows; i++) values[i] = valueOf(start + i)
    }
    for (const [column, values] of Object.entries(texts))
      fill(column, (row) => dictionaries.get(column)!.codeOf(values[row]))
    for (const [column, values] of Object.entries(times)) fill(column, (row) => values[row])
    fill('known_at', (row) => known[row])
    batch.line.set(line.subarray(start, start + batch.rows))
    await database.insert(fresh, arrowOf(batch, tables.flights), start === 0)
  }
  await database.query(`DROP TABLE IF EXISTS ${quoteIdentifier(name)}`)
  await database.query(`ALTER TABLE ${quoteIdentifier(fresh)} RENAME TO ${quoteIdentifier(name)}`)
  return airports.length === 0 ? noAirports : foundSentence(texts.origin, texts.destination)
}

const noAirports =
  'No list of airports is loaded, so origins and destinations are blank. Import one in the data room, and they are found.'

function foundSentence(origins: string[], destinations: string[]): string {
  const found = (codes: string[]) => whole(codes.filter((code) => code !== '').length)
  return (
    `Of ${plural(origins.length, 'flight')} ${found(origins)} have an origin and ${found(destinations)} a ` +
    'destination: an airport within 10 km of where the aircraft was first or last seen low.'
  )
}

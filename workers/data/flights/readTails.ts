import type { FlightTables } from '../../quant/flightTables.ts'
import type { Database } from '../database.ts'
import type { FlightSources } from './flightSources.ts'
import { rowsOfAll } from './rowsOfAll.ts'

/**
 * Aircraft that fly in a table or belong to a company, by address, and the temporary table `jet_tails`
 * (icao24, ordinal). A registry lists many more, which say nothing here.
 */
export async function readTails(
  database: Database,
  { flights, aircraft }: FlightSources,
): Promise<FlightTables['tails']> {
  await database.query(
    `CREATE OR REPLACE TEMP TABLE jet_tails AS
     SELECT icao24, (row_number() OVER (ORDER BY icao24) - 1)::INTEGER AS ordinal FROM (
       SELECT icao24 FROM ${rowsOfAll(flights, 'icao24')}
       UNION SELECT icao24 FROM ${rowsOfAll(aircraft, 'icao24, symbol')} WHERE symbol <> '')`,
  )
  const newest = (column: string) => `arg_max(${column}, (source, line)) FILTER (${column} <> '')`
  const found = await database.query(
    `SELECT icao24, COALESCE(registration, '') AS registration, COALESCE(type, '') AS type
     FROM jet_tails LEFT JOIN (
       SELECT icao24, ${newest('registration')} AS registration, ${newest('type')} AS type
       FROM ${rowsOfAll(aircraft, 'icao24, registration, type')} GROUP BY icao24) USING (icao24)
     ORDER BY ordinal`,
  )
  return {
    icao24: found.texts('icao24'),
    registration: found.texts('registration'),
    type: found.texts('type'),
  }
}

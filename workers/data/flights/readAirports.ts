import type { FlightTables } from '../../quant/flightTables.ts'
import type { Database } from '../database.ts'
import { lastOf, rowsOfAll } from './rowsOfAll.ts'

/**
 * Airports by code, and the temporary table `jet_airport_codes` (code, ordinal) that finds one by its own code
 * or by its IATA code; its own comes first.
 */
export async function readAirports(database: Database, tables: string[]): Promise<FlightTables['airports']> {
  await database.query(
    `CREATE OR REPLACE TEMP TABLE jet_airports AS
     SELECT *, (row_number() OVER (ORDER BY code) - 1)::INTEGER AS ordinal FROM (
       SELECT code, name, latitude, longitude, iata
       FROM ${rowsOfAll(tables, 'code, name, latitude, longitude, iata')} ${lastOf('code')})`,
  )
  await database.query(
    `CREATE OR REPLACE TEMP TABLE jet_airport_codes AS
     SELECT code, ordinal FROM jet_airports UNION ALL
     SELECT iata, min(ordinal) FROM jet_airports
     WHERE iata <> '' AND iata NOT IN (SELECT code FROM jet_airports) GROUP BY iata`,
  )
  const found = await database.query('SELECT code, name, latitude, longitude FROM jet_airports ORDER BY code')
  return {
    code: found.texts('code'),
    name: found.texts('name'),
    // Copies, because the columns of a result share one buffer, which can be transferred only once.
    latitude: found.numbers('latitude').slice(),
    longitude: found.numbers('longitude').slice(),
  }
}

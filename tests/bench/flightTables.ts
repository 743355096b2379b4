import { openNodeDatabase } from '../../workers/data/duckdbNode.ts'
import { readFlightTables } from '../../workers/data/flights/readFlightTables.ts'
import { print } from './figures.ts'

const legs = 3_000_000
const fleet = 4_000
const airports = 8_000
const companies = 500

/** Three million legs of 4,000 aircraft between 8,000 airports, in any order, as the Jet system gets them. */
export async function benchFlightTables(): Promise<void> {
  const database = await openNodeDatabase()
  await database.query(
    `CREATE TABLE legs AS
     SELECT printf('%06x', 10000000 + hash(i) % ${fleet}) AS icao24,
       TIMESTAMP '2015-01-01' + INTERVAL (hash(i + 1) % 315360000) SECOND AS departed_at,
       departed_at + INTERVAL (3000 + hash(i + 2) % 20000) SECOND AS arrived_at,
       printf('K%04d', hash(i + 3) % ${airports + 40}) AS origin,
       printf('K%04d', hash(i + 4) % ${airports + 40}) AS destination,
       (arrived_at + INTERVAL 27 HOUR)::DATE AS known_at, (i + 2)::INTEGER AS line
     FROM range(${legs}) AS numbers (i)`,
  )
  await database.query(
    `CREATE TABLE places AS SELECT printf('K%04d', i) AS code, '' AS name, 25 + hash(i) % 2400 / 100 AS latitude,
       -122 + hash(i + 1) % 5000 / 100 AS longitude, '' AS iata, (i + 2)::INTEGER AS line
     FROM range(${airports}) AS numbers (i)`,
  )
  await database.query(
    `CREATE TABLE fleet AS SELECT printf('%06x', 10000000 + i) AS icao24, printf('N%d', i) AS registration,
       printf('S%03d', i % ${companies}) AS symbol, NULL::DATE AS valid_from, NULL::DATE AS valid_to, 'GLF5' AS type,
       '' AS owner, (i + 2)::INTEGER AS line FROM range(${fleet}) AS numbers (i)`,
  )
  await database.query(
    `CREATE TABLE listed AS SELECT printf('S%03d', i) AS symbol, '' AS name, '' AS sector,
       printf('K%04d', i) AS hq_airport, (i + 2)::INTEGER AS line FROM range(${companies}) AS numbers (i)`,
  )
  await database.query(
    `CREATE TABLE deals AS SELECT printf('S%03d', i % ${companies}) AS symbol, '' AS company,
       DATE '2015-01-01' + (i % 3650)::INTEGER AS announced_on, 'earnings' AS kind, '' AS counterparty, '' AS precision,
       (i + 2)::INTEGER AS line FROM range(10000) AS numbers (i)`,
  )
  const began = performance.now()
  const tables = await readFlightTables(
    database,
    {
      flights: ['legs'],
      aircraft: ['fleet'],
      airports: ['places'],
      companies: ['listed'],
      events: ['deals'],
    },
    [],
  )
  const milliseconds = performance.now() - began
  print(`flight tables of ${tables.flights.tail.length} legs from SQL, Node`, milliseconds, 'ms', 5000)
  await database.close()
}

import { openNodeDatabase } from '../../workers/data/duckdbNode.ts'
import type { Dataset } from '../../workers/data/catalog.ts'
import { TableChecks } from '../../workers/data/quality/tableChecks.ts'
import { CompanyIndex } from '../../workers/data/owners/companyIndex.ts'
import { Refusals } from '../../workers/data/refusals.ts'
import type { TableName } from '../../workers/data/schema.ts'

const flights = 5_000_000
const fleet = 2_000
const owners = 17_000
const companies = 5_000

/** Checks of five million flights of 2,000 aircraft between 400 airports, and of their registry. */
export async function tableQualityBench(): Promise<void> {
  const database = await openNodeDatabase()
  await database.query(
    `CREATE TABLE flown AS
     WITH legs AS (
       SELECT i, 10000000 + i % ${fleet} AS address, i // ${fleet} AS leg, hash(i) % 400 AS origin, hash(i + 1) % 400 AS destination
       FROM range(${flights}) AS numbers (i)
     )
     SELECT printf('%06x', address) AS icao24, TIMESTAMP '2020-01-01' + INTERVAL (leg * 43000 + address % 3600) SECOND AS departed_at,
       printf('K%03d', origin) AS origin, printf('K%03d', destination) AS destination,
       departed_at + INTERVAL (20000 + hash(i + 2) % 20000) SECOND AS arrived_at,
       (arrived_at + INTERVAL 27 HOUR)::DATE AS known_at, (i + 2)::INTEGER AS line
     FROM legs`,
  )
  await database.query(
    `CREATE TABLE places AS SELECT printf('K%03d', i) AS code, '' AS name, 25 + hash(i) % 2400 / 100 AS latitude,
       -122 + hash(i + 1) % 5000 / 100 AS longitude, '' AS iata, (i + 2)::INTEGER AS line FROM range(400) AS numbers (i)`,
  )
  await database.query(
    `CREATE TABLE fleet AS SELECT printf('%06x', 10000000 + i) AS icao24, '' AS registration, '' AS symbol, NULL::DATE AS valid_from,
       NULL::DATE AS valid_to, '' AS type, 'Owner ' || i AS owner, (i + 2)::INTEGER AS line FROM range(${fleet}) AS numbers (i)`,
  )
  const began = performance.now()
  const { findings } = await new TableChecks().run(database, [
    dataset('flights', 'flown', flights),
    dataset('airports', 'places', 400),
    dataset('aircraft', 'fleet', fleet),
  ])
  print(
    `table quality of 5 million flights, ${findings.length} findings, Node`,
    performance.now() - began,
    2000,
  )
  await database.close()
}

/** As many names as a large registry has, against as many companies as are listed. */
export function ownersBench(): void {
  const word = (i: number) => `${syllable(i)}${syllable(i * 7 + 3)}${syllable(i * 13 + 5)}`
  const listed = Array.from({ length: companies }, (_, i) => ({
    symbol: `S${i}`,
    name: `${word(i)} ${word(i * 31 + 11)} Inc.`,
  }))
  const began = performance.now()
  const index = new CompanyIndex(listed)
  let matched = 0
  for (let i = 0; i < owners; i++) {
    const name = i % 2 === 0 ? `${listed[i % companies].name} Aviation` : `${word(i + 999_983)} Flying Club`
    if (index.candidates(name).length > 0) matched++
  }
  print(
    `17,000 owners against 5,000 companies, ${matched} with candidates, Node`,
    performance.now() - began,
    2000,
  )
}

function syllable(i: number): string {
  return 'bcdfghklmnprstvz'[i % 16] + 'aeiou'[Math.floor(i / 16) % 5]
}

function dataset(kind: TableName, table: string, rows: number): Dataset {
  return {
    table,
    refused: new Refusals(),
    summary: {
      id: table,
      name: table,
      kind,
      simulated: false,
      records: rows,
      rows,
      refused: 0,
      repeated: 0,
      symbols: [],
      from: 0,
      to: 0,
      bytes: 0,
      sha256: '',
      schemaHash: '',
      adjustedBy: [],
      knownAt: kind === 'flights' ? 'file' : null,
      notes: [],
      importedAt: 0,
      kept: false,
      keptMessage: '',
      vintageOf: null,
    },
  }
}

function print(name: string, milliseconds: number, target: number): void {
  console.log(JSON.stringify({ name, value: Math.round(milliseconds), unit: 'ms', target }))
}

import type { FlightTables } from '../../quant/flightTables.ts'
import type { OwnerDecision } from '../api.ts'
import type { Database } from '../database.ts'
import type { FlightSources } from './flightSources.ts'
import { nobodysLegs } from './nobodysLegs.ts'
import { readAirports } from './readAirports.ts'
import { readCompanies } from './readCompanies.ts'
import { readEvents } from './readEvents.ts'
import { readLegs } from './readLegs.ts'
import { readOwnership } from './readOwnership.ts'
import { readTails } from './readTails.ts'

const temporary = ['jet_airports', 'jet_airport_codes', 'jet_companies', 'jet_tails']

/**
 * What the Jet system reads, with every code resolved to an index and everything that cannot be used counted.
 * @param decisions what a person decided about names, for the other side of announcements
 * @param step called between the parts, to stop by throwing
 */
export async function readFlightTables(
  database: Database,
  sources: FlightSources,
  priceSymbols: string[],
  decisions: OwnerDecision[] = [],
  step: () => void = () => undefined,
): Promise<FlightTables> {
  try {
    const airports = await readAirports(database, sources.airports)
    const { companies, problems: homeless } = await readCompanies(database, sources, priceSymbols)
    step()
    const tails = await readTails(database, sources)
    const names = { tail: tails.icao24, company: companies.symbol }
    const { ownership, problems: owners } = await readOwnership(database, sources.aircraft, names)
    step()
    const { flights, problems: legs } = await readLegs(database, sources.flights, tails.icao24)
    step()
    const { events, problems: announcements } = await readEvents(database, sources.events, decisions)
    const tables = { airports, companies, tails, ownership, flights, events }
    const problems = [...legs, ...owners, ...nobodysLegs(tables), ...homeless, ...announcements]
    return { ...tables, problems }
  } finally {
    for (const table of temporary) await database.query(`DROP TABLE IF EXISTS temp.${table}`)
  }
}

import type { FlightTables } from '../../quant/flightTables.ts'
import { Ownership, dayMinutes } from '../../systems/jet/ownership.ts'

/** Days of other companies' legs that a row can still show traces of: guests of an airport, visits of others. */
const othersDays = 200

/**
 * What was known at the close of a day, short enough to be gone through again and again: all legs of one company, and
 * of the others those that can still matter to its rows.
 *
 * @returns placeOf: where a leg of the whole table lies in it
 */
export function nearHistory(
  tables: FlightTables,
  knownBefore: (tables: FlightTables, lastKnown: number) => FlightTables,
  lastKnown: number,
  company: number,
): { past: FlightTables; placeOf: Map<number, number> } {
  const { flights, tails, ownership } = tables
  const owners = new Ownership(ownership, tails.icao24.length)
  const from = (lastKnown - othersDays) * dayMinutes
  const kept = Array.from(flights.tail.keys()).filter((leg) => {
    if (flights.known[leg] > lastKnown) return false
    if (flights.departed[leg] >= from) return true
    return owners.companyOf(flights.tail[leg], Math.floor(flights.departed[leg] / dayMinutes)) === company
  })
  const at = <T extends Int32Array | Float64Array>(column: T): T => {
    const out = new (column.constructor as new (length: number) => T)(kept.length)
    kept.forEach((leg, i) => (out[i] = column[leg]))
    return out
  }
  const near: FlightTables = {
    ...tables,
    flights: {
      tail: at(flights.tail),
      departed: at(flights.departed),
      arrived: at(flights.arrived),
      origin: at(flights.origin),
      destination: at(flights.destination),
      known: at(flights.known),
    },
  }
  return { past: knownBefore(near, lastKnown), placeOf: new Map(kept.map((leg, i) => [leg, i])) }
}

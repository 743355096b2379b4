import { openTo, type FlightTables } from '../../quant/flightTables.ts'
import { Random } from '../../quant/random.ts'

/** The tables as they stood at the close of a day: no leg, event or change of owner that was not known. */
export function flightsBefore(tables: FlightTables, lastKnown: number): FlightTables {
  const { flights, events, ownership } = tables
  const legs = keptRows(flights.known, lastKnown)
  const told = keptRows(events.day, lastKnown)
  const owned = keptRows(ownership.from, lastKnown)
  return {
    ...tables,
    flights: picked(flights, legs),
    events: picked(events, told),
    ownership: {
      ...picked(ownership, owned),
      to: Int32Array.from(owned, (row) => (ownership.to[row] > lastKnown ? openTo : ownership.to[row])),
    },
  }
}

/** The same past; what comes after it happens elsewhere: airports, companies and kinds of news are drawn anew. */
export function flightsOfAnotherFuture(tables: FlightTables, lastKnown: number, seed: number): FlightTables {
  const { flights, events, ownership, airports, companies } = tables
  const random = new Random(seed, 1 + lastKnown)
  const after = (known: Int32Array) => (value: number, row: number, among: number) =>
    known[row] > lastKnown ? random.below(among) : value
  const leg = after(flights.known)
  const event = after(events.day)
  const owner = after(ownership.from)
  return {
    ...tables,
    flights: {
      ...flights,
      origin: flights.origin.map((value, row) => leg(value, row, airports.code.length)),
      destination: flights.destination.map((value, row) => leg(value, row, airports.code.length)),
    },
    events: {
      ...events,
      company: events.company.map((value, row) => event(value, row, companies.symbol.length)),
    },
    ownership: {
      ...ownership,
      company: ownership.company.map((value, row) => owner(value, row, companies.symbol.length)),
    },
  }
}

function keptRows(known: Int32Array, lastKnown: number): Int32Array {
  return Int32Array.from(known.keys()).filter((row) => known[row] <= lastKnown)
}

function picked<T extends Record<string, Int32Array | Float64Array | Uint8Array>>(
  columns: T,
  rows: Int32Array,
): T {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const out = new (column.constructor as new (length: number) => typeof column)(rows.length)
      rows.forEach((row, i) => (out[i] = column[row]))
      return [name, out]
    }),
  ) as T
}

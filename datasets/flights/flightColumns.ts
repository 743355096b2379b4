import { eventKinds, openTo, type FlightTables } from '../../workers/quant/flightTables.ts'
import { SECTORS } from '../companies.ts'
import type { SimulatedMarket } from '../market.ts'
import { AIRPORTS } from './airports.ts'
import { drawFlights } from './drawFlights.ts'

/** The columns that import makes of the market's files, without the detour. Companies in alphabetical order. */
export function flightColumns(market: SimulatedMarket): FlightTables {
  const { aircraft, flights, events } = drawFlights({ ...market, ...market.truth })
  const codes = new Map(AIRPORTS.map(([code], i) => [code, i]))
  const order = [...market.symbols.keys()].sort((a, b) => (market.symbols[a] < market.symbols[b] ? -1 : 1))
  const place = new Map(order.map((from, to) => [from, to]))
  const tails = [...new Set(aircraft.map(({ icao24 }) => icao24))].sort()
  const tailOf = new Map(tails.map((icao24, i) => [icao24, i]))
  const airport = (code: string | null) => (code === null ? -1 : (codes.get(code) ?? -1))
  const sectors = (SECTORS as readonly string[]).toSorted()
  const told = events.toSorted((a, b) => a.announcedOn - b.announcedOn)
  return {
    airports: {
      code: AIRPORTS.map(([code]) => code),
      name: AIRPORTS.map(([, name]) => name),
      latitude: Float64Array.from(AIRPORTS, ([, , latitude]) => latitude),
      longitude: Float64Array.from(AIRPORTS, ([, , , longitude]) => longitude),
    },
    companies: {
      symbol: order.map((from) => market.symbols[from]),
      name: order.map((from) => market.companies[from].name),
      headquarters: Int32Array.from(order, (from) => airport(market.companies[from].hqAirport)),
      sector: Int32Array.from(order, (from) => sectors.indexOf(market.companies[from].sector)),
    },
    tails: {
      icao24: tails,
      registration: tails.map((icao24) => aircraft.find((row) => row.icao24 === icao24)!.registration),
      type: tails.map((icao24) => aircraft.find((row) => row.icao24 === icao24)!.type.designator),
    },
    ownership: {
      tail: Int32Array.from(aircraft, ({ icao24 }) => tailOf.get(icao24)!),
      company: Int32Array.from(aircraft, ({ operator }) => place.get(operator)!),
      from: Int32Array.from(aircraft, ({ from }) => from),
      to: Int32Array.from(aircraft, ({ to }) => to ?? openTo),
    },
    flights: {
      tail: Int32Array.from(flights, ({ icao24 }) => tailOf.get(icao24)!),
      departed: Float64Array.from(flights, ({ departed }) => departed),
      arrived: Float64Array.from(flights, ({ arrived }) => arrived),
      origin: Int32Array.from(flights, ({ origin }) => airport(origin)),
      destination: Int32Array.from(flights, ({ destination }) => airport(destination)),
      known: Int32Array.from(flights, ({ knownAt }) => knownAt),
    },
    events: {
      company: Int32Array.from(told, ({ company }) => place.get(company)!),
      day: Int32Array.from(told, ({ announcedOn }) => announcedOn),
      kind: Uint8Array.from(told, ({ kind }) => eventKinds.indexOf(kind)),
      counterparty: Int32Array.from(told, ({ counterparty }) =>
        counterparty === null ? -1 : place.get(counterparty)!,
      ),
    },
    problems: [],
  }
}

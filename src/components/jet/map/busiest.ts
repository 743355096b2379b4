import type { FlightMap } from '../../../../workers/backtest/api.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'
import type { Places } from './places.ts'
import { busiestRoutes } from './traffic.ts'
import type { Traffic } from './traffic.ts'

/** A row of the table: an airport, or a route, and two numbers about it. */
export interface BusyRow {
  /** Index of the route or the airport. */
  index: number
  name: string
  /** legs and kilometres of a route, landings and departures of an airport */
  numbers: [number, number]
}

export interface RowOrder {
  /** 0 = name, 1 and 2 = the numbers */
  column: 0 | 1 | 2
  descending: boolean
}

/** The first rows in an order; of equals the busier comes first. @returns all rows counted, and the first `most` */
export function busyRows(
  kind: 'routes' | 'airports',
  map: FlightMap,
  places: Places,
  traffic: Traffic,
  { column, descending }: RowOrder,
  most: number,
): { count: number; rows: BusyRow[] } {
  const { code } = map.airports
  const { a, b } = places.routes
  const indices = kind === 'routes' ? busiestRoutes(traffic, Infinity).toReversed() : busiestAirports(traffic)
  const name = (index: number) => (kind === 'routes' ? `${code[a[index]]} – ${code[b[index]]}` : code[index])
  const first = (index: number) =>
    kind === 'routes' ? traffic.out[index] + traffic.back[index] : traffic.landings[index]
  const second = (index: number) =>
    kind === 'routes' ? places.kilometresOf(index) : traffic.departures[index]
  const turn = descending ? -1 : 1
  // By the first number they are in order already.
  if (column === 1 && !descending) indices.reverse()
  else if (column === 2) indices.sort((x, y) => turn * (second(x) - second(y)))
  else if (column === 0) indices.sort((x, y) => turn * (name(x) < name(y) ? -1 : 1))
  return {
    count: indices.length,
    rows: Array.from(indices.subarray(0, most), (index) => ({
      index,
      name: name(index),
      numbers: [first(index), second(index)],
    })),
  }
}

/** Airports with any movement, most landings first. */
function busiestAirports({ landings, departures }: Traffic): Int32Array {
  return Int32Array.from(landings.keys())
    .filter((airport) => landings[airport] + departures[airport] > 0)
    .sort((x, y) => landings[y] - landings[x] || departures[y] - departures[x])
}

/** All routes, the busiest first, both directions apart. */
export function routesCsv({ airports: { code } }: FlightMap, places: Places, traffic: Traffic): string {
  const { a, b } = places.routes
  const rows = Array.from(busiestRoutes(traffic, Infinity).toReversed(), (route) => [
    textCell(code[a[route]]),
    textCell(code[b[route]]),
    numberCell(traffic.out[route]),
    numberCell(traffic.back[route]),
    numberCell(traffic.out[route] + traffic.back[route]),
    numberCell(Math.round(places.kilometresOf(route))),
  ])
  return csvFile([['airport', 'other_airport', 'legs_out', 'legs_back', 'legs', 'kilometres'], ...rows])
}

/** All airports with any movement, most landings first. */
export function airportsCsv({ airports, companies }: FlightMap, places: Places, traffic: Traffic): string {
  const rows = Array.from(busiestAirports(traffic), (airport) => [
    textCell(airports.code[airport]),
    textCell(airports.name[airport]),
    numberCell(airports.latitude[airport]),
    numberCell(airports.longitude[airport]),
    numberCell(traffic.landings[airport]),
    numberCell(traffic.departures[airport]),
    textCell(places.companiesAt[airport].map((company) => companies.symbol[company]).join(' ')),
  ])
  const head = ['code', 'name', 'latitude', 'longitude', 'landings', 'departures', 'headquarters_of']
  return csvFile([head, ...rows])
}

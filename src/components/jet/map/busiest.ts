import type { FlightMap } from '../../../../workers/backtest/api.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'
import type { Places } from './places.ts'
import type { Traffic } from './traffic.ts'

export interface RouteRow {
  route: number
  name: string
  legs: number
  kilometres: number
}

export interface AirportRow {
  airport: number
  name: string
  landings: number
  departures: number
}

/** Routes with any leg, most legs first. */
export function routeRows({ airports }: FlightMap, places: Places, traffic: Traffic): RouteRow[] {
  const rows: RouteRow[] = []
  traffic.out.forEach((out, route) => {
    const legs = out + traffic.back[route]
    if (legs === 0) return
    const [a, b] = [places.routes.a[route], places.routes.b[route]]
    rows.push({
      route,
      name: `${airports.code[a]} – ${airports.code[b]}`,
      legs,
      kilometres: places.kilometresOf(route),
    })
  })
  return rows.sort((a, b) => b.legs - a.legs)
}

/** Airports with any movement, most landings first. */
export function airportRows({ airports }: FlightMap, traffic: Traffic): AirportRow[] {
  const rows: AirportRow[] = []
  traffic.landings.forEach((landings, airport) => {
    const departures = traffic.departures[airport]
    if (landings + departures > 0) rows.push({ airport, name: airports.code[airport], landings, departures })
  })
  return rows.sort((a, b) => b.landings - a.landings || b.departures - a.departures)
}

export function routesCsv(map: FlightMap, places: Places, traffic: Traffic): string {
  const { code } = map.airports
  const rows = routeRows(map, places, traffic).map(({ route, legs, kilometres }) => [
    textCell(code[places.routes.a[route]]),
    textCell(code[places.routes.b[route]]),
    numberCell(traffic.out[route]),
    numberCell(traffic.back[route]),
    numberCell(legs),
    numberCell(Math.round(kilometres)),
  ])
  return csvFile([['airport', 'other_airport', 'legs_out', 'legs_back', 'legs', 'kilometres'], ...rows])
}

export function airportsCsv(map: FlightMap, places: Places, traffic: Traffic): string {
  const { airports, companies } = map
  const rows = airportRows(map, traffic).map(({ airport, landings, departures }) => [
    textCell(airports.code[airport]),
    textCell(airports.name[airport]),
    numberCell(airports.latitude[airport]),
    numberCell(airports.longitude[airport]),
    numberCell(landings),
    numberCell(departures),
    textCell(places.companiesAt[airport].map((company) => companies.symbol[company]).join(' ')),
  ])
  const head = ['code', 'name', 'latitude', 'longitude', 'landings', 'departures', 'headquarters_of']
  return csvFile([head, ...rows])
}

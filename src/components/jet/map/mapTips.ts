import type { FlightMap } from '../../../../workers/backtest/api.ts'
import { count, date, number } from '../../../charts/format.ts'
import type { Tip } from '../../../charts/tip.ts'
import type { Places } from './places.ts'
import type { Traffic } from './traffic.ts'

const whole = (n: number) => number(n, { digits: 0 })
const dayMinutes = 1440

/** What is said of an airport under the pointer. */
export function airportTip(map: FlightMap, places: Places, traffic: Traffic, airport: number): Tip {
  const { airports, companies } = map
  const of = places.companiesAt[airport]
  const named = of.slice(0, 3).map((company) => companies.symbol[company])
  return {
    title: [airports.code[airport], airports.name[airport]].filter(Boolean).join(' '),
    rows: [
      { name: 'Landings', values: [whole(traffic.landings[airport])] },
      { name: 'Departures', values: [whole(traffic.departures[airport])] },
      ...(of.length > 0
        ? [{ name: 'Headquarters of', values: [named.join(', ') + (of.length > 3 ? ' …' : '')] }]
        : []),
    ],
  }
}

/** What is said of a route under the pointer. */
export function routeTip(map: FlightMap, places: Places, traffic: Traffic, route: number): Tip {
  const { code } = map.airports
  const a = places.routes.a[route]
  const b = places.routes.b[route]
  return {
    title: `${code[a]} – ${code[b]}`,
    rows: [
      { name: `${code[a]} → ${code[b]}`, values: [count(traffic.out[route], 'leg')] },
      { name: `${code[b]} → ${code[a]}`, values: [count(traffic.back[route], 'leg')] },
      { name: 'Distance', values: [`${whole(places.kilometresOf(route))} km`] },
    ],
  }
}

/** What is said of one leg. */
export function legTip(map: FlightMap, leg: number): Tip {
  const { legs, airports, companies, tails } = map
  const place = (airport: number) => (airport < 0 ? 'unknown' : airports.code[airport])
  const company = legs.company[leg]
  return {
    title: `${place(legs.origin[leg])} → ${place(legs.destination[leg])}`,
    rows: [
      { name: 'Departed', values: [dateAndTime(legs.departed[leg])] },
      { name: 'Arrived', values: [dateAndTime(legs.arrived[leg])] },
      { name: 'Aircraft', values: [tailName(tails, legs.tail[leg])] },
      { name: 'Operator', values: [company < 0 ? 'unknown' : companies.symbol[company]] },
    ],
  }
}

export const tailName = ({ registration, icao24 }: FlightMap['tails'], tail: number): string =>
  registration[tail] || icao24[tail]

/** “4 Mar 2024, 16:30” in UTC; “not told” where the file does not say. */
export function dateAndTime(minutes: number): string {
  if (!Number.isFinite(minutes)) return 'not told'
  const iso = new Date(minutes * 60_000).toISOString()
  return `${date(Math.floor(minutes / dayMinutes))}, ${iso.slice(11, 16)}`
}

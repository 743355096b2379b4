import type { FlightTables } from '../../quant/flightTables.ts'
import { dayMinutes } from './ownership.ts'

/** A leg that does not tell where it went went where the next one began, if that was within so many days. */
const longestStayDays = 4

export interface Stops {
  /** [legs] airport, the destination or else where the next leg began; −1 unknown */
  airport: Int32Array
  /** [legs] first epoch day on whose close the airport is known: a later one than the leg's where it was inferred */
  known: Int32Array
  /** [legs] minutes on the ground until the next leg of the tail; NaN where there is none yet */
  stay: Float64Array
  /** [legs] nights spent there, by local midnights; 0 where nothing follows */
  nights: Int32Array
}

/** Where each leg ended. Legs by tail, then departure. */
export function stopsOf({ flights, airports }: FlightTables): Stops {
  const { tail, destination, known } = flights
  const legs = tail.length
  const stops: Stops = {
    airport: destination.slice(),
    known: known.slice(),
    stay: new Float64Array(legs).fill(NaN),
    nights: new Int32Array(legs),
  }
  for (let leg = 0; leg + 1 < legs; leg++) {
    if (tail[leg + 1] !== tail[leg]) continue
    const stop = stopBetween(flights, airports, leg, leg + 1)
    if (stop.airport >= 0 && destination[leg] < 0) stops.known[leg] = Math.max(known[leg], known[leg + 1])
    stops.airport[leg] = stop.airport
    stops.nights[leg] = stop.nights
    if (stop.stay > 0) stops.stay[leg] = stop.stay
  }
  return stops
}

/** Between two legs of a tail that follow each other: the airport, minutes and nights on the ground. */
export function stopBetween(
  { departed, arrived, origin, destination }: FlightTables['flights'],
  { longitude }: FlightTables['airports'],
  leg: number,
  next: number,
): { airport: number; stay: number; nights: number } {
  const landed = arrivalOf(departed[leg], arrived[leg])
  const stay = departed[next] - landed
  const told = destination[leg]
  const airport = told < 0 && stay < longestStayDays * dayMinutes ? origin[next] : told
  if (!(stay > 0)) return { airport, stay, nights: 0 }
  const shift = airport < 0 ? 0 : solarMinutes(longitude[airport])
  return { airport, stay, nights: localDay(departed[next], shift) - localDay(landed, shift) }
}

/** A leg that does not tell when it landed is taken to have landed at once: too early, never too late. */
export function arrivalOf(departed: number, arrived: number): number {
  return Number.isNaN(arrived) ? departed : arrived
}

/** Minutes from UTC to local solar time, to the hour: no table of zones is needed, and none can be out of date. */
export function solarMinutes(longitude: number): number {
  return 60 * Math.round(longitude / 15)
}

export function localDay(minute: number, shift: number): number {
  return Math.floor((minute + shift) / dayMinutes)
}

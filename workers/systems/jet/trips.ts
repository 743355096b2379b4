import type { FlightTables } from '../../quant/flightTables.ts'
import type { Stops } from './stops.ts'

/** Share of the nights counted so far that is left after each further one: half after about 45. */
const memory = 0.985

export interface Trips {
  /** [legs] number of the trip of the tail, counted over all tails; −1 = the leg does not belong to one */
  trip: Int32Array
  /** [legs] where its aircraft lived at the departure, by the nights before; −1 unknown */
  home: Int32Array
  /** [tails] the same after the last leg */
  homeBase: Int32Array
  trips: number
}

/**
 * Joins legs to trips: from the home base over any stops until the aircraft is back. The home base is the airport
 * of most nights so far, later ones counting more, so that an aircraft that moves house is followed and nothing
 * depends on what comes after. Legs of an aircraft without a base yet make no trip.
 */
export function tripsOf({ flights, tails }: FlightTables, stops: Stops): Trips {
  const { tail, origin } = flights
  const legs = tail.length
  const result: Trips = {
    trip: new Int32Array(legs).fill(-1),
    home: new Int32Array(legs).fill(-1),
    homeBase: new Int32Array(tails.icao24.length).fill(-1),
    trips: 0,
  }
  let base = new HomeBase()
  let running = -1
  for (let leg = 0; leg < legs; leg++) {
    if (leg === 0 || tail[leg] !== tail[leg - 1]) {
      base = new HomeBase()
      running = -1
    }
    const home = base.airport
    result.home[leg] = home
    const from =
      origin[leg] >= 0 ? origin[leg] : leg > 0 && tail[leg - 1] === tail[leg] ? stops.airport[leg - 1] : -1
    if (home >= 0 && (from === home || running < 0)) running = result.trips++
    if (home >= 0) result.trip[leg] = running
    if (stops.airport[leg] === home) running = -1
    base.stay(stops.airport[leg], stops.nights[leg])
    result.homeBase[tail[leg]] = base.airport
  }
  return result
}

/** Where most of the nights were spent, the later ones counting more. */
class HomeBase {
  airport = -1
  private readonly nights = new Map<number, number>()
  /** What a night of now weighs: growing it is the same as letting all the others fade. */
  private weight = 1

  stay(airport: number, nights: number): void {
    if (airport < 0 || nights <= 0) return
    // A month in the hangar says no more about home than a week.
    const counted = Math.min(nights, 7)
    for (let i = 0; i < counted; i++) this.weight /= memory
    const total = (this.nights.get(airport) ?? 0) + counted * this.weight
    this.nights.set(airport, total)
    if (this.airport < 0 || total >= (this.nights.get(this.airport) ?? 0)) this.airport = airport
    if (this.weight > 1e200) this.fade()
  }

  private fade(): void {
    for (const [airport, total] of this.nights) this.nights.set(airport, total / this.weight)
    this.weight = 1
  }
}

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
 * Joins legs to trips: from the home base over any stops until the aircraft is back. Legs of an aircraft without a
 * base yet make no trip. Legs by tail, then departure.
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
  const next = () => result.trips++
  let track = new TripTrack(next)
  for (let leg = 0; leg < legs; leg++) {
    const begins = leg === 0 || tail[leg] !== tail[leg - 1]
    if (begins) track = new TripTrack(next)
    else track.settle(stops.airport[leg - 1], stops.nights[leg - 1])
    const before = begins ? -1 : stops.airport[leg - 1]
    result.trip[leg] = track.depart(origin[leg] >= 0 ? origin[leg] : before)
    result.home[leg] = track.home
    result.homeBase[tail[leg]] = track.home
  }
  return result
}

/**
 * One aircraft on its way through its legs. Its home base is the airport of most nights so far, later ones counting
 * more, so that an aircraft that moves house is followed and nothing depends on what comes after.
 */
export class TripTrack {
  /** Airport; −1 unknown. */
  home = -1
  private readonly nights = new Map<number, number>()
  /** What a night of now weighs: growing it is the same as letting all the others fade. */
  private weight = 1
  private running = -1

  /** @param nextTrip numbers the trips */
  constructor(private readonly nextTrip: () => number) {}

  /** It leaves an airport; answers the number of the trip, −1 for none. */
  depart(from: number): number {
    if (this.home < 0) return -1
    if (from === this.home || this.running < 0) this.running = this.nextTrip()
    return this.running
  }

  /** The stay after the last leg is over. */
  settle(airport: number, nights: number): void {
    if (airport < 0) return
    if (airport === this.home) this.running = -1
    if (nights > 0) this.sleep(airport, nights)
  }

  private sleep(airport: number, nights: number): void {
    // A month in the hangar says no more about home than a week.
    const counted = Math.min(nights, 7)
    for (let i = 0; i < counted; i++) this.weight /= memory
    const total = (this.nights.get(airport) ?? 0) + counted * this.weight
    this.nights.set(airport, total)
    if (this.home < 0 || total >= (this.nights.get(this.home) ?? 0)) this.home = airport
    if (this.weight > 1e200) this.fade()
  }

  private fade(): void {
    for (const [airport, total] of this.nights) this.nights.set(airport, total / this.weight)
    this.weight = 1
  }
}

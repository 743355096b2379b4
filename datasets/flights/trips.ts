import type { Random } from '../random.ts'
import type { AircraftType } from './aircraftTypes.ts'
import { distanceKm, eastward, toUtc } from './places.ts'

/** Minutes since the epoch, UTC. */
export type Minute = number
export const DAY_MINUTES = 1440

/** One flight; airports by index. */
export interface Leg {
  origin: number
  destination: number
  departed: Minute
  arrived: Minute
}

/** Climb, descent and taxi that the trackers see. */
const AROUND_AIRPORTS = 14
/** Share of the time that a wind from the west takes or gives over 30 degrees. */
const WIND = 0.08
const SHORTEST_STAY = 45

/** How a stay ends: after some hours, or in the morning so many nights later. */
type Stay = { hours: number } | { nights: number }
export interface Stop {
  airport: number
  stay: Stay
}

/** Minutes in the air, wind and detours included. */
function blockMinutes(from: number, to: number, type: AircraftType, random: Random): number {
  const wind = 1 - WIND * Math.max(-1, Math.min(1, eastward(from, to) / 30))
  const still = distanceKm(from, to) / type.speed
  return Math.round(AROUND_AIRPORTS + still * wind * random.between(1, 1.08) + random.between(0, 6))
}

/** A trip: from home over the stops and back, the first landing or the first take-off given. */
export function flyTrip(
  home: number,
  stops: readonly Stop[],
  start: { departed: Minute } | { arrived: Minute },
  type: AircraftType,
  random: Random,
): Leg[] {
  const legs: Leg[] = []
  let at = home
  let departed = 0
  for (const { airport, stay } of [...stops, { airport: home, stay: { hours: 0 } }]) {
    const flown = blockMinutes(at, airport, type, random)
    if (legs.length === 0) departed = 'departed' in start ? start.departed : start.arrived - flown
    const arrived = departed + flown
    legs.push({ origin: at, destination: airport, departed, arrived })
    at = airport
    departed =
      'hours' in stay
        ? arrived + Math.max(SHORTEST_STAY, Math.round(60 * stay.hours))
        : morningAfter(arrived, airport, stay.nights, random)
  }
  return legs
}

/** From 7 to 11 in the morning, local time, so many nights later. */
function morningAfter(arrived: Minute, airport: number, nights: number, random: Random): Minute {
  const localDay = Math.floor((arrived - toUtc(airport)) / DAY_MINUTES) + nights
  return localDay * DAY_MINUTES + toUtc(airport) + Math.round(60 * random.between(7, 11))
}

/**
 * A trip to the headquarters of another company that lands there on a given day, late in the morning or
 * early in the afternoon local time, but not before a crew would have got up.
 */
export function visitTrip(
  home: number,
  headquarters: number,
  epochDay: number,
  overnightShare: number,
  customers: readonly number[],
  type: AircraftType,
  random: Random,
): Leg[] {
  const stay: Stay = random.chance(overnightShare)
    ? { nights: random.chance(0.75) ? 1 : 2 }
    : { hours: random.between(2.5, 7) }
  const stops: Stop[] = [{ airport: headquarters, stay }]
  if (random.chance(0.2)) {
    stops.push({
      airport: customers[random.below(customers.length)],
      stay: { hours: random.between(1.5, 5) },
    })
  }
  const landing = epochDay * DAY_MINUTES + toUtc(headquarters) + Math.round(60 * random.between(9.5, 13.5))
  const awake = epochDay * DAY_MINUTES + toUtc(home) + 5 * 60
  const flown = AROUND_AIRPORTS + distanceKm(home, headquarters) / type.speed
  // Never after 20:00 UTC, when New York closes in summer.
  const latest = epochDay * DAY_MINUTES + 19 * 60 + 45
  const arrived = Math.min(latest, Math.max(landing, Math.round(awake + flown)))
  return flyTrip(home, stops, { arrived }, type, random)
}

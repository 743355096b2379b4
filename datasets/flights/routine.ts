import { weekday } from '../calendar.ts'
import type { Random } from '../random.ts'
import { HEADQUARTERS, HUBS, INDUSTRIAL, RESORTS } from './airports.ts'
import type { AircraftType } from './aircraftTypes.ts'
import { distanceKm, toUtc } from './places.ts'
import { DAY_MINUTES, flyTrip, type Leg, type Stop } from './trips.ts'

/** Where a company flies when nothing is afoot; airports by index. */
export interface Habits {
  home: number
  plants: number[]
  customers: number[]
  hubs: number[]
  resorts: number[]
  /** Trips of one aircraft a week. */
  tripsPerWeek: number
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)
const FIRST_HUB = HEADQUARTERS.length
const FIRST_INDUSTRIAL = FIRST_HUB + HUBS.length
const FIRST_RESORT = FIRST_INDUSTRIAL + INDUSTRIAL.length

export function drawHabits(home: number, random: Random): Habits {
  const hubs = random.shuffle(range(FIRST_HUB, HUBS.length))
  const industrial = random.shuffle(range(FIRST_INDUSTRIAL, INDUSTRIAL.length))
  const resorts = random.shuffle(range(FIRST_RESORT, RESORTS.length))
  const plants = 1 + random.below(3)
  return {
    home,
    plants: industrial.slice(0, plants),
    customers: industrial.slice(plants, plants + 4 + random.below(6)),
    hubs: hubs.slice(0, 1 + random.below(3)),
    resorts: resorts.slice(0, 1 + random.below(3)),
    tripsPerWeek: random.between(1.1, 1.9),
  }
}

/** Share of a week's trips that begin on each day, Sunday first. */
const BY_WEEKDAY = [0.08, 0.21, 0.22, 0.19, 0.17, 0.11, 0.02]

/** What is left of business by the season: little between the years, less in July and August. */
function business(month: number, dayOfMonth: number): number {
  if ((month === 12 && dayOfMonth > 20) || (month === 1 && dayOfMonth < 3)) return 0.2
  return month === 7 || month === 8 ? 0.75 : 1
}

/** Chance that a Thursday or Friday begins a weekend away. */
function leisure(month: number, dayOfMonth: number): number {
  if (month === 12 && dayOfMonth > 17) return 0.35
  if (month <= 3 || month === 7 || month === 8) return 0.09
  return 0.04
}

/** The trip that an idle aircraft begins on a day, if any. */
export function drawRoutineTrip(
  habits: Habits,
  epochDay: number,
  type: AircraftType,
  random: Random,
): Leg[] | null {
  const { home, plants, customers, hubs, resorts } = habits
  const day = weekday(epochDay)
  const date = new Date(epochDay * DAY_MINUTES * 60_000)
  const month = date.getUTCMonth() + 1
  const dayOfMonth = date.getUTCDate()
  const pick = (airports: readonly number[]) => airports[random.below(airports.length)]
  const stops: Stop[] = []
  let hour = random.between(6.5, 10.5)
  if ((day === 4 || day === 5) && random.chance(leisure(month, dayOfMonth))) {
    const nights = month === 12 && dayOfMonth > 17 ? 4 + random.below(8) : 8 - day + random.below(2)
    stops.push({ airport: pick(resorts), stay: { nights } })
    hour = random.between(13, 18)
  } else if (random.chance(habits.tripsPerWeek * BY_WEEKDAY[day] * business(month, dayOfMonth))) {
    const kind = random.uniform()
    const airport = pick(kind < 0.35 ? plants : kind < 0.8 ? customers : hubs)
    const nights = random.chance(kind < 0.8 ? 0.3 : 0.6) ? 1 + random.below(2) : 0
    stops.push({ airport, stay: nights > 0 ? { nights } : { hours: random.between(1.5, 7) } })
    if (random.chance(0.3)) stops.push({ airport: pick(customers), stay: { hours: random.between(1, 5) } })
    if (day === 0) hour += 6
  } else {
    return null
  }
  const path = [home, ...stops.map(({ airport }) => airport), home]
  if (path.some((airport, i) => i > 0 && airport === path[i - 1])) return null
  if (path.some((airport, i) => i > 0 && distanceKm(airport, path[i - 1]) > 0.9 * type.range)) return null
  const departed = epochDay * DAY_MINUTES + toUtc(home) + Math.round(60 * hour)
  return flyTrip(home, stops, { departed }, type, random)
}

import { COMPANIES } from '../companies.ts'
import { createRandom, type Random } from '../random.ts'
import type { Assignment } from './fleets.ts'
import type { FlightWorld } from './flightWorld.ts'
import { airportIndex } from './places.ts'
import { drawHabits, drawRoutineTrip, type Habits } from './routine.ts'
import { DAY_MINUTES, flyTrip, visitTrip, type Leg, type Minute } from './trips.ts'
import type { Visit } from './visits.ts'

/** A leg and who flew it. */
export interface FlownLeg extends Leg {
  icao24: string
  /** Index of a company. */
  operator: number
}

interface Timetable {
  aircraft: Assignment
  /** From its first to its last minute on duty. */
  from: Minute
  to: Minute
  /** Trips that are set, in no order, none overlapping. */
  set: Leg[][]
}

/** Between the end of a trip and the start of the next. */
const TURNAROUND = 60

/** A visit moves by so many trading days at most when all aircraft are away. */
const MOST_MOVED = 10

/**
 * Lets every aircraft fly: visits first, on the aircraft that is free, then what the company's habits make of
 * the rest of the time. A visit that finds no aircraft moves by the fewest trading days within what `allows`
 * permits, and its `day` is changed; one for which there is none is dropped.
 * @param dates [days] epoch days
 */
export function flyMarket(
  fleets: readonly Assignment[],
  visits: readonly Visit[],
  dates: Int32Array,
  world: FlightWorld,
  allows: (visit: Visit, day: number) => boolean,
  seed: number,
): { legs: FlownLeg[]; visits: Visit[] } {
  const first = dates[0]
  const end = (dates.at(-1)! + 1) * DAY_MINUTES
  const legs: FlownLeg[] = []
  const made: Visit[] = []
  const operators = [...new Set(fleets.map(({ operator }) => operator))].sort((a, b) => a - b)
  for (const operator of operators) {
    const { symbol, hqAirport } = COMPANIES[operator]
    const random = createRandom(seed, `flights ${symbol}`)
    const habits = drawHabits(airportIndex(hqAirport), createRandom(seed, `habits ${symbol}`))
    const tables: Timetable[] = fleets
      .filter((aircraft) => aircraft.operator === operator)
      .map((aircraft) => ({
        aircraft,
        from: Math.max(aircraft.from, first) * DAY_MINUTES,
        to: aircraft.to === null ? end : Math.min(end, (aircraft.to + 1) * DAY_MINUTES),
        set: [],
      }))
    for (const table of tables) table.set.push(...ferry(table, habits.home, random))
    const wanted = visits.filter(({ visitor }) => visitor === operator).toSorted((a, b) => a.day - b.day)
    for (const visit of wanted) {
      const day = place(visit, tables, habits, dates, world, allows, random)
      if (day !== null) made.push({ ...visit, day })
    }
    for (const table of tables) {
      const { icao24 } = table.aircraft
      for (const leg of fillIn(table, habits, random)) legs.push({ ...leg, icao24, operator })
    }
  }
  return {
    legs,
    visits: made.sort((a, b) => a.day - b.day || a.visitor - b.visitor || a.visited - b.visited),
  }
}

/** An aircraft that was bought flies to its new home on the first day. */
function ferry({ aircraft, from }: Timetable, home: number, random: Random): Leg[][] {
  if (aircraft.boughtFrom === undefined) return []
  const departed = from + 16 * 60 + random.below(180)
  const previousHome = airportIndex(COMPANIES[aircraft.boughtFrom].hqAirport)
  return [
    flyTrip(previousHome, [{ airport: home, stay: { hours: 0 } }], { departed }, aircraft.type, random).slice(
      0,
      1,
    ),
  ]
}

function place(
  visit: Visit,
  tables: readonly Timetable[],
  habits: Habits,
  dates: Int32Array,
  world: FlightWorld,
  allows: (visit: Visit, day: number) => boolean,
  random: Random,
): number | null {
  const headquarters = airportIndex(COMPANIES[visit.visited].hqAirport)
  const order = random.shuffle([...tables.keys()])
  for (let moved = 0; moved <= MOST_MOVED; moved++) {
    for (const day of moved === 0 ? [visit.day] : [visit.day - moved, visit.day + moved]) {
      if (day < 1 || day >= dates.length - 1 || (moved > 0 && !allows(visit, day))) continue
      for (const k of order) {
        const { aircraft, from, to, set } = tables[k]
        const trip = visitTrip(
          habits.home,
          headquarters,
          dates[day],
          world.overnightShare,
          habits.customers,
          aircraft.type,
          random,
        )
        const starts = trip[0].departed
        const ends = trip.at(-1)!.arrived
        const free = set.every(
          (other) => ends + TURNAROUND < other[0].departed || other.at(-1)!.arrived + TURNAROUND < starts,
        )
        if (!free || starts < from || ends > to) continue
        set.push(trip)
        return day
      }
    }
  }
  return null
}

/** All legs of an aircraft in order: the trips that are set, and routine between them. */
function fillIn({ aircraft, from, to, set }: Timetable, habits: Habits, random: Random): Leg[] {
  const trips = set.toSorted((a, b) => a[0].departed - b[0].departed)
  const flown: Leg[] = []
  let free = from
  let next = 0
  for (let day = from / DAY_MINUTES; day < to / DAY_MINUTES; day++) {
    while (next < trips.length && trips[next][0].departed < (day + 1) * DAY_MINUTES) {
      flown.push(...trips[next])
      free = trips[next].at(-1)!.arrived + TURNAROUND
      next++
    }
    if (free > day * DAY_MINUTES + 12 * 60) continue
    const trip = drawRoutineTrip(habits, day, aircraft.type, random)
    if (trip === null) continue
    const ends = trip.at(-1)!.arrived + TURNAROUND
    if (trip[0].departed < free || ends > to) continue
    if (next < trips.length && ends > trips[next][0].departed) continue
    flown.push(...trip)
    free = ends
  }
  return flown
}

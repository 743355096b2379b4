import { epochDay, weekday } from '../calendar.ts'
import type { Random } from '../random.ts'
import type { FlightWorld } from './flightWorld.ts'
import { airportCode } from './places.ts'
import type { FlownLeg } from './schedule.ts'
import { DAY_MINUTES, type Minute } from './trips.ts'

/** A row of the `flights` table; an airport is null where the trackers could not tell it. */
export interface TrackedFlight {
  icao24: string
  departed: Minute
  origin: string | null
  destination: string | null
  arrived: Minute
  /** Epoch day: the first on whose close in New York the row may be used. */
  knownAt: number
}

/** Weeks in which an operator is blocked from the trackers, as epoch days: from, and the first day after. */
export interface HiddenWeeks {
  operator: number
  from: number
  to: number
}

/** Mean and most weeks that a block lasts. */
const MEAN_WEEKS = 3
const MOST_WEEKS = 8

export function drawHiddenWeeks(
  operators: readonly number[],
  dates: Int32Array,
  { hiddenShare }: FlightWorld,
  random: Random,
): HiddenWeeks[] {
  const hidden: HiddenWeeks[] = []
  const last = dates.at(-1)!
  const firstSunday = dates[0] - weekday(dates[0])
  // Of a cycle of open and blocked weeks the share that is blocked.
  const start = hiddenShare / (1 - hiddenShare) / MEAN_WEEKS
  for (const operator of operators) {
    for (let from = firstSunday; from <= last; from += 7) {
      if (!random.chance(start)) continue
      const weeks = Math.min(MOST_WEEKS, 1 + Math.floor(random.exponential(MEAN_WEEKS - 0.5)))
      hidden.push({ operator, from, to: from + 7 * weeks })
      from += 7 * weeks
    }
  }
  return hidden
}

/** What the trackers saw: no flight that began in a hidden week, and not every airport. By aircraft and time. */
export function track(
  legs: readonly FlownLeg[],
  hidden: readonly HiddenWeeks[],
  { unknownShare }: FlightWorld,
  random: Random,
): TrackedFlight[] {
  const blocks = new Map<number, HiddenWeeks[]>()
  for (const weeks of hidden) blocks.set(weeks.operator, [...(blocks.get(weeks.operator) ?? []), weeks])
  const blocked = (operator: number, day: number) =>
    blocks.get(operator)?.some(({ from, to }) => day >= from && day < to) ?? false
  const flights: TrackedFlight[] = []
  for (const { icao24, operator, origin, destination, departed, arrived } of legs) {
    const unknownOrigin = random.chance(unknownShare)
    const unknownDestination = random.chance(unknownShare)
    if (blocked(operator, Math.floor(departed / DAY_MINUTES))) continue
    flights.push({
      icao24,
      departed,
      origin: unknownOrigin ? null : airportCode(origin),
      destination: unknownDestination ? null : airportCode(destination),
      arrived,
      knownAt: knownAt(arrived),
    })
  }
  return flights.sort((a, b) =>
    a.icao24 < b.icao24 ? -1 : a.icao24 > b.icao24 ? 1 : a.departed - b.departed,
  )
}

/** The day of a landing, or the next one when New York has closed by then (16:00 there). */
function knownAt(arrived: Minute): number {
  const day = Math.floor(arrived / DAY_MINUTES)
  const close = summerTime(day) ? 20 * 60 : 21 * 60
  return arrived - day * DAY_MINUTES < close ? day : day + 1
}

/** Daylight saving time in New York: second Sunday of March to first Sunday of November (since 2007). */
function summerTime(day: number): boolean {
  const year = new Date(day * DAY_MINUTES * 60_000).getUTCFullYear()
  const sundayFrom = (earliest: number) => earliest + ((7 - weekday(earliest)) % 7)
  return day >= sundayFrom(epochDay(year, 3, 8)) && day < sundayFrom(epochDay(year, 11, 1))
}

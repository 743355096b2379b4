import { COMPANIES } from '../companies.ts'
import type { Assignment } from './fleets.ts'
import type { TrackedFlight } from './tracking.ts'
import { DAY_MINUTES } from './trips.ts'

/** A visit as the tables show it; companies and trading days by index. */
export interface SeenVisit {
  visitor: number
  visited: number
  /** Day of the landing, and the first day on whose close it is known; a weekend counts as the next Monday. */
  day: number
  known: number
}

/** An airport that a flight did not show is where the next one began, if that was within so many days. */
const LONGEST_STAY = 4

/**
 * Landings of one company's jet at the headquarters of another, by the day they are known. Landings after
 * the last day are left out.
 * @param flights by aircraft, then by time
 */
export function seenVisits(
  flights: readonly TrackedFlight[],
  aircraft: readonly Assignment[],
  dates: Int32Array,
): SeenVisit[] {
  const companyAt = new Map(COMPANIES.map(({ hqAirport }, i) => [hqAirport, i]))
  const holdings = new Map<string, Assignment[]>()
  for (const assignment of aircraft)
    holdings.set(assignment.icao24, [...(holdings.get(assignment.icao24) ?? []), assignment])
  const operatorOf = (icao24: string, day: number) =>
    holdings.get(icao24)?.find(({ from, to }) => day >= from && (to === null || day <= to))?.operator
  const visits: SeenVisit[] = []
  flights.forEach((flight, i) => {
    const next = flights.at(i + 1)
    const continued =
      next?.icao24 === flight.icao24 && next.departed - flight.arrived < LONGEST_STAY * DAY_MINUTES
    const inferred = flight.destination === null && continued
    const airport = inferred ? next.origin : flight.destination
    const visited = airport === null ? undefined : companyAt.get(airport)
    const visitor = operatorOf(flight.icao24, Math.floor(flight.departed / DAY_MINUTES))
    if (visited === undefined || visitor === undefined || visited === visitor) return
    const day = tradingDayFrom(dates, Math.floor(flight.arrived / DAY_MINUTES))
    const known = tradingDayFrom(dates, inferred ? next.knownAt : flight.knownAt)
    if (known < dates.length) visits.push({ visitor, visited, day, known })
  })
  return visits.sort((a, b) => a.known - b.known || a.day - b.day || a.visitor - b.visitor)
}

/** Index of the first trading day not before an epoch day; the number of days when there is none. */
function tradingDayFrom(dates: Int32Array, epochDay: number): number {
  let low = 0
  let high = dates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (dates[middle] < epochDay) low = middle + 1
    else high = middle
  }
  return low
}

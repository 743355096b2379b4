import type { FlightWork } from './flightWork.ts'

/** A landing at the headquarters of somebody else, by an aircraft that does not live there. */
export interface Visits {
  /** [visits] leg of the tables */
  leg: Int32Array
  visitor: Int32Array
  visited: Int32Array
}

/** Where several companies have their headquarters at one airport, a landing there is a visit to each. */
export function visitsOf({ tables, operators, stops, trips }: FlightWork): Visits {
  const { companies, airports } = tables
  const at: number[][] = airports.code.map(() => [])
  companies.headquarters.forEach((airport, company) => airport >= 0 && at[airport].push(company))
  const leg: number[] = []
  const visitor: number[] = []
  const visited: number[] = []
  operators.forEach((company, i) => {
    const airport = stops.airport[i]
    if (company < 0 || airport < 0 || at[airport].length === 0) return
    if (airport === companies.headquarters[company] || airport === trips.home[i]) return
    for (const other of at[airport]) {
      leg.push(i)
      visitor.push(company)
      visited.push(other)
    }
  })
  return {
    leg: Int32Array.from(leg),
    visitor: Int32Array.from(visitor),
    visited: Int32Array.from(visited),
  }
}

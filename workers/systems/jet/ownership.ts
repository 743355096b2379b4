import type { FlightTables } from '../../quant/flightTables.ts'

/** Minutes of a day; legs are timed in minutes since the epoch. */
export const dayMinutes = 1440

/** Who operated a tail on a day: registers change hands, and yesterday's owner must not get today's legs. */
export class Ownership {
  /** [tails + 1] where the rows of each tail begin */
  private readonly first: Int32Array

  constructor(
    private readonly rows: FlightTables['ownership'],
    tails: number,
  ) {
    this.first = new Int32Array(tails + 1)
    for (const tail of rows.tail) this.first[tail + 1]++
    for (let tail = 0; tail < tails; tail++) this.first[tail + 1] += this.first[tail]
  }

  /** Index of the company; −1 where nobody is known to have had it. Of several the one that came last has it. */
  companyOf(tail: number, epochDay: number): number {
    const { company, from, to } = this.rows
    for (let row = this.first[tail + 1] - 1; row >= this.first[tail]; row--)
      if (epochDay >= from[row] && epochDay <= to[row]) return company[row]
    return -1
  }
}

/** [legs] the operator on the day of the departure; −1 = nobody known */
export function operatorsOf({ ownership, tails, flights }: FlightTables): Int32Array {
  const owners = new Ownership(ownership, tails.icao24.length)
  return flights.tail.map((tail, leg) =>
    owners.companyOf(tail, Math.floor(flights.departed[leg] / dayMinutes)),
  )
}

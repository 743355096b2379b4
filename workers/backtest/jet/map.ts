import { dayMinutes } from '../../systems/jet/ownership.ts'
import { mondayOf } from '../../systems/jet/weeks.ts'
import type { FlightMap } from './contract.ts'
import type { FlightWork } from './flightWork.ts'

/** Everything that flew, in the order of departure. */
export function flightMap(work: FlightWork, simulated: boolean): FlightMap {
  const { tables, operators, trips, hiddenWeeks } = work
  const { airports, companies, tails, flights } = tables
  const order = departureOrder(flights.departed)
  const inOrder = <T extends Int32Array | Float64Array>(column: T): T => {
    const sorted = column.slice() as T
    order.forEach((leg, at) => (sorted[at] = column[leg]))
    return sorted
  }
  const departed = inOrder(flights.departed)
  return {
    airports: { ...airports },
    companies: {
      symbol: companies.symbol,
      name: companies.name,
      headquarters: companies.headquarters,
    },
    tails: { ...tails },
    legs: {
      tail: inOrder(flights.tail),
      company: inOrder(operators),
      departed,
      arrived: inOrder(flights.arrived),
      origin: inOrder(flights.origin),
      destination: inOrder(flights.destination),
      trip: inOrder(trips.trip),
    },
    homeBase: trips.homeBase,
    hiddenWeeks: { company: hiddenWeeks.company, week: hiddenWeeks.week.map(mondayOf) },
    problems: tables.problems,
    from: departed.length === 0 ? 0 : Math.floor(departed[0] / dayMinutes),
    to: departed.length === 0 ? 0 : Math.floor(departed[departed.length - 1] / dayMinutes),
    simulated,
  }
}

/** [legs] leg of the tables that comes there on the map; of legs that depart at one time the earlier of the tables. */
export function departureOrder(departed: Float64Array): Int32Array {
  return Int32Array.from(departed.keys()).sort((a, b) => departed[a] - departed[b] || a - b)
}

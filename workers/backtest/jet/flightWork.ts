import type { FlightTables } from '../../quant/flightTables.ts'
import { hiddenWeeksOf } from '../../systems/jet/hiddenWeeks.ts'
import type { HiddenWeeks } from '../../systems/jet/hiddenWeeks.ts'
import { operatorsOf } from '../../systems/jet/ownership.ts'
import { stopsOf } from '../../systems/jet/stops.ts'
import type { Stops } from '../../systems/jet/stops.ts'
import { tripsOf } from '../../systems/jet/trips.ts'
import type { Trips } from '../../systems/jet/trips.ts'

/** The tables, and what is worked out of them once for all the answers about the map. Legs as in the tables. */
export interface FlightWork {
  tables: FlightTables
  /** [legs] operator on the day of the departure; −1 unknown */
  operators: Int32Array
  stops: Stops
  trips: Trips
  hiddenWeeks: HiddenWeeks
}

export function flightWorkOf(tables: FlightTables): FlightWork {
  const stops = stopsOf(tables)
  return {
    tables,
    operators: operatorsOf(tables),
    stops,
    trips: tripsOf(tables, stops),
    hiddenWeeks: hiddenWeeksOf(tables),
  }
}

import { COMPANIES } from '../companies.ts'
import type { SimulatedMarket } from '../market.ts'
import type { MarketPart } from '../marketTables.ts'
import type { MarketOutline } from '../outline.ts'
import { createRandom } from '../random.ts'
import { companyEvents, type CompanyEvent } from './events.ts'
import { drawFleets, type Assignment } from './fleets.ts'
import { aircraftCsv, airportsCsv, eventsCsv, flightsCsv } from './flightTables.ts'
import { drawFlightWorld, LONGEST_LEAD, SHORTEST_LEAD, type FlightWorld } from './flightWorld.ts'
import { runJetOracle, type JetOracleFigures } from './jetOracle.ts'
import { flyMarket } from './schedule.ts'
import { drawHiddenWeeks, track, type HiddenWeeks, type TrackedFlight } from './tracking.ts'
import { drawDealVisits, drawInnocentVisits, innocentFor, type Visit } from './visits.ts'

export interface FlightTables {
  /** By aircraft, then by time. */
  aircraft: Assignment[]
  flights: TrackedFlight[]
  /** By company, then by day. */
  events: CompanyEvent[]
  truth: FlightTruth
}

/** What only the generator knows of the flights. */
export interface FlightTruth {
  world: FlightWorld
  /** All visits that were flown, seen by the trackers or not, by day. */
  visits: Visit[]
  hidden: HiddenWeeks[]
  oracle: JetOracleFigures
}

/** Lets the operators of a market fly. Draws from streams of its own; needs no prices. */
export function drawFlights(outline: MarketOutline): FlightTables {
  const { seed, strength, dates, symbols, companies, deals, operators } = outline
  const stream = (label: string) => createRandom(seed, label)
  const days = dates.length
  const dayOf = new Map(Array.from(dates, (date, day) => [date, day]))
  const listedUntil = Int32Array.from(COMPANIES, (_, i) => {
    const { delistedOn } = companies[i]
    return delistedOn === null ? days - 1 : dayOf.get(delistedOn)!
  })

  const world = drawFlightWorld(days, stream('flight world'))
  const planned = drawDealVisits(deals, world, strength, stream('deal visits'), stream('permuted visits'))
  const innocent = drawInnocentVisits(
    COMPANIES,
    listedUntil,
    days,
    innocentFor(planned.length),
    world,
    stream('innocent visits'),
  )
  const inTime = ({ deal, linked }: Visit, day: number) => {
    if (deal === null || !linked) return true
    const lead = deals[deal].announced - day
    return lead >= SHORTEST_LEAD && lead <= LONGEST_LEAD
  }
  const aircraft = drawFleets(COMPANIES, dates[0], dates[days - 1], stream('fleets'))
  const { legs, visits } = flyMarket(aircraft, [...planned, ...innocent], dates, world, inTime, seed)
  const hidden = drawHiddenWeeks(operators, dates, world, stream('hidden weeks'))
  const flights = track(legs, hidden, world, stream('trackers'))
  const events = companyEvents(symbols, deals, dates, listedUntil, seed)
  const oracle = runJetOracle({ dates, aircraft, flights, events }, world)
  return { aircraft, flights, events, truth: { world, visits, hidden, oracle } }
}

/** The files of the flights, and their truth. */
export function flightsPart(market: SimulatedMarket): MarketPart {
  const { aircraft, flights, events, truth } = drawFlights({ ...market, ...market.truth })
  const tables = [
    airportsCsv(),
    aircraftCsv(aircraft, market.symbols),
    flightsCsv(flights),
    eventsCsv(events, market.symbols),
  ]
  return { tables, truth: { ...truth } }
}

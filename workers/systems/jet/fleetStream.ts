import { eventKinds, type FlightTables } from '../../quant/flightTables.ts'
import { Airfield } from './airfield.ts'
import { CompanyLog, type SeenVisit } from './companyLog.ts'
import { dayMinutes, operatorsOf } from './ownership.ts'
import { Places } from './places.ts'
import { arrivalOf, stopBetween } from './stops.ts'
import { TripTrack } from './trips.ts'
import { weekOf } from './weeks.ts'

/** What is known of each leg; arrays by leg. */
export interface LegFacts {
  /** airport where it ended, told or inferred from the next leg; −1 unknown */
  stop: Int32Array
  /** nights spent there; 0 while nothing follows */
  nights: Int32Array
  trip: Int32Array
  home: Int32Array
  /** landings of the company at the airport before, older ones counting less */
  familiar: Float32Array
  /** other companies that landed there in the half year before; whether one did within 48 hours */
  guests: Int16Array
  shared: Uint8Array
}

/** One tail's legs that are known, by departure. */
interface TailState {
  legs: number[]
  track: TripTrack
}

/**
 * All that is known of all fleets, day by day: rows are taken in on the day they become known and never before, so
 * nothing read from it can look ahead. Whoever reads it at the close of a day sees what a person could have seen.
 */
export class FleetStream {
  readonly facts: LegFacts
  /** [legs] operator on the day of departure; −1 nobody known */
  readonly operator: Int32Array
  readonly places: Places
  readonly companies: (CompanyLog | undefined)[]
  /** [companies] visits by anyone to it, by the day they became known */
  readonly visitsTo: SeenVisit[][]
  /** [companies] epoch day of the takeover that was announced and not broken off; NaN = none */
  readonly targetOn: Float64Array
  /** [companies] epoch day of the last purchase it announced; NaN = none */
  readonly acquirerOn: Float64Array
  private readonly order: Int32Array
  private readonly airfields = new Map<number, Airfield>()
  private readonly tails: (TailState | undefined)[]
  private readonly firstWeek: number
  private readonly weeks: number
  private taken = 0
  private told = 0
  private trips = 0
  private fresh: SeenVisit[] = []

  /**
   * @param until last epoch day it will be advanced to
   * @param skipped legs that are left out as if nobody had seen them
   */
  constructor(
    private readonly tables: FlightTables,
    until: number,
    skipped: ReadonlySet<number> = new Set(),
  ) {
    const { flights, companies, tails } = tables
    const legs = flights.tail.length
    this.places = new Places(tables)
    this.operator = operatorsOf(tables)
    this.facts = {
      stop: new Int32Array(legs).fill(-1),
      nights: new Int32Array(legs),
      trip: new Int32Array(legs).fill(-1),
      home: new Int32Array(legs).fill(-1),
      familiar: new Float32Array(legs).fill(NaN),
      guests: new Int16Array(legs),
      shared: new Uint8Array(legs),
    }
    this.order = byKnowledge(flights, skipped)
    let first = until * dayMinutes
    let last = first
    for (const minute of flights.departed) {
      first = Math.min(first, minute)
      last = Math.max(last, minute)
    }
    this.firstWeek = weekOf(Math.floor(first / dayMinutes))
    this.weeks = weekOf(Math.floor(last / dayMinutes)) - this.firstWeek + 1
    const count = companies.symbol.length
    this.companies = Array.from({ length: count }, () => undefined)
    this.visitsTo = Array.from({ length: count }, () => [])
    this.targetOn = new Float64Array(count).fill(NaN)
    this.acquirerOn = new Float64Array(count).fill(NaN)
    this.tails = Array.from({ length: tails.icao24.length }, () => undefined)
  }

  /** Takes in what is known at the close of the day; answers the visits that have become known. */
  advance(epochDay: number): SeenVisit[] {
    const { flights, events } = this.tables
    this.fresh = []
    for (; this.taken < this.order.length; this.taken++) {
      const leg = this.order[this.taken]
      if (flights.known[leg] > epochDay) break
      this.take(leg)
    }
    for (; this.told < events.day.length && events.day[this.told] <= epochDay; this.told++)
      this.hear(this.told)
    return this.fresh
  }

  private take(leg: number): void {
    const { departed, tail } = this.tables.flights
    const company = this.operator[leg]
    if (company >= 0) {
      const log = (this.companies[company] ??= new CompanyLog(this.firstWeek, this.weeks))
      log.add(leg, departed)
      log.weeks.add(this.weekOfLeg(leg))
    }
    const state = (this.tails[tail[leg]] ??= { legs: [], track: this.newTrack() })
    const last = state.legs.at(-1)
    if (last === undefined || departed[last] <= departed[leg]) {
      state.legs.push(leg)
      this.follow(state.track, last, leg)
    } else this.rewrite(state, leg)
  }

  /** The next leg of a tail, and what it says of the one before. */
  private follow(track: TripTrack, last: number | undefined, leg: number): void {
    const { flights, airports } = this.tables
    const { stop, nights, trip, home } = this.facts
    if (last !== undefined) {
      const between = stopBetween(flights, airports, last, leg)
      nights[last] = between.nights
      if (stop[last] < 0 && between.airport >= 0) this.land(last, between.airport)
      track.settle(stop[last], nights[last])
    }
    const origin = flights.origin[leg]
    trip[leg] = track.depart(origin >= 0 || last === undefined ? origin : stop[last])
    home[leg] = track.home
    if (stop[leg] < 0 && flights.destination[leg] >= 0) this.land(leg, flights.destination[leg])
  }

  /** A leg that became known after a later one: the tail is read again from its beginning. */
  private rewrite(state: TailState, leg: number): void {
    const { departed } = this.tables.flights
    const at = state.legs.findIndex((other) => departed[other] > departed[leg])
    state.legs.splice(at, 0, leg)
    state.track = this.newTrack()
    let last: number | undefined
    for (const each of state.legs) {
      this.follow(state.track, last, each)
      last = each
    }
  }

  private newTrack(): TripTrack {
    return new TripTrack(() => this.trips++)
  }

  /** It is known where a leg ended. */
  private land(leg: number, airport: number): void {
    const { departed, arrived } = this.tables.flights
    const { facts, places } = this
    const at = arrivalOf(departed[leg], arrived[leg])
    facts.stop[leg] = airport
    const company = this.operator[leg]
    const log = this.companies[company]
    if (!log) return
    let airfield = this.airfields.get(airport)
    if (!airfield) this.airfields.set(airport, (airfield = new Airfield()))
    facts.guests[leg] = airfield.guests(company, at)
    facts.shared[leg] = Number(airfield.isShared(company, at))
    airfield.land(company, at)
    facts.familiar[leg] = log.familiarity(airport, at)
    const week = this.weekOfLeg(leg) - this.firstWeek
    const { weeks } = log
    weeks.landings[week]++
    if (facts.familiar[leg] < 0.5) weeks.novel[week]++
    const headquarters = this.tables.companies.headquarters[company]
    const km = places.km(airport, headquarters)
    if (!Number.isNaN(km)) weeks.away[week] += km
    // Coming home to an airport that others share is no visit.
    if (airport === headquarters || airport === facts.home[leg]) return
    for (const visited of places.companiesAt[airport]) {
      const visit: SeenVisit = { visitor: company, visited, leg, at }
      weeks.visits[week]++
      log.visits.push(visit)
      this.visitsTo[visited].push(visit)
      this.fresh.push(visit)
    }
  }

  private hear(row: number): void {
    const { company, day, kind } = this.tables.events
    const who = company[row]
    switch (eventKinds[kind[row]]) {
      case 'target':
      case 'merger':
        this.targetOn[who] = day[row]
        break
      case 'acquirer':
        this.acquirerOn[who] = day[row]
        break
      case 'terminated':
        this.targetOn[who] = NaN
        break
      case 'earnings':
      case 'other':
    }
  }

  private weekOfLeg(leg: number): number {
    return weekOf(Math.floor(this.tables.flights.departed[leg] / dayMinutes))
  }
}

/** Legs in the order in which they become known, then by departure, tail and place in the table. */
function byKnowledge(
  { known, departed, tail }: FlightTables['flights'],
  skipped: ReadonlySet<number>,
): Int32Array {
  const order = Int32Array.from(known.keys())
  const kept = skipped.size === 0 ? order : order.filter((leg) => !skipped.has(leg))
  return kept.sort((a, b) => known[a] - known[b] || departed[a] - departed[b] || tail[a] - tail[b] || a - b)
}

import { log } from '../../quant/elementary.ts'
import type { FlightTables } from '../../quant/flightTables.ts'
import { ageBucket } from './ages.ts'
import type { CompanyLog } from './companyLog.ts'
import type { FleetStream } from './fleetStream.ts'
import { dayMinutes } from './ownership.ts'
import { arrivalOf, localDay, solarMinutes } from './stops.ts'
import type { Summary } from './summary.ts'
import { summaryNames } from './summary.ts'
import { mondayOf, weekOf } from './weeks.ts'

/** Tokens of each level behind the summary token, newest first. */
export const weekTokens = 26
export const tripTokens = 8
export const legTokens = 32
export const sequenceLength = 1 + weekTokens + tripTokens + legTokens

export const levelNames = ['summary', 'week', 'trip', 'leg']
const weekNames = [
  'legs',
  'unusually many legs',
  'share of new destinations',
  'distance from headquarters',
  'visits to headquarters',
  'visits to the visited company',
  'hidden',
]
const tripNames = [
  'legs',
  'nights away',
  'airports',
  'back at the base',
  'over a weekend',
  'headquarters visited',
  'visited company among them',
]
const legNames = [
  'distance',
  'duration',
  'local hour of the landing',
  'weekday of the landing',
  'days since the leg before',
  'familiarity of the destination',
  'near another headquarters',
  'guests of the destination',
  'another jet within 48 hours',
  'to the visited company',
  'to a headquarters',
  'destination unknown',
  'nights there',
]

/** One name per column: what it means at each level. */
export const sequenceNames = columnNames([summaryNames, weekNames, tripNames, legNames])
export const sequenceWidth = sequenceNames.length

function columnNames(levels: readonly (readonly string[])[]): string[] {
  const width = Math.max(...levels.map((names) => names.length))
  return Array.from({ length: width }, (_, column) =>
    levels
      .flatMap((names, level) => (column < names.length ? [`${levelNames[level]}: ${names[column]}`] : []))
      .join(' | '),
  )
}

/** Where the tokens of one row go. */
export interface TokenRoom {
  /** [sequenceLength × sequenceWidth] */
  values: Float32Array
  /** [sequenceLength] */
  levels: Int8Array
  ages: Uint8Array
  /** [legTokens] */
  legs: Int32Array
}

/** Writes the tokens of a company at the close of a day; `visited` −1 where the row is about no visit. */
export function writeTokens(
  room: TokenRoom,
  stream: FleetStream,
  tables: FlightTables,
  companyLog: CompanyLog,
  summary: Summary,
  { day, visited }: { day: number; visited: number },
): void {
  room.values.fill(NaN)
  room.levels.fill(-1)
  room.ages.fill(0)
  room.legs.fill(-1)
  let token = 0
  const begin = (level: number, age: number): Float32Array => {
    room.levels[token] = level
    room.ages[token] = ageBucket(age)
    const from = token++ * sequenceWidth
    return room.values.subarray(from, from + sequenceWidth)
  }
  begin(0, 0).set(summary)
  writeWeeks(begin, companyLog, { day, visited })
  token = 1 + weekTokens
  writeTrips(begin, stream, tables, companyLog, { day, visited })
  token = 1 + weekTokens + tripTokens
  writeLegs(begin, room.legs, stream, tables, companyLog, { day, visited })
}

type Begin = (level: number, age: number) => Float32Array

interface About {
  day: number
  visited: number
}

function writeWeeks(begin: Begin, { weeks, visits }: CompanyLog, { day, visited }: About): void {
  const now = weekOf(day)
  const toVisited = new Map<number, number>()
  for (let i = visits.length - 1; i >= 0 && visited >= 0; i--) {
    const week = weekOf(Math.floor(visits[i].at / dayMinutes))
    if (visits[i].visited === visited) toVisited.set(week, (toVisited.get(week) ?? 0) + 1)
  }
  for (let back = 0; back < weekTokens; back++) {
    const week = now - back
    if (!weeks.hasBegun(week)) continue
    const at = week - weeks.first
    const landings = weeks.landings[at] ?? 0
    begin(1, Math.max(0, day - mondayOf(week))).set([
      weeks.isHidden(week) ? NaN : log(1 + (weeks.legs[at] ?? 0)),
      weeks.score(week),
      landings > 0 ? weeks.novel[at] / landings : NaN,
      landings > 0 ? weeks.away[at] / landings / 1000 : NaN,
      weeks.visits[at] ?? 0,
      visited < 0 ? NaN : (toVisited.get(week) ?? 0),
      Number(weeks.isHidden(week)),
    ])
  }
}

function writeTrips(
  begin: Begin,
  { facts, places }: FleetStream,
  { flights, companies }: FlightTables,
  { legs }: CompanyLog,
  { day, visited }: About,
): void {
  /** newest first */
  const trips = new Map<number, number[]>()
  for (let i = legs.length - 1; i >= 0; i--) {
    const trip = facts.trip[legs[i]]
    if (trip < 0) continue
    const own = trips.get(trip)
    if (own) own.push(legs[i])
    else if (trips.size === tripTokens) break
    else trips.set(trip, [legs[i]])
  }
  for (const own of trips.values()) {
    const airports = new Set<number>()
    let nights = 0
    let headquarters = 0
    let met = 0
    let weekend = 0
    for (const leg of own) {
      const stop = facts.stop[leg]
      const home = facts.home[leg]
      weekend = Math.max(weekend, Number(isWeekend(Math.floor(flights.departed[leg] / dayMinutes))))
      if (stop < 0 || stop === home) continue
      airports.add(stop)
      nights += facts.nights[leg]
      if (places.companiesAt[stop].length > 0) headquarters++
      if (visited >= 0 && companies.headquarters[visited] === stop) met++
    }
    const [newest] = own
    const first = own[own.length - 1]
    begin(2, Math.max(0, day - Math.floor(flights.departed[first] / dayMinutes))).set([
      log(own.length),
      log(1 + nights),
      log(1 + airports.size),
      Number(facts.stop[newest] >= 0 && facts.stop[newest] === facts.home[newest]),
      weekend,
      headquarters,
      visited < 0 ? NaN : met,
    ])
  }
}

function writeLegs(
  begin: Begin,
  room: Int32Array,
  { facts, places, operator }: FleetStream,
  { flights, airports, companies }: FlightTables,
  { legs }: CompanyLog,
  { day, visited }: About,
): void {
  const count = Math.min(legTokens, legs.length)
  for (let back = 0; back < count; back++) {
    const leg = legs[legs.length - 1 - back]
    const before = legs[legs.length - 2 - back]
    const stop = facts.stop[leg]
    const landed = arrivalOf(flights.departed[leg], flights.arrived[leg])
    const shift = stop < 0 ? 0 : solarMinutes(airports.longitude[stop])
    const km = places.km(flights.origin[leg], stop)
    const nearKm = places.kmToOthers(stop, operator[leg])
    room[back] = leg
    begin(3, Math.max(0, day - Math.floor(flights.departed[leg] / dayMinutes))).set([
      log(1 + km / 100),
      Number.isNaN(flights.arrived[leg]) ? NaN : log(1 + (landed - flights.departed[leg]) / 60),
      stop < 0 ? NaN : (landed + shift - localDay(landed, shift) * dayMinutes) / 60,
      stop < 0 ? NaN : weekday(localDay(landed, shift)),
      before === undefined
        ? NaN
        : log(1 + Math.max(0, flights.departed[leg] - flights.departed[before]) / dayMinutes),
      stop < 0 ? NaN : log(1 + facts.familiar[leg]),
      stop < 0 ? NaN : Number(!Number.isNaN(nearKm)),
      stop < 0 ? NaN : log(1 + facts.guests[leg]),
      stop < 0 ? NaN : facts.shared[leg],
      visited < 0 || stop < 0 ? NaN : Number(companies.headquarters[visited] === stop),
      stop < 0 ? NaN : Number(places.companiesAt[stop].some((company) => company !== operator[leg])),
      Number(stop < 0),
      stop < 0 ? NaN : log(1 + facts.nights[leg]),
    ])
  }
}

/** 0 = Monday. */
export function weekday(epochDay: number): number {
  return (((epochDay + 3) % 7) + 7) % 7
}

function isWeekend(epochDay: number): boolean {
  return weekday(epochDay) >= 5
}

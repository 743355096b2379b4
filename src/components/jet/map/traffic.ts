import type { FlightMap } from '../../../../workers/backtest/api.ts'

/** The pairs of airports between which anything flew, both ways taken together. */
export interface Routes {
  /** [routes] indices of the two airports, the lower first */
  a: Int32Array
  b: Int32Array
  /** [legs] −1 where an end is unknown, or both are the same */
  ofLeg: Int32Array
}

export function routesOf({ airports, legs }: FlightMap): Routes {
  const places = airports.code.length
  const known = new Map<number, number>()
  const ofLeg = new Int32Array(legs.origin.length).fill(-1)
  for (let leg = 0; leg < ofLeg.length; leg++) {
    const from = legs.origin[leg]
    const to = legs.destination[leg]
    if (from < 0 || to < 0 || from === to) continue
    const pair = Math.min(from, to) * places + Math.max(from, to)
    let route = known.get(pair)
    if (route === undefined) known.set(pair, (route = known.size))
    ofLeg[leg] = route
  }
  const pairs = [...known.keys()]
  return {
    a: Int32Array.from(pairs, (pair) => Math.floor(pair / places)),
    b: Int32Array.from(pairs, (pair) => pair % places),
    ofLeg,
  }
}

/** Which legs count; an empty list = all. */
export interface LegChoice {
  companies: readonly number[]
  tails: readonly number[]
  /** Index of an airport that the leg begins or ends at; −1 = any */
  airport: number
}

export const everyLeg: LegChoice = { companies: [], tails: [], airport: -1 }

export const choosesAll = (choice: LegChoice): boolean =>
  choice.companies.length === 0 && choice.tails.length === 0 && choice.airport < 0

/** Says of a leg whether it is chosen. */
export function chosenLegs(
  { companies, tails, legs }: FlightMap,
  choice: LegChoice,
): (leg: number) => boolean {
  const flags = (size: number, wanted: readonly number[]) => {
    if (wanted.length === 0) return null
    const marked = new Uint8Array(size)
    for (const index of wanted) marked[index] = 1
    return marked
  }
  const ofCompany = flags(companies.symbol.length, choice.companies)
  const ofTail = flags(tails.icao24.length, choice.tails)
  const { airport } = choice
  return (leg) =>
    (ofCompany === null || ofCompany[legs.company[leg]] === 1) &&
    (ofTail === null || ofTail[legs.tail[leg]] === 1) &&
    (airport < 0 || legs.origin[leg] === airport || legs.destination[leg] === airport)
}

/** What flew, counted. */
export interface Traffic {
  legs: number
  /** Legs of which an end is unknown: counted, and on no route. */
  unknown: number
  /** [routes] legs from the first airport to the second, and back */
  out: Int32Array
  back: Int32Array
  /** [airports] */
  departures: Int32Array
  landings: Int32Array
}

/** @param from, to legs by their order of departure, the second excluded */
export function trafficOf(
  map: FlightMap,
  routes: Routes,
  choice: LegChoice,
  from: number,
  to: number,
): Traffic {
  const { legs, airports } = map
  const chosen = chosenLegs(map, choice)
  const traffic: Traffic = {
    legs: 0,
    unknown: 0,
    out: new Int32Array(routes.a.length),
    back: new Int32Array(routes.a.length),
    departures: new Int32Array(airports.code.length),
    landings: new Int32Array(airports.code.length),
  }
  for (let leg = from; leg < to; leg++) {
    if (!chosen(leg)) continue
    traffic.legs++
    const origin = legs.origin[leg]
    const destination = legs.destination[leg]
    if (origin >= 0) traffic.departures[origin]++
    if (destination >= 0) traffic.landings[destination]++
    if (origin < 0 || destination < 0) traffic.unknown++
    const route = routes.ofLeg[leg]
    if (route < 0) continue
    if (routes.a[route] === origin) traffic.out[route]++
    else traffic.back[route]++
  }
  return traffic
}

/** Routes with any leg, the fewest legs first, at most the `most` busiest. */
export function busiestRoutes({ out, back }: Traffic, most: number): Int32Array {
  const flown: number[] = []
  let largest = 0
  for (let route = 0; route < out.length; route++) {
    const legs = out[route] + back[route]
    if (legs > 0) flown.push(route)
    largest = Math.max(largest, legs)
  }
  // By counting, because this is done for every step of time.
  const starts = new Int32Array(largest + 2)
  for (const route of flown) starts[out[route] + back[route] + 1]++
  for (let legs = 0; legs <= largest; legs++) starts[legs + 1] += starts[legs]
  const ordered = new Int32Array(flown.length)
  for (const route of flown) ordered[starts[out[route] + back[route]]++] = route
  return ordered.subarray(Math.max(0, ordered.length - most))
}

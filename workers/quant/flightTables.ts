/**
 * What the Jet system reads, as columns of numbers: airports, companies, aircraft and who operated them, legs,
 * announcements. Airports, companies and tails are named by their index; −1 = unknown.
 */
export interface FlightTables {
  airports: {
    code: string[]
    name: string[]
    /** [airports] degrees */
    latitude: Float64Array
    longitude: Float64Array
  }
  /** Every company that a table names; in the order of their symbols. */
  companies: {
    symbol: string[]
    name: string[]
    /** [companies] index of the airport of its headquarters */
    headquarters: Int32Array
    /** [companies] an arbitrary but stable number per sector; −1 unknown */
    sector: Int32Array
  }
  tails: {
    icao24: string[]
    /** As the registry writes it; '' where it does not. */
    registration: string[]
    type: string[]
  }
  /** Who operated a tail, by tail, then first day; days are epoch days, both included. */
  ownership: {
    tail: Int32Array
    company: Int32Array
    /** `openFrom` where it is not told since when, `openTo` where it still lasts */
    from: Int32Array
    to: Int32Array
  }
  /** By tail, then departure. */
  flights: {
    tail: Int32Array
    /** Minutes since the epoch, UTC; `arrived` NaN where it is not told. */
    departed: Float64Array
    arrived: Float64Array
    /** Indices of airports; −1 unknown. */
    origin: Int32Array
    destination: Int32Array
    /** First epoch day on whose close the row may be used. */
    known: Int32Array
  }
  /** By day. An announcement is known on its day. */
  events: {
    company: Int32Array
    day: Int32Array
    /** Index into `eventKinds`. */
    kind: Uint8Array
    /** −1 = none, or none that a table knows. */
    counterparty: Int32Array
  }
  /** What of the files could not be used as it stands; nothing is dropped without being counted here. */
  problems: FlightProblem[]
}

export const openFrom = -(2 ** 31)
export const openTo = 2 ** 31 - 1

export const eventKinds = ['target', 'acquirer', 'merger', 'terminated', 'earnings', 'other'] as const
export type EventKind = (typeof eventKinds)[number]

export type FlightProblemKind =
  /** A leg names an airport that no table has: it counts as unknown. */
  | 'unknown-airport'
  /** A leg that arrives before it departs: the arrival counts as unknown. */
  | 'arrives-before-departing'
  /** A leg that its file calls known before it was over: it counts as known on the day it ended. */
  | 'known-too-early'
  /** The same aircraft leaves at the same moment twice: the fuller of the rows is used. */
  | 'repeated-leg'
  /** An aircraft listed several times with the same first day: the last row is used. */
  | 'repeated-tail'
  /** A row whose last day comes before its first: it says nothing of who operated the aircraft. */
  | 'ends-before-it-begins'
  /** A tail that two companies operated on one day: the one that came later has it. */
  | 'two-owners'
  /** Legs of a tail that nobody is known to have operated then: shown on the map, no signal. */
  | 'nobody-s-leg'
  /** A company that has aircraft of which no leg is known. */
  | 'no-flights'
  /** A company without a headquarters, or at an airport that no table has. */
  | 'no-headquarters'
  /** Aircraft whose owner no company has been matched to. */
  | 'unmatched-owner'
  /** An announcement that no company has been matched to: left out. */
  | 'event-of-nobody'
  /** An announcement of which only the month or the year is known: left out. */
  | 'event-without-day'

export interface FlightProblem {
  kind: FlightProblemKind
  count: number
  /** One sentence: what, how many, what was done. */
  text: string
  /** Some of them, at most ten. */
  examples: string[]
}

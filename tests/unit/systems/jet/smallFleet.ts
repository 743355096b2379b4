import {
  eventKinds,
  openFrom,
  openTo,
  type EventKind,
  type FlightTables,
} from '../../../../workers/quant/flightTables.ts'

/** Airports a degree apart on the equator, so that distances are 111 km times their difference. */
export const airportCodes = ['HOME', 'SEAT', 'PLNT', 'FARR', 'BASE']

export interface SmallLeg {
  tail?: string
  /** Epoch day and hour of the departure, UTC. */
  day: number
  hour?: number
  /** Hours in the air; null = the arrival is not told. */
  hours?: number | null
  from: string | null
  to: string | null
  /** Epoch day; that of the landing by default. */
  known?: number
}

export interface SmallFleet {
  /** Symbol → airport of its headquarters; null = none. */
  companies: Record<string, string | null>
  /** Tail, company, first and last day. */
  owners: [tail: string, company: string, from?: number, to?: number][]
  legs: SmallLeg[]
  events?: { company: string; day: number; kind: EventKind; counterparty?: string }[]
}

export function smallFleet({ companies, owners, legs, events = [] }: SmallFleet): FlightTables {
  const symbols = Object.keys(companies).sort()
  const tails = [...new Set([...owners.map(([tail]) => tail), ...legs.map(({ tail = 'T1' }) => tail)])].sort()
  const airport = (code: string | null) => (code === null ? -1 : airportCodes.indexOf(code))
  const flown = legs
    .map(({ tail = 'T1', day, hour = 12, hours = 1, from, to, known }) => {
      const departed = day * 1440 + hour * 60
      const arrived = hours === null ? NaN : departed + hours * 60
      const landed = Number.isNaN(arrived) ? departed : arrived
      return {
        tail: tails.indexOf(tail),
        departed,
        arrived,
        from,
        to,
        known: known ?? Math.floor(landed / 1440),
      }
    })
    .sort((a, b) => a.tail - b.tail || a.departed - b.departed)
  const owned = owners
    .map(([tail, company, from = openFrom, to = openTo]) => ({
      tail: tails.indexOf(tail),
      company: symbols.indexOf(company),
      from,
      to,
    }))
    .sort((a, b) => a.tail - b.tail || a.from - b.from)
  const told = events.toSorted((a, b) => a.day - b.day)
  return {
    airports: {
      code: airportCodes,
      name: airportCodes,
      latitude: new Float64Array(airportCodes.length),
      longitude: Float64Array.from(airportCodes, (_, i) => i),
    },
    companies: {
      symbol: symbols,
      name: symbols,
      headquarters: Int32Array.from(symbols, (symbol) => airport(companies[symbol])),
      sector: new Int32Array(symbols.length),
    },
    tails: { icao24: tails, registration: tails, type: tails.map(() => '') },
    ownership: {
      tail: Int32Array.from(owned, ({ tail }) => tail),
      company: Int32Array.from(owned, ({ company }) => company),
      from: Int32Array.from(owned, ({ from }) => from),
      to: Int32Array.from(owned, ({ to }) => to),
    },
    flights: {
      tail: Int32Array.from(flown, ({ tail }) => tail),
      departed: Float64Array.from(flown, ({ departed }) => departed),
      arrived: Float64Array.from(flown, ({ arrived }) => arrived),
      origin: Int32Array.from(flown, ({ from }) => airport(from)),
      destination: Int32Array.from(flown, ({ to }) => airport(to)),
      known: Int32Array.from(flown, ({ known }) => known),
    },
    events: {
      company: Int32Array.from(told, ({ company }) => symbols.indexOf(company)),
      day: Int32Array.from(told, ({ day }) => day),
      kind: Uint8Array.from(told, ({ kind }) => eventKinds.indexOf(kind)),
      counterparty: Int32Array.from(told, ({ counterparty }) =>
        counterparty === undefined ? -1 : symbols.indexOf(counterparty),
      ),
    },
    problems: [],
  }
}

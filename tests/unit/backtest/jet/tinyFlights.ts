import { eventKinds, openFrom, openTo } from '../../../../workers/quant/flightTables.ts'
import type { EventKind, FlightTables } from '../../../../workers/quant/flightTables.ts'

export const day = (iso: string) => Date.parse(`${iso}T00:00Z`) / 86_400_000
const minute = (iso: string) => Date.parse(`${iso}Z`) / 60_000

/** “AJET AAA→BBB 2024-03-01T08:00 2024-03-01T10:00”; a `?` for what is not told. */
export type Leg = string
export type Announcement = [symbol: string, iso: string, kind: EventKind, counterparty?: string]

const airports = ['AAA', 'BBB', 'CCC', 'DDD']
const companies = ['ALPHA', 'BETA', 'GAMMA']
const tails = ['A-JET', 'B-JET', 'G-JET']

/** Three companies with a jet each, at home at AAA, BBB, CCC; DDD is nobody's. */
export function tinyFlights(legs: Leg[], announcements: Announcement[] = []): FlightTables {
  const rows = legs
    .map((text) => {
      const [tail, route, departed, arrived] = text.split(' ')
      const [origin, destination] = route.split('→')
      return {
        tail: tails.indexOf(tail),
        departed: minute(departed),
        arrived: arrived === '?' ? NaN : minute(arrived),
        origin: airports.indexOf(origin),
        destination: airports.indexOf(destination),
      }
    })
    .sort((a, b) => a.tail - b.tail || a.departed - b.departed)
  const events = announcements
    .map(([symbol, iso, kind, counterparty]) => ({ symbol, day: day(iso), kind, counterparty }))
    .sort((a, b) => a.day - b.day)
  return {
    airports: {
      code: airports,
      name: airports,
      latitude: Float64Array.of(40, 35, 45, 30),
      longitude: Float64Array.of(-75, -90, -100, -110),
    },
    companies: {
      symbol: companies,
      name: companies,
      headquarters: Int32Array.of(0, 1, 2),
      sector: Int32Array.of(0, 0, 1),
    },
    tails: { icao24: ['a00001', 'a00002', 'a00003'], registration: tails, type: ['', '', ''] },
    ownership: {
      tail: Int32Array.of(0, 1, 2),
      company: Int32Array.of(0, 1, 2),
      from: new Int32Array(3).fill(openFrom),
      to: new Int32Array(3).fill(openTo),
    },
    flights: {
      tail: Int32Array.from(rows, (row) => row.tail),
      departed: Float64Array.from(rows, (row) => row.departed),
      arrived: Float64Array.from(rows, (row) => row.arrived),
      origin: Int32Array.from(rows, (row) => row.origin),
      destination: Int32Array.from(rows, (row) => row.destination),
      known: Int32Array.from(rows, (row) => Math.floor(row.departed / 1440)),
    },
    events: {
      company: Int32Array.from(events, ({ symbol }) => companies.indexOf(symbol)),
      day: Int32Array.from(events, (event) => event.day),
      kind: Uint8Array.from(events, ({ kind }) => eventKinds.indexOf(kind)),
      counterparty: Int32Array.from(events, ({ counterparty }) => companies.indexOf(counterparty ?? '')),
    },
    problems: [],
  }
}

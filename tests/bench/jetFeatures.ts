import { flightColumns } from '../../datasets/flights/flightColumns.ts'
import { generateMarket } from '../../datasets/market.ts'
import type { FlightTables } from '../../workers/quant/flightTables.ts'
import { jetRows } from '../../workers/systems/jetFeatures.ts'
import { median, print } from './figures.ts'

const wantedLegs = 80_000
const runs = 7

/** Features of all company-weeks and visits: 36 operators over five years, with 80,000 legs. */
export function benchJetFeatures(): void {
  const market = generateMarket({ seed: 1 })
  const tables = larger(flightColumns(market))
  jetRows(tables, market.dates)
  const times = Array.from({ length: runs }, () => {
    const began = performance.now()
    jetRows(tables, market.dates)
    return performance.now() - began
  })
  const of = `36 operators × 5 years × ${tables.flights.tail.length.toLocaleString('en')} legs`
  print(`Jet features, ${of}, best`, Math.min(...times), 'ms', 1500)
  print(`Jet features, ${of}, median`, median(times), 'ms', 1500)
}

/** The same fleets with some of the aircraft twice, until there are legs enough. */
function larger(tables: FlightTables): FlightTables {
  const { flights, tails, ownership } = tables
  const count = tails.icao24.length
  const legsOf = new Int32Array(count)
  for (const tail of flights.tail) legsOf[tail]++
  const twins: number[] = []
  for (let tail = 0, legs = flights.tail.length; tail < count && legs < wantedLegs; legs += legsOf[tail++])
    twins.push(tail)
  const isTwin = new Set(twins)
  const again = Array.from(flights.tail.keys()).filter((leg) => isTwin.has(flights.tail[leg]))
  const owned = Array.from(ownership.tail.keys()).filter((row) => isTwin.has(ownership.tail[row]))
  const ints = (column: Int32Array, rows: readonly number[], shift = 0) =>
    Int32Array.of(...column, ...rows.map((row) => column[row] + shift))
  const floats = (column: Float64Array) =>
    Float64Array.from([...column, ...again.map((leg) => column[leg] + 7)])
  return {
    ...tables,
    tails: {
      icao24: [...tails.icao24, ...twins.map((tail) => `${tails.icao24[tail]}2`)],
      registration: [...tails.registration, ...twins.map((tail) => tails.registration[tail])],
      type: [...tails.type, ...twins.map((tail) => tails.type[tail])],
    },
    // Twins are the first of the tails, so that they keep their order.
    ownership: {
      tail: ints(ownership.tail, owned, count),
      company: ints(ownership.company, owned),
      from: ints(ownership.from, owned),
      to: ints(ownership.to, owned),
    },
    flights: {
      tail: Int32Array.from([...flights.tail, ...again.map((leg) => flights.tail[leg] + count)]),
      departed: floats(flights.departed),
      arrived: floats(flights.arrived),
      origin: Int32Array.from([...flights.origin, ...again.map((leg) => flights.origin[leg])]),
      destination: Int32Array.from([...flights.destination, ...again.map((leg) => flights.destination[leg])]),
      known: Int32Array.from([...flights.known, ...again.map((leg) => flights.known[leg])]),
    },
  }
}

import { eventKinds } from '../../quant/flightTables.ts'
import { dayMinutes } from '../../systems/jet/ownership.ts'
import { arrivalOf } from '../../systems/jet/stops.ts'
import type { VisitMatrix } from './contract.ts'
import type { FlightWork } from './flightWork.ts'
import { visitsOf } from './visits.ts'

/**
 * Who landed at whose headquarters, over inclusive epoch days; null = all. Companies that neither visited nor were
 * visited are left out.
 */
export function visitMatrix(work: FlightWork, from: number | null, to: number | null): VisitMatrix {
  const { tables } = work
  const companies = tables.companies.symbol.length
  const within = (day: number) => (from === null || day >= from) && (to === null || day <= to)
  const counts = new Map<number, number>()
  const made = new Set<number>()
  const received = new Set<number>()
  const visits = visitsOf(work)
  visits.leg.forEach((leg, i) => {
    const landed = arrivalOf(tables.flights.departed[leg], tables.flights.arrived[leg])
    if (!within(Math.floor(landed / dayMinutes))) return
    const cell = visits.visitor[i] * companies + visits.visited[i]
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
    made.add(visits.visitor[i])
    received.add(visits.visited[i])
  })
  const visitors = [...made].sort((a, b) => a - b)
  const visited = [...received].sort((a, b) => a - b)
  const deals = dealDays(work, within)
  const cells = visitors.flatMap((a) => visited.map((b) => [a, b] as const))
  return {
    visitors: visitors.map((company) => tables.companies.symbol[company]),
    visited: visited.map((company) => tables.companies.symbol[company]),
    visits: Int32Array.from(cells, ([a, b]) => counts.get(a * companies + b) ?? 0),
    dealOn: Int32Array.from(cells, ([a, b]) => deals.get(pairOf(a, b, companies)) ?? 0),
  }
}

const dealKinds = new Set(['target', 'acquirer', 'merger'])

const pairOf = (a: number, b: number, companies: number) => Math.min(a, b) * companies + Math.max(a, b)

/** First announcement of a deal of each two companies. */
function dealDays({ tables }: FlightWork, within: (day: number) => boolean): Map<number, number> {
  const { company, day, kind, counterparty } = tables.events
  const first = new Map<number, number>()
  company.forEach((one, i) => {
    if (counterparty[i] < 0 || !dealKinds.has(eventKinds[kind[i]]) || !within(day[i])) return
    const pair = pairOf(one, counterparty[i], tables.companies.symbol.length)
    if (day[i] < (first.get(pair) ?? Infinity)) first.set(pair, day[i])
  })
  return first
}

import { COMPANIES } from '../companies.ts'
import type { ListedCompany } from '../market.ts'
import type { CompanyEvent } from './events.ts'
import type { Assignment } from './fleets.ts'
import type { FlightWorld } from './flightWorld.ts'
import { seenVisits, type SeenVisit } from './seenVisits.ts'
import type { TrackedFlight } from './tracking.ts'
import { VisitFilter } from './visitFilter.ts'

export interface JetOracleTables {
  dates: Int32Array
  companies: readonly ListedCompany[]
  aircraft: readonly Assignment[]
  flights: readonly TrackedFlight[]
  events: readonly CompanyEvent[]
}
export interface JetOracleFigures { signals: number; accuracy: number; baseRate: number; leadTime: number; deals: number; all?: any }

const HORIZON = 60
export interface Candidate { day: number; visited: number; confidence: number; right: boolean; base: number; lead: number; n: number }

export function candidates({ dates, aircraft, flights, events }: JetOracleTables, world: FlightWorld): Candidate[] {
  const days = dates.length
  const announced = new Map<number, number>()
  for (const { company, announcedOn, kind } of events) if (kind === 'target') announced.set(company, announcedOn)
  const targets = [...COMPANIES.keys()].filter((i) => COMPANIES[i].role === 'target')
  const visits = seenVisits(flights, aircraft, dates)
  const filter = new VisitFilter(world, days)
  const out: Candidate[] = []
  const seen = new Map<number, SeenVisit[]>()
  for (let at = 0; at < visits.length; ) {
    const day = visits[at].known
    const now = new Set<number>()
    for (; at < visits.length && visits[at].known === day; at++) {
      const v = visits[at]
      seen.set(v.visited, [...(seen.get(v.visited) ?? []), v]); now.add(v.visited)
    }
    if (dates[day] + HORIZON > dates[days - 1]) break
    let horizon = 0
    while (dates[day + horizon + 1] <= dates[day] + HORIZON) horizon++
    const open = targets.filter((t) => (announced.get(t) ?? Infinity) > dates[day])
    const base = open.filter((t) => (announced.get(t) ?? Infinity) <= dates[day] + HORIZON).length / open.length
    for (const visited of now) {
      if (!open.includes(visited)) continue
      const confidence = filter.soon(visited, seen.get(visited)!, day, horizon, open.length)
      const on = announced.get(visited) ?? Infinity
      out.push({ day, visited, confidence, right: on <= dates[day] + HORIZON, base, lead: on - dates[day], n: seen.get(visited)!.filter(v=>v.day>day-60).length })
    }
  }
  return out
}
export function runJetOracle(tables: JetOracleTables, world: FlightWorld): JetOracleFigures {
  return { signals: 0, accuracy: 0, baseRate: 0, leadTime: 0, deals: 0, all: candidates(tables, world) }
}

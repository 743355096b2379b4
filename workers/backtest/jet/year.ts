import { eventKinds } from '../../quant/flightTables.ts'
import { dayMinutes } from '../../systems/jet/ownership.ts'
import { arrivalOf } from '../../systems/jet/stops.ts'
import { mondayOf } from '../../systems/jet/weeks.ts'
import type { Outcome } from '../api.ts'
import { companyNamed } from './companyNamed.ts'
import type { CompanyYear } from './contract.ts'
import type { FlightWork } from './flightWork.ts'
import { visitsOf } from './visits.ts'

const dayMs = 86_400_000

/** The legs of a company by UTC day of departure, its nights at others' headquarters, its announcements. */
export function companyYear(work: FlightWork, symbol: string, year: number): Outcome<CompanyYear> {
  const found = companyNamed(work.tables, symbol)
  if (!found.ok) return found
  const company = found.value
  const { tables, operators, stops, hiddenWeeks } = work
  const first = Date.UTC(year, 0, 1) / dayMs
  const days = Date.UTC(year + 1, 0, 1) / dayMs - first
  const legs = new Int32Array(days)
  const visited = new Int32Array(days).fill(-1)
  operators.forEach((operator, leg) => {
    if (operator !== company) return
    const day = Math.floor(tables.flights.departed[leg] / dayMinutes) - first
    if (day >= 0 && day < days) legs[day]++
  })
  hiddenWeeks.company.forEach((hidden, i) => {
    if (hidden !== company) return
    const monday = mondayOf(hiddenWeeks.week[i]) - first
    for (let day = Math.max(0, monday); day < Math.min(days, monday + 7); day++) legs[day] = -1
  })
  const visits = visitsOf(work)
  visits.visitor.forEach((visitor, i) => {
    if (visitor !== company) return
    const leg = visits.leg[i]
    const landed = arrivalOf(tables.flights.departed[leg], tables.flights.arrived[leg])
    const from = Math.floor(landed / dayMinutes) - first
    for (let night = 0; night < stops.nights[leg]; night++) {
      const day = from + night
      if (day >= 0 && day < days && visited[day] < 0) visited[day] = visits.visited[i]
    }
  })
  const events: CompanyYear['events'] = []
  tables.events.company.forEach((of, i) => {
    const day = tables.events.day[i]
    if (of !== company || day < first || day >= first + days) return
    const counterparty = tables.events.counterparty[i]
    events.push({
      day,
      kind: eventKinds[tables.events.kind[i]],
      counterparty: counterparty < 0 ? '' : tables.companies.symbol[counterparty],
    })
  })
  return { ok: true, value: { symbol, year, legs, visited, events } }
}

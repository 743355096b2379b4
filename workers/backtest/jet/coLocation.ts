import { arrivalOf } from '../../systems/jet/stops.ts'
import type { Outcome } from '../api.ts'
import { failed } from '../outcome.ts'
import { companyNamed } from './companyNamed.ts'
import type { CoLocation } from './contract.ts'
import type { FlightWork } from './flightWork.ts'

const mostApart = 48 * 60

/**
 * Landings of aircraft of two companies at one airport within 48 hours of each other, newest first. The landings
 * are sorted by airport and time, so that each is compared with those of the 48 hours before it and no others.
 */
export function coLocations(
  work: FlightWork,
  first: string,
  second: string,
  limit: number,
): Outcome<CoLocation[]> {
  const one = companyNamed(work.tables, first)
  if (!one.ok) return one
  const other = companyNamed(work.tables, second)
  if (!other.ok) return other
  if (one.value === other.value)
    return failed('same-company', 'Choose two different companies: a company is always where it is itself.')

  const { operators, stops, tables } = work
  const { flights } = tables
  const landed = (leg: number) => arrivalOf(flights.departed[leg], flights.arrived[leg])
  const landings: number[] = []
  operators.forEach((company, leg) => {
    if ((company === one.value || company === other.value) && stops.airport[leg] >= 0) landings.push(leg)
  })
  landings.sort((a, b) => stops.airport[a] - stops.airport[b] || landed(a) - landed(b))

  const pairs: { earlier: number; later: number }[] = []
  let start = 0
  landings.forEach((later, at) => {
    while (
      stops.airport[landings[start]] !== stops.airport[later] ||
      landed(later) - landed(landings[start]) > mostApart
    )
      start++
    for (let i = start; i < at; i++)
      if (operators[landings[i]] !== operators[later]) pairs.push({ earlier: landings[i], later })
  })
  pairs.sort((a, b) => landed(b.later) - landed(a.later) || landed(b.earlier) - landed(a.earlier))

  const side = (leg: number) => ({
    symbol: tables.companies.symbol[operators[leg]],
    registration: tables.tails.registration[flights.tail[leg]] || tables.tails.icao24[flights.tail[leg]],
    arrived: flights.arrived[leg],
  })
  const value = pairs.slice(0, limit).map(({ earlier, later }): CoLocation => {
    const [ofOne, ofOther] = operators[earlier] === one.value ? [earlier, later] : [later, earlier]
    const airport = stops.airport[later]
    return {
      airport: tables.airports.code[airport],
      at: landed(later),
      apart: (landed(later) - landed(earlier)) / 60,
      first: side(ofOne),
      second: side(ofOther),
      headquartersOf: tables.companies.symbol
        .filter((_, company) => tables.companies.headquarters[company] === airport)
        .join(', '),
    }
  })
  return { ok: true, value }
}

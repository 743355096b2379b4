import { log } from '../../quant/elementary.ts'
import type { FlightTables } from '../../quant/flightTables.ts'
import type { CompanyLog, SeenVisit } from './companyLog.ts'
import type { FleetStream } from './fleetStream.ts'
import { dayMinutes } from './ownership.ts'
import { arrivalOf, solarMinutes } from './stops.ts'
import { weekOf } from './weeks.ts'

/**
 * What a row comes down to. On a visit all of it is about visitor and visited; on a company-week the counterparty is
 * the company whose headquarters were visited most in 90 days.
 */
export const summaryNames = [
  'is a visit',
  'visits to the counterparty in 30 days',
  'visits to the counterparty in 60 days',
  'visits to the counterparty in 90 days',
  'visits to the counterparty in the year before',
  'days since the visit before',
  'days since the first visit of 90 days',
  'counterparty in the same sector',
  'counterparty flies aircraft of its own',
  'takeover of the counterparty announced',
  'days since the company bought another',
  'other visitors of the counterparty in 90 days',
  'visits to other headquarters in 90 days',
  'headquarters visited in 90 days',
  'familiarity of the airport',
  'companies at the airport',
  'nights there',
  'local hour of the landing',
  'another jet within 48 hours',
  'unusually many legs in 7 days',
  'legs in 30 days',
  'share of new destinations in 4 weeks',
  'distance from headquarters in 4 weeks',
  'hidden weeks of 26',
] as const

/** [summaryNames] NaN where there is nothing to tell. */
export type Summary = Float32Array

/** Days that a visit counts for; the last is what “the year before” ends with. */
const windows = [30, 60, 90, 365] as const

export function summaryOf(
  stream: FleetStream,
  { companies, flights, airports }: FlightTables,
  { company, day, visit }: { company: number; day: number; visit: SeenVisit | null },
): Summary {
  const { facts, places, targetOn, acquirerOn, visitsTo } = stream
  const own = stream.companies[company]!
  const since = (at: number) => day - Math.floor(at / dayMinutes)
  const recent = own.visits.filter(({ at }) => since(at) < windows[3])
  const counterparty = visit?.visited ?? mostVisited(recent.filter(({ at }) => since(at) < windows[2]))
  const pair = recent.filter(({ visited }) => visited === counterparty).sort((a, b) => a.at - b.at)
  const ages = pair.map(({ at }) => since(at))
  const within = (days: number) => ages.filter((age) => age < days).length
  const in90 = recent.filter(({ at }) => since(at) < windows[2])
  const others = in90.filter(({ visited }) => visited !== counterparty)
  const earlier = pair
    .filter((each) => visit !== null && each.leg !== visit.leg && each.at <= visit.at)
    .at(-1)
  const first = pair.find(({ at }) => since(at) < windows[2])
  const known = counterparty >= 0
  const about = <T>(value: T): T | number => (known ? value : NaN)
  const sector = companies.sector[company]
  const rivals = known
    ? new Set(
        visitsTo[counterparty]
          .filter(({ visitor, at }) => visitor !== company && since(at) < windows[2])
          .map(({ visitor }) => visitor),
      ).size
    : NaN
  const leg = visit?.leg ?? -1
  const stop = leg < 0 ? -1 : facts.stop[leg]
  const landed = leg < 0 ? NaN : arrivalOf(flights.departed[leg], flights.arrived[leg])
  const shift = stop < 0 ? 0 : solarMinutes(airports.longitude[stop])
  return Float32Array.from([
    Number(visit !== null),
    about(within(windows[0])),
    about(within(windows[1])),
    about(within(windows[2])),
    about(within(windows[3]) - within(windows[2])),
    earlier && visit ? log(1 + (visit.at - earlier.at) / dayMinutes) : NaN,
    first ? log(1 + since(first.at)) : NaN,
    known && sector >= 0 && companies.sector[counterparty] >= 0
      ? Number(companies.sector[counterparty] === sector)
      : NaN,
    about(Number(stream.companies[counterparty] !== undefined)),
    about(Number(!Number.isNaN(targetOn[counterparty]))),
    log(1 + day - acquirerOn[company]),
    rivals,
    others.length,
    new Set(in90.map(({ visited }) => visited)).size,
    stop < 0 ? NaN : log(1 + facts.familiar[leg]),
    stop < 0 ? NaN : places.companiesAt[stop].length,
    stop < 0 ? NaN : facts.nights[leg],
    stop < 0 ? NaN : ((((landed + shift) % dayMinutes) + dayMinutes) % dayMinutes) / 60,
    stop < 0 ? NaN : facts.shared[leg],
    ...habits(own, flights, day),
  ])
}

/** Company index with most of the visits, the later one of equals; −1 for none. */
function mostVisited(visits: readonly SeenVisit[]): number {
  const counts = new Map<number, number>()
  let best = -1
  for (const { visited } of visits) {
    const count = (counts.get(visited) ?? 0) + 1
    counts.set(visited, count)
    if (best < 0 || count >= counts.get(best)!) best = visited
  }
  return best
}

/** The last columns: how the company flies. */
function habits({ legs, weeks }: CompanyLog, { departed }: FlightTables['flights'], day: number): number[] {
  let in7 = 0
  let in30 = 0
  for (let i = legs.length - 1; i >= 0; i--) {
    const age = day - Math.floor(departed[legs[i]] / dayMinutes)
    if (age >= 30) break
    in30++
    if (age < 7) in7++
  }
  const now = weekOf(day)
  let landings = 0
  let novel = 0
  let away = 0
  let hidden = 0
  for (let back = 0; back < 26; back++) {
    const at = now - back - weeks.first
    hidden += Number(weeks.isHidden(now - back))
    if (back >= 4 || at < 0 || at >= weeks.landings.length) continue
    landings += weeks.landings[at]
    novel += weeks.novel[at]
    away += weeks.away[at]
  }
  return [
    weeks.scoreOf(in7),
    log(1 + in30),
    landings > 0 ? novel / landings : NaN,
    landings > 0 ? away / landings / 1000 : NaN,
    hidden,
  ]
}

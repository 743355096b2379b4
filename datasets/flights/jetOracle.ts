import { COMPANIES } from '../companies.ts'
import type { CompanyEvent } from './events.ts'
import type { Assignment } from './fleets.ts'
import type { FlightWorld } from './flightWorld.ts'
import { seenVisits, type SeenVisit } from './seenVisits.ts'
import type { TrackedFlight } from './tracking.ts'
import { VisitFilter } from './visitFilter.ts'

/*
 * What can be attained with flights: somebody who knows how the generator works and what kind of world it
 * drew, but neither its visits nor the future, reads the tables and names the companies that he believes
 * about to be bought. Written and frozen before any system was tuned; its rules do not change with the seed
 * or the strength.
 */

/** The observable tables. */
export interface JetTables {
  dates: Int32Array
  aircraft: readonly Assignment[]
  flights: readonly TrackedFlight[]
  events: readonly CompanyEvent[]
}

/** A company named at the close of a day with a visit to it; both by index. */
export interface JetSignal {
  day: number
  company: number
  /** Probability of an announcement within the horizon, as believed. */
  confidence: number
}

export interface JetOracleFigures {
  signals: number
  /** Signals a year, over the days on which one could be given. */
  perYear: number
  /** Share of the signals after which a takeover of the company was announced within the horizon. */
  accuracy: number
  /** The same share when each signal names one of the companies not yet bought by chance. */
  baseRate: number
  /** Calendar days from the right signals to the announcements, on average. */
  leadTime: number
  /** Different deals among those foretold: several visits make several signals. */
  dealsForetold: number
}

/** Calendar days in which the announcement must come. */
const HORIZON = 60
/** The first year sets the threshold. */
const YEAR_DAYS = 252
/**
 * A signal is given when fewer than so many visits of the past year were as convincing. Companies are bought
 * and the visits to those left mean more, so that a rank of 11 makes 12 signals a year.
 */
const RANK = 11

/** Trading days after `day` within the horizon; null when the market ends before. */
function horizonFrom(day: number, dates: Int32Array): number | null {
  if (dates[day] + HORIZON > dates.at(-1)!) return null
  let ahead = 0
  while (dates[day + ahead + 1] <= dates[day] + HORIZON) ahead++
  return ahead
}

const TARGETS = [...COMPANIES.keys()].filter((i) => COMPANIES[i].role === 'target')

/** Epoch day of the announcement of each target. */
function announcements(events: readonly CompanyEvent[]): Map<number, number> {
  const targets = events.filter(({ kind }) => kind === 'target')
  return new Map(targets.map(({ company, announcedOn }) => [company, announcedOn]))
}

/** Every visit to a company that may still be bought, with what it lets one believe; past rows alone. */
function believed({ dates, aircraft, flights, events }: JetTables, world: FlightWorld): JetSignal[] {
  const filter = new VisitFilter(world, dates.length)
  const announcedOn = announcements(events)
  const visitsTo = new Map<number, SeenVisit[]>()
  const named = new Map<string, JetSignal>()
  const visits = seenVisits(flights, aircraft, dates)
  for (const visit of visits) {
    const { visited, known: day } = visit
    visitsTo.set(visited, [...(visitsTo.get(visited) ?? []), visit])
    const horizon = horizonFrom(day, dates)
    const open = TARGETS.filter((target) => !((announcedOn.get(target) ?? Infinity) <= dates[day]))
    if (horizon === null || !open.includes(visited)) continue
    const confidence = filter.soon(visited, visitsTo.get(visited)!, day, horizon, open.length)
    // A second visit on the same day takes the place of the first.
    named.set(`${day} ${visited}`, { day, company: visited, confidence })
  }
  return [...named.values()]
}

/** The most convincing visits, by a threshold that the year before has set. */
export function jetSignals(tables: JetTables, world: FlightWorld): JetSignal[] {
  const visits = believed(tables, world)
  return visits.filter(({ day, confidence }) => {
    const rivals = visits.filter(
      (other) => other.day < day && other.day >= day - YEAR_DAYS && other.confidence >= confidence,
    )
    return day >= YEAR_DAYS && rivals.length < RANK
  })
}

export function runJetOracle(tables: JetTables, world: FlightWorld): JetOracleFigures {
  const { dates, events } = tables
  const signals = jetSignals(tables, world)
  const announcedOn = announcements(events)
  /** Calendar days from a day to the announcement; negative when it is past, NaN when there is none. */
  const wait = (company: number, day: number) => (announcedOn.get(company) ?? NaN) - dates[day]
  const soon = (days: number) => days > 0 && days <= HORIZON
  const right = signals.filter(({ company, day }) => soon(wait(company, day)))
  let baseRate = 0
  for (const { day } of signals) {
    const open = TARGETS.filter((target) => !(wait(target, day) <= 0))
    baseRate += open.filter((target) => soon(wait(target, day))).length / open.length
  }
  let possible = 0
  while (horizonFrom(YEAR_DAYS + possible, dates) !== null) possible++
  const share = (sum: number, of: number) => (of > 0 ? sum / of : 0)
  return {
    signals: signals.length,
    perYear: share(signals.length * YEAR_DAYS, possible),
    accuracy: share(right.length, signals.length),
    baseRate: share(baseRate, signals.length),
    leadTime: share(
      right.reduce((sum, { company, day }) => sum + wait(company, day), 0),
      right.length,
    ),
    dealsForetold: new Set(right.map(({ company }) => company)).size,
  }
}

import { exp } from '../../quant/elementary.ts'
import { dayMinutes } from './ownership.ts'
import { WeekLog } from './weekLog.ts'

/** Days after which a visit to an airport counts half for how familiar it is. */
const halfLife = 90
const decay = Math.LN2 / (halfLife * dayMinutes)

/** A landing at the headquarters of another company. */
export interface SeenVisit {
  visitor: number
  visited: number
  leg: number
  /** Minutes since the epoch. */
  at: number
}

/** What is known of one company's flying so far. */
export class CompanyLog {
  /** indices of legs, by departure */
  readonly legs: number[] = []
  readonly visits: SeenVisit[] = []
  /** minutes of the first and last announcement as a party of a deal; NaN = none */
  readonly weeks: WeekLog
  private readonly familiar = new Map<number, { count: number; at: number }>()

  constructor(firstWeek: number, weeks: number) {
    this.weeks = new WeekLog(firstWeek, weeks)
  }

  add(leg: number, departed: Float64Array): void {
    const { legs } = this
    let at = legs.length
    while (at > 0 && departed[legs[at - 1]] > departed[leg]) at--
    if (at === legs.length) legs.push(leg)
    else legs.splice(at, 0, leg)
  }

  /** Landings at the airport so far, older ones counting less; then counts this one. */
  familiarity(airport: number, at: number): number {
    const before = this.familiar.get(airport)
    const count = before ? before.count * exp(-decay * Math.max(0, at - before.at)) : 0
    this.familiar.set(airport, { count: count + 1, at: Math.max(at, before?.at ?? at) })
    return count
  }

  /** Days of the visits to a company, oldest first. */
  visitsTo(visited: number): SeenVisit[] {
    return this.visits.filter((visit) => visit.visited === visited)
  }
}

import { exp } from '../../workers/quant/elementary.ts'
import { COMPANIES } from '../companies.ts'
import { FIRST_DAY, SAME_SECTOR } from '../deals.ts'
import {
  CLUSTER_SIZES,
  INNOCENT_PER_DEAL_VISIT,
  leadProbabilities,
  LONGEST_LEAD,
  VISITS_PER_DEAL,
  type FlightWorld,
} from './flightWorld.ts'
import type { SeenVisit } from './seenVisits.ts'

/** More visits of one pair within the longest lead than these are taken for the last ones alone. */
const MOST_VISITS = 6

const OPERATORS = [...COMPANIES.keys()].filter((i) => COMPANIES[i].role === 'operator')
const TARGETS = COMPANIES.length - OPERATORS.length
const MEAN_VISITS = VISITS_PER_DEAL.reduce((sum, p, count) => sum + p * count, 0)
/** Companies that are listed on an ordinary day: targets leave one by one. */
const USUALLY_LISTED = OPERATORS.length + 0.6 * TARGETS

/** Chance that an innocent errand of so many visits has one more; index 1 is after the first. */
function continuing(clusterShare: number): number[] {
  const largest = CLUSTER_SIZES.at(-1)!
  const atLeast = (visits: number) =>
    visits <= 1
      ? 1
      : (clusterShare * CLUSTER_SIZES.filter((size) => size >= visits).length) / CLUSTER_SIZES.length
  return Array.from({ length: largest + 1 }, (_, visits) =>
    visits === 0 || visits === largest ? 0 : atLeast(visits + 1) / atLeast(visits),
  )
}

/**
 * Bayes' rule on the visits seen so far, with the probabilities that the generator draws from: a deal of
 * visitor and visited may come on any later day, some of the visits may belong to it, the rest is innocent.
 */
export class VisitFilter {
  private readonly lead: Float64Array
  /** [days] P(lead < days) */
  private readonly leadBelow: Float64Array
  private readonly unseen: number
  private readonly goesOn: number[]
  private readonly gapDecay: number
  /** Innocent errands of a pair of companies a day, seen or not; deals of the whole market a day. */
  private readonly errands: number
  private readonly deals: number

  constructor(world: FlightWorld, days: number) {
    this.lead = leadProbabilities(world)
    this.leadBelow = new Float64Array(LONGEST_LEAD + 2)
    for (let lead = 0; lead <= LONGEST_LEAD; lead++)
      this.leadBelow[lead + 1] = this.leadBelow[lead] + this.lead[lead]
    this.unseen = world.hiddenShare + (1 - world.hiddenShare) * world.unknownShare * world.unknownShare
    this.goesOn = continuing(world.clusterShare)
    this.gapDecay = exp(-1 / (world.clusterGap - 1))
    const meanCluster = CLUSTER_SIZES.reduce((sum, size) => sum + size, 0) / CLUSTER_SIZES.length
    const perErrand = 1 + world.clusterShare * (meanCluster - 1)
    this.errands =
      (INNOCENT_PER_DEAL_VISIT * MEAN_VISITS * TARGETS) /
      perErrand /
      (days * OPERATORS.length * USUALLY_LISTED)
    this.deals = TARGETS / (days - FIRST_DAY)
  }

  /**
   * Probability that a takeover of `visited` is announced on one of the next `horizon` trading days.
   * @param visits to that company, known at the close of `day`
   * @param free number of companies that may still be bought
   */
  soon(visited: number, visits: readonly SeenVisit[], day: number, horizon: number, free: number): number {
    const byVisitor = new Map<number, number[]>()
    for (const { visitor, day: landed } of visits) {
      if (landed > day - LONGEST_LEAD) byVisitor.set(visitor, [...(byVisitor.get(visitor) ?? []), landed])
    }
    let within = 0
    let ever = 0
    let others = 1
    const add = (share: number, days: readonly number[]) => {
      const odds = this.odds(days.slice(-MOST_VISITS), day, horizon)
      const hazard = (share * this.deals) / free
      within += hazard * odds.within
      ever += hazard * odds.ever
    }
    for (const [visitor, days] of byVisitor) {
      const share = buyerShare(visitor, visited)
      others -= share
      add(share, days)
    }
    add(others, [])
    return within / (1 + ever)
  }

  /** Odds of a deal of one pair against none, for a hazard of one deal a day. */
  private odds(landed: readonly number[], day: number, horizon: number): { within: number; ever: number } {
    const innocent = this.innocent(landed, day)
    const odds = { within: 0, ever: 0 }
    for (let subset = 0; subset < 1 << landed.length; subset++) {
      const planned = landed.filter((_, i) => (subset >> i) & 1)
      const rest = landed.filter((_, i) => !((subset >> i) & 1))
      const weight = this.innocent(rest, day) / innocent
      for (let ahead = 1; ahead <= LONGEST_LEAD; ahead++) {
        const value = weight * this.preparing(planned, day, ahead)
        odds.ever += value
        if (ahead <= horizon) odds.within += value
      }
    }
    return odds
  }

  /** Density of seeing these visits and no others of a deal that is announced `ahead` days from now. */
  private preparing(landed: readonly number[], day: number, ahead: number): number {
    let density = 1
    for (const each of landed) density *= (1 - this.unseen) * (this.lead[day + ahead - each] ?? 0)
    if (density === 0) return 0
    const toCome = this.leadBelow[Math.min(ahead, LONGEST_LEAD + 1)]
    const missed = toCome + (1 - toCome) * this.unseen
    let sum = 0
    for (let count = landed.length; count < VISITS_PER_DEAL.length; count++) {
      let ways = VISITS_PER_DEAL[count]
      for (let i = 0; i < landed.length; i++) ways *= count - i
      for (let i = landed.length; i < count; i++) ways *= missed
      sum += ways
    }
    return density * sum
  }

  /** Density of seeing these visits of a pair that prepares nothing. */
  private innocent(landed: readonly number[], day: number): number {
    // [visits so far in the running errand] density
    let running = [1]
    landed.forEach((each, i) => {
      const gap = i === 0 ? 0 : each - landed[i - 1]
      const next = Array.from(this.goesOn, () => 0)
      running.forEach((density, visits) => {
        next[1] += density * this.quiet(visits, gap) * this.errands
        if (visits > 0 && visits + 1 < next.length)
          next[visits + 1] += density * this.goesOn[visits] * this.gapDensity(gap)
      })
      running = next.map((density) => density * (1 - this.unseen))
    })
    const since = landed.length === 0 ? 0 : day - landed.at(-1)!
    return running.reduce((sum, density, visits) => sum + density * this.quiet(visits, since), 0)
  }

  private gapDensity(gap: number): number {
    return gap < 1 ? 0 : (1 - this.gapDecay) * this.survival(gap - 1)
  }

  private survival(gap: number): number {
    let product = 1
    for (let i = 0; i < gap; i++) product *= this.gapDecay
    return product
  }

  /** Chance that an errand of so many visits brings no other within so many days. */
  private quiet(visits: number, gap: number): number {
    return visits === 0 ? 1 : 1 - this.goesOn[visits] * (1 - this.survival(gap))
  }
}

/** Chance that a company is bought by this operator, given that it is bought. */
function buyerShare(visitor: number, visited: number): number {
  const same = OPERATORS.filter((i) => COMPANIES[i].sector === COMPANIES[visited].sector)
  return (same.includes(visitor) ? SAME_SECTOR / same.length : 0) + (1 - SAME_SECTOR) / OPERATORS.length
}

import type { Company } from '../companies.ts'
import type { Deal } from '../deals.ts'
import type { Random } from '../random.ts'
import { edgeOn } from '../regimes.ts'
import {
  CLUSTER_SIZES,
  drawLead,
  INNOCENT_PER_DEAL_VISIT,
  VISITS_PER_DEAL,
  type FlightWorld,
} from './flightWorld.ts'

/** A jet of one company lands at the headquarters of another. */
export interface Visit {
  /** Indices of companies. */
  visitor: number
  visited: number
  /** Index of the trading day of the landing. */
  day: number
  /** Index of the deal that the visit prepares; null for an innocent one. */
  deal: number | null
  /** The visit falls before its own deal; without, its days are those of another deal. */
  linked: boolean
}

/**
 * The visits that prepare deals. Strength and fate scale what they foretell and nothing else: a deal keeps
 * its visits with that probability; those that do not keep them exchange the days of their visits, so that
 * visitors, visited companies, numbers and days are the same and only the link is lost.
 */
export function drawDealVisits(
  deals: readonly Deal[],
  world: FlightWorld,
  strength: number,
  random: Random,
  permuting: Random,
): Visit[] {
  const plans = deals.map((deal, i) => {
    const kept = random.uniform()
    const count = drawCount(random)
    const leads = new Set<number>()
    while (leads.size < count) leads.add(drawLead(world, random))
    return { deal, i, leads: [...leads], linked: kept < strength * edgeOn(deal.announced, world) }
  })
  const exchanged = plans.filter(({ linked }) => !linked)
  const days = permuting.shuffle(exchanged.map(({ deal }) => deal.announced))
  const dayOf = new Map(exchanged.map(({ i }, k) => [i, days[k]]))
  return plans.flatMap(({ deal, i, leads, linked }) =>
    leads
      .toSorted((a, b) => b - a)
      .map((lead) => ({
        visitor: deal.acquirer,
        visited: deal.target,
        day: (dayOf.get(i) ?? deal.announced) - lead,
        deal: i,
        linked,
      })),
  )
}

function drawCount(random: Random): number {
  let rest = random.uniform()
  let count = 0
  while (count < VISITS_PER_DEAL.length - 1 && rest >= VISITS_PER_DEAL[count])
    rest -= VISITS_PER_DEAL[count++]
  return count
}

/**
 * Visits that mean nothing: any operator, any other company that is listed on the day, most of them single,
 * some in clusters.
 * @param wanted number of visits
 * @param listedUntil [companies] index of the last trading day of each
 */
export function drawInnocentVisits(
  companies: readonly Company[],
  listedUntil: Int32Array,
  days: number,
  wanted: number,
  world: FlightWorld,
  random: Random,
): Visit[] {
  const operators = [...companies.keys()].filter((i) => companies[i].role === 'operator')
  const visits: Visit[] = []
  while (visits.length < wanted) {
    const visitor = operators[random.below(operators.length)]
    const visited = random.below(companies.length)
    let day = random.below(days)
    const size = random.chance(world.clusterShare) ? CLUSTER_SIZES[random.below(CLUSTER_SIZES.length)] : 1
    const gaps = Array.from(
      { length: size - 1 },
      () => 1 + Math.floor(random.exponential(world.clusterGap - 1)),
    )
    if (visited === visitor || day > listedUntil[visited]) continue
    for (const gap of [0, ...gaps]) {
      day += gap
      if (day < days) visits.push({ visitor, visited, day, deal: null, linked: false })
    }
  }
  return visits
}

/** Innocent visits for so many that prepare deals. */
export const innocentFor = (dealVisits: number) => INNOCENT_PER_DEAL_VISIT * dealVisits

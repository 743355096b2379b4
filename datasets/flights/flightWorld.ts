import { exp, log } from '../../workers/quant/elementary.ts'
import type { Random } from '../random.ts'

/** How the operators of one market fly; drawn once per seed. */
export interface FlightWorld {
  /** Power p of the days from a visit to its announcement: 5 + 56 uᵖ with u uniform; above 1 they are fewer. */
  leadPower: number
  /** Share of the innocent errands that take more than one visit, and mean trading days between those. */
  clusterShare: number
  clusterGap: number
  /** Share of the weeks in which an operator is blocked from the trackers. */
  hiddenShare: number
  /** Share of origins, and of destinations, that the trackers could not tell. */
  unknownShare: number
  /** Share of the stays at a headquarters that last until the next morning. */
  overnightShare: number
  fate: 'lasting' | 'fading'
  /** Index of the day from which a fading world's deals are prepared without visits that can be told. */
  turningDay: number
}

/** Probabilities of 0, 1, 2, 3 and 4 visits of a buyer before its deal. */
export const VISITS_PER_DEAL = [0.1, 0.25, 0.3, 0.2, 0.15] as const
/** Trading days from a visit to the announcement, both included. */
export const SHORTEST_LEAD = 5
export const LONGEST_LEAD = 60
/** Innocent visits per visit that prepares a deal. */
export const INNOCENT_PER_DEAL_VISIT = 3
/** Number of visits of an errand that takes more than one, each equally likely. */
export const CLUSTER_SIZES = [2, 3, 4] as const

export function drawFlightWorld(days: number, random: Random): FlightWorld {
  return {
    leadPower: random.between(0.8, 1.5),
    clusterShare: random.between(0.03, 0.1),
    clusterGap: random.between(6, 14),
    hiddenShare: random.between(0.02, 0.07),
    unknownShare: random.between(0.01, 0.04),
    overnightShare: random.between(0.25, 0.6),
    fate: random.chance(0.12) ? 'fading' : 'lasting',
    turningDay: Math.floor(days * random.between(0.4, 0.6)),
  }
}

/** Draws the trading days from a visit to the announcement. */
export function drawLead({ leadPower }: FlightWorld, random: Random): number {
  const leads = LONGEST_LEAD - SHORTEST_LEAD + 1
  return SHORTEST_LEAD + Math.floor(leads * exp(leadPower * log(random.uniform())))
}

/** [lead] the probability of each number of trading days, from 0 on. */
export function leadProbabilities({ leadPower }: FlightWorld): Float64Array {
  const leads = LONGEST_LEAD - SHORTEST_LEAD + 1
  const below = (lead: number) => {
    const share = Math.max(0, lead - SHORTEST_LEAD) / leads
    return share > 0 ? exp(log(share) / leadPower) : 0
  }
  return Float64Array.from({ length: LONGEST_LEAD + 1 }, (_, lead) => below(lead + 1) - below(lead))
}

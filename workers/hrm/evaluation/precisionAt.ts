import type { Metric } from './metric.ts'
import { rankingOf, visitRanks } from './ranking.ts'

/**
 * Precision at k: the share of positives among the k highest scores. Where the k-th score is shared by more
 * rows than there is room for, they count as drawn at random from among those: their expected share, not the
 * luck of the table's order. NaN where k is not above 0 or there are fewer than k rows.
 */
export function precisionAt(k: number): Metric {
  return (scores) => {
    const ranking = rankingOf(scores)
    return (labels, weights) => {
      if (ranking === null || !(k > 0)) return NaN
      let room = k
      let hits = 0
      visitRanks(ranking, labels, weights, (positives, negatives) => {
        const tied = positives + negatives
        if (room === 0 || tied === 0) return
        const taken = Math.min(room, tied)
        hits += positives * (taken / tied)
        room -= taken
      })
      return room > 0 ? NaN : hits / k
    }
  }
}

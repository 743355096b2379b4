import type { Metric } from './metric.ts'
import { rankingOf, visitRanks } from './ranking.ts'

/**
 * Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting
 * half (Mann & Whitney's U ÷ pairs). ½ for a model that knows nothing. NaN unless both classes occur.
 */
export const rocAuc: Metric = (scores) => {
  const ranking = rankingOf(scores)
  return (labels, weights) => {
    if (ranking === null) return NaN
    let above = 0
    let hits = 0
    let misses = 0
    visitRanks(ranking, labels, weights, (positives, negatives) => {
      above += negatives * (hits + positives / 2)
      hits += positives
      misses += negatives
    })
    return above / (hits * misses)
  }
}

export interface RocCurve {
  /** [points] distinct scores, descending, after +Infinity, where nothing is called */
  threshold: Float64Array
  /** [points] share of the negative rows that are called, from 0 to 1 */
  falsePositive: Float64Array
  /** [points] share of the positive rows that are called, from 0 to 1 */
  truePositive: Float64Array
}

/** No points where a score is not a number; NaN for the rate of a class that does not occur. */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): RocCurve {
  const ranking = rankingOf(scores)
  const points = ranking === null ? 0 : ranking.ends.length + 1
  const threshold = new Float64Array(points)
  const falsePositive = new Float64Array(points)
  const truePositive = new Float64Array(points)
  if (ranking === null) return { threshold, falsePositive, truePositive }
  threshold[0] = Infinity
  let point = 1
  visitRanks(ranking, labels, undefined, (positives, negatives, rank) => {
    threshold[point] = scores[ranking.order[rank]]
    truePositive[point] = truePositive[point - 1] + positives
    falsePositive[point] = falsePositive[point - 1] + negatives
    point++
  })
  const hits = truePositive[points - 1]
  const misses = falsePositive[points - 1]
  for (let k = 0; k < points; k++) {
    truePositive[k] /= hits
    falsePositive[k] /= misses
  }
  return { threshold, falsePositive, truePositive }
}

import type { Metric } from './metric.ts'
import { rankingOf, visitRanks } from './ranking.ts'

/**
 * Average precision, the area under the precision–recall curve by steps: Σ (Rₖ − Rₖ₋₁) · Pₖ over the distinct
 * scores from the highest down. Never interpolated: a straight line between two points of this curve promises
 * what no threshold gives (Davis & Goadrich, "The relationship between precision-recall and ROC curves", ICML
 * 2006). Rows of one score are taken together, so their order in the table changes nothing. The base rate is
 * what a model that knows nothing gets, to the order of 1 ÷ rows. NaN without a positive.
 */
export const averagePrecision: Metric = (scores) => {
  const ranking = rankingOf(scores)
  return (labels, weights) => {
    if (ranking === null) return NaN
    let hits = 0
    let called = 0
    let area = 0
    visitRanks(ranking, labels, weights, (positives, negatives) => {
      hits += positives
      called += positives + negatives
      if (positives > 0) area += positives * (hits / called)
    })
    return area / hits
  }
}

export interface PrecisionRecallCurve {
  /** [points] distinct scores, descending: a row is called where its score is at least this */
  threshold: Float64Array
  /** [points] share of the called rows that are positive */
  precision: Float64Array
  /** [points] share of the positive rows that are called; NaN without a positive */
  recall: Float64Array
}

/** No points where a score is not a number. */
export function precisionRecallCurve(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): PrecisionRecallCurve {
  const ranking = rankingOf(scores)
  const points = ranking === null ? 0 : ranking.ends.length
  const threshold = new Float64Array(points)
  const precision = new Float64Array(points)
  const recall = new Float64Array(points)
  if (ranking === null) return { threshold, precision, recall }
  let hits = 0
  let called = 0
  let point = 0
  visitRanks(ranking, labels, undefined, (positives, negatives, rank) => {
    hits += positives
    called += positives + negatives
    threshold[point] = scores[ranking.order[rank]]
    precision[point] = hits / called
    recall[point++] = hits
  })
  for (let k = 0; k < points; k++) recall[k] /= hits
  return { threshold, precision, recall }
}

import { classScores, isClass, topClass } from './oneClass.ts'
import { averagePrecision } from './precisionRecall.ts'
import { precisionAt } from './precisionAt.ts'
import { accuracy, brierScore, logLoss } from './properScores.ts'
import { calibrationError, reliabilityCurve } from './reliability.ts'
import { rocAuc } from './roc.ts'

/** One class against all others. */
export interface ClassScores {
  /** share of the rows that are of the class: the average precision of knowing nothing */
  baseRate: number
  averagePrecision: number
  rocAuc: number
  /** of the probability of this class alone */
  brier: number
  /** share of positives among the `calls` surest rows */
  precisionAtCalls: number
}

/** What one model is worth on some rows; a metric that is not defined on them is NaN. */
export interface Scorecard {
  rows: number
  /** nats per row */
  logLoss: number
  /** summed over the classes */
  brier: number
  accuracy: number
  /** of the most probable class, over ten bins */
  calibrationError: number
  /** [classes] */
  byClass: ClassScores[]
}

/**
 * Every model of a comparison by the same figures.
 *
 * @param probabilities [rows × classes]
 * @param labels [rows] 0 … classes − 1
 * @param calls how many rows a class may be called on: the coverage, in rows
 */
export function scorecard(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
  calls: number,
): Scorecard {
  const { confidence, right } = topClass(probabilities, labels)
  return {
    rows: labels.length,
    logLoss: logLoss(probabilities)(labels),
    brier: brierScore(probabilities)(labels),
    accuracy: accuracy(probabilities)(labels),
    calibrationError: calibrationError(reliabilityCurve(confidence, right)),
    byClass: Array.from({ length: classes }, (_, which) => {
      const scores = classScores(probabilities, classes, which)
      const positive = isClass(labels, which)
      return {
        baseRate: positive.reduce((sum, label) => sum + label, 0) / labels.length,
        averagePrecision: averagePrecision(scores)(positive),
        rocAuc: rocAuc(scores)(positive),
        brier: brierScore(scores)(positive),
        precisionAtCalls: precisionAt(calls)(scores)(positive),
      }
    }),
  }
}

import { percentileInterval } from '../../quant/bootstrap.ts'
import type { RowDataset } from '../../quant/rows.ts'
import { isClass } from '../evaluation/oneClass.ts'
import { averagePrecision } from '../evaluation/precisionRecall.ts'
import { precisionAt } from '../evaluation/precisionAt.ts'
import { brierScore, logLoss } from '../evaluation/properScores.ts'
import { calibrationError, reliabilityCurve } from '../evaluation/reliability.ts'
import { resampledMetrics } from '../evaluation/resampledMetric.ts'
import { rocAuc } from '../evaluation/roc.ts'
import type { RungScores } from './contract.ts'

/** What models are judged by: one class of one head against all others. */
export const judgedHead = 'event'
export const judgedClass = 'target'

const resamples = 1_000
const daysOfYear = 365.25

/** The rows of a part that models are compared on, and how often they may be called. */
export interface Court {
  rows: Int32Array
  /** [rows] 1 = of the class */
  positive: Uint8Array
  /** Rows that may be called. */
  calls: number
  /** Mean block of the bootstrap, in distinct days. */
  meanBlock: number
}

/** What a model says of the rows of a court. */
export interface Testimony {
  /** [rows] that rank them; higher = more likely of the class */
  scores: Float64Array
  /** [rows] of the class */
  probabilities: Float64Array
}

/** Scores, and the average precision on every resample, to be compared with that of others on the same rows. */
export interface Verdict {
  scores: Omit<RungScores, 'difference'>
  averagePrecisions: Float64Array
}

/**
 * @param part rows of the test or of the unseen entities
 * @throws RangeError where the rows have no such head or class
 */
export function courtOf(dataset: RowDataset, part: Int32Array, callsPerYear: number): Court {
  const { known, judged, split } = dataset
  const head = dataset.labels.find(({ name }) => name === judgedHead)
  const which = head?.classes.indexOf(judgedClass) ?? -1
  if (!head || which < 0)
    throw new RangeError(
      `The rows have no label “${judgedHead}” with a class “${judgedClass}” to be compared by.`,
    )
  const rows = part.filter((row) => judged[row] === 1 && head.values[row] >= 0)
  // The year is that of the whole part, whichever of its rows are judged.
  const last = part.reduce((latest, row) => Math.max(latest, known[row]), split.testFrom)
  const years = (last + 1 - split.testFrom) / daysOfYear
  return {
    rows,
    positive: isClass(
      rows.map((row) => head.values[row]),
      which,
    ),
    calls: Math.min(rows.length, Math.max(1, Math.round(callsPerYear * years))),
    meanBlock: longestLabel(dataset, rows),
  }
}

/** Distinct days of the rows that the longest label spans. */
function longestLabel({ known, resolved }: RowDataset, rows: Int32Array): number {
  const days = Int32Array.from(new Set(Array.from(rows, (row) => known[row]))).sort()
  let longest = 1
  for (const row of rows) {
    const from = days.indexOf(known[row])
    let to = from
    while (to < days.length && days[to] <= resolved[row]) to++
    longest = Math.max(longest, to - from)
  }
  return longest
}

/** By every figure of the ladder. A figure that is not defined, for want of a positive say, is NaN. */
export function judge(
  { known, eventDay }: RowDataset,
  { rows, positive, calls, meanBlock }: Court,
  { scores, probabilities }: Testimony,
  seed: number,
): Verdict {
  const drawnBy = { kind: 'time', times: rows.map((row) => known[row]), meanBlock } as const
  const atCalls = precisionAt(calls)
  const [averagePrecisions, precisions] = resampledMetrics(
    [
      { metric: averagePrecision, predictions: scores },
      { metric: atCalls, predictions: scores },
    ],
    positive,
    drawnBy,
    { resamples, seed },
  )
  const curve = reliabilityCurve(probabilities, positive)
  const positives = positive.reduce((sum, one) => sum + one, 0)
  return {
    averagePrecisions,
    scores: {
      rows: rows.length,
      positives,
      baseRate: positives / rows.length,
      averagePrecision: {
        value: averagePrecision(scores)(positive),
        ...percentileInterval(averagePrecisions),
      },
      rocAuc: rocAuc(scores)(positive),
      brier: brierScore(probabilities)(positive),
      logLoss: logLoss(probabilities)(positive),
      precisionAtCalls: { value: atCalls(scores)(positive), ...percentileInterval(precisions) },
      leadTime: eventDay ? leadTime(rows, positive, scores, calls, known, eventDay) : NaN,
      calibrationError: calibrationError(curve),
      reliability: Array.from(curve.count, (count, bin) => ({
        confidence: curve.forecast[bin],
        share: curve.frequency[bin],
        rows: count,
      })),
    },
  }
}

/**
 * Mean days from a right call to its event; of rows that tie for the last calls each counts by their share, as in
 * `precisionAt`. NaN without a right call.
 */
function leadTime(
  rows: Int32Array,
  positive: Uint8Array,
  scores: Float64Array,
  calls: number,
  known: Int32Array,
  eventDay: Int32Array,
): number {
  const least = scores.toSorted()[rows.length - calls]
  const above = scores.filter((score) => score > least).length
  const tied = scores.filter((score) => score === least).length
  let days = 0
  let total = 0
  rows.forEach((row, i) => {
    if (positive[i] === 0 || eventDay[row] < 0 || !(scores[i] >= least)) return
    const weight = scores[i] > least ? 1 : (calls - above) / tied
    days += weight * (eventDay[row] - known[row])
    total += weight
  })
  return days / total
}

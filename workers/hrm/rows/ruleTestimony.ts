import type { RowDataset } from '../../quant/rows.ts'
import { baseRates } from '../baselines/baseRate.ts'
import { fitLogisticRegression } from '../baselines/logisticRegression.ts'
import type { Run } from '../baselines/run.ts'
import { isClass } from '../evaluation/oneClass.ts'
import { judgedClass, judgedHead, type Testimony } from './judge.ts'

/** Rows that have the judged label, and 1 where it is the judged class. */
function judgedLabels(dataset: RowDataset, rows: Int32Array): { rows: Int32Array; positive: Uint8Array } {
  const head = dataset.labels.find(({ name }) => name === judgedHead)!
  const known = rows.filter((row) => head.values[row] >= 0)
  const which = head.classes.indexOf(judgedClass)
  return {
    rows: known,
    positive: isClass(
      known.map((row) => head.values[row]),
      which,
    ),
  }
}

/** What knowing nothing but the training rows' share says of any rows. */
export function baseRateTestimony(dataset: RowDataset, rows: Int32Array): Testimony {
  const { rows: train, positive } = judgedLabels(dataset, dataset.split.train)
  const labels = new Int32Array(dataset.rows)
  train.forEach((row, i) => (labels[row] = positive[i]))
  const [, rate] = baseRates({
    table: { values: new Float32Array(), width: 0 },
    labels,
    classes: 2,
    train,
    validation: new Int32Array(),
  })
  const constant = new Float64Array(rows.length).fill(rate)
  return { scores: constant, probabilities: constant }
}

/**
 * A rule ranks rows by its score as it is, those that it says nothing of last; its probabilities are that score on a logistic curve fitted on validation
 * (J. Platt 1999), or the base rate where the curve falls: there the rule says the opposite of what it claims.
 */
export async function ruleTestimony(
  dataset: RowDataset,
  rule: string,
  rows: Int32Array,
  run: Run,
): Promise<Testimony> {
  const found = dataset.rules.find(({ name }) => name === rule)
  if (!found) throw new RangeError(`There is no rule “${rule}” for these rows.`)
  const scores = Float64Array.from(rows, (row) =>
    Number.isNaN(found.scores[row]) ? -Infinity : found.scores[row],
  )
  const base = baseRateTestimony(dataset, rows)
  const { rows: validation, positive } = judgedLabels(dataset, dataset.split.validation)
  if (!positive.includes(1) || !positive.includes(0)) return { scores, probabilities: base.probabilities }
  const labels = new Int32Array(dataset.rows)
  validation.forEach((row, i) => (labels[row] = positive[i]))
  const table = { values: found.scores, width: 1 }
  const curve = await fitLogisticRegression(
    { table, labels, classes: 2, train: validation, validation },
    { penalties: [1e-4] },
    run,
  )
  const [ofNegative, , ofPositive] = curve.coefficients
  if (!(ofPositive > ofNegative)) return { scores, probabilities: base.probabilities }
  const said = await curve.probabilities(table, rows)
  return { scores, probabilities: Float64Array.from(rows, (_, i) => said[2 * i + 1]) }
}

import { exp, log } from '../../quant/elementary.ts'
import { logLoss } from '../evaluation/properScores.ts'
import { checkTask } from './classifier.ts'
import type { Classifier, Task } from './classifier.ts'
import { minimise } from './lbfgs.ts'
import type { Smooth } from './lbfgs.ts'
import { breather } from './run.ts'
import type { Run } from './run.ts'
import { fitScaler, standardised } from './scaler.ts'
import { softmax } from './softmax.ts'

export interface LogisticRegression extends Classifier {
  /** the penalty chosen */
  penalty: number
  /** [classes × (width + 1)] weights of the standardised features, then the intercept, of each class */
  coefficients: Float64Array
}

/** Strongest first; of the mean loss on standardised features, so they mean the same for any table. */
const usualPenalties = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0001]
const search = { tolerance: 1e-6, iterations: 500 }

/**
 * Multinomial logistic regression: the mean log loss + penalty ÷ 2 · Σ w², over the weights of standardised
 * features of every class, intercepts free. Scaled by training rows; a missing feature is taken for its mean.
 * The penalty is the one with the smallest log loss on validation, each fit starting from the one before.
 *
 * Throws a RangeError where there are several penalties and no validation rows to choose by.
 */
export async function fitLogisticRegression(
  task: Task,
  { penalties = usualPenalties }: { penalties?: readonly number[] } = {},
  run: Run = {},
): Promise<LogisticRegression> {
  checkTask(task)
  const { table, labels, classes, train, validation } = task
  if (penalties.length > 1 && validation.length === 0)
    throw new RangeError('A penalty can only be chosen on validation rows, and there are none.')
  const scaler = fitScaler(table, train)
  const features = standardised(table, train, scaler)
  const trainLabels = Int32Array.from(train, (row) => labels[row])
  const validationFeatures = standardised(table, validation, scaler)
  const validationLabels = Array.from(validation, (row) => labels[row])
  const breathe = breather(run)

  let coefficients: Float64Array = new Float64Array(classes * (table.width + 1))
  let best = { penalty: NaN, loss: Infinity, coefficients }
  for (const [k, penalty] of penalties.entries()) {
    const objective = penalisedLoss(features, trainLabels, classes, table.width, penalty)
    const { x, value } = await minimise(objective, coefficients, search, breathe)
    coefficients = x
    const loss = logLoss(classProbabilities(validationFeatures, coefficients, classes, table.width))(
      validationLabels,
    )
    run.onProgress?.({ done: k + 1, total: penalties.length, trainLoss: value, validationLoss: loss })
    if (penalties.length === 1 || loss < best.loss) best = { penalty, loss, coefficients }
  }
  return {
    penalty: best.penalty,
    coefficients: best.coefficients,
    probabilities: (other, rows) =>
      Promise.resolve(
        classProbabilities(standardised(other, rows, scaler), best.coefficients, classes, table.width),
      ),
  }
}

/** Mean log loss and penalty as a function of the coefficients [classes × (width + 1)], convex and smooth. */
export function penalisedLoss(
  features: Float64Array,
  labels: Int32Array,
  classes: number,
  width: number,
  penalty: number,
): Smooth {
  const rows = labels.length
  const logits = new Float64Array(classes)
  return (coefficients, gradient) => {
    gradient.fill(0)
    let loss = 0
    for (let row = 0; row < rows; row++) {
      const from = row * width
      let top = -Infinity
      for (let k = 0; k < classes; k++) {
        logits[k] = linear(features, from, coefficients, k * (width + 1), width)
        if (logits[k] > top) top = logits[k]
      }
      let sum = 0
      for (let k = 0; k < classes; k++) sum += exp(logits[k] - top)
      loss += top + log(sum) - logits[labels[row]]
      for (let k = 0; k < classes; k++) {
        const pull = exp(logits[k] - top) / sum - (k === labels[row] ? 1 : 0)
        const at = k * (width + 1)
        for (let j = 0; j < width; j++) gradient[at + j] += pull * features[from + j]
        gradient[at + width] += pull
      }
    }
    let squares = 0
    for (let at = 0; at < coefficients.length; at++) {
      gradient[at] /= rows
      if (at % (width + 1) === width) continue
      squares += coefficients[at] * coefficients[at]
      gradient[at] += penalty * coefficients[at]
    }
    return loss / rows + (penalty / 2) * squares
  }
}

function linear(
  features: Float64Array,
  from: number,
  coefficients: Float64Array,
  at: number,
  width: number,
): number {
  let sum = coefficients[at + width]
  for (let j = 0; j < width; j++) sum += coefficients[at + j] * features[from + j]
  return sum
}

function classProbabilities(
  features: Float64Array,
  coefficients: Float64Array,
  classes: number,
  width: number,
): Float64Array {
  const out = new Float64Array((features.length / width) * classes)
  for (let at = 0, from = 0; at < out.length; at += classes, from += width) {
    for (let k = 0; k < classes; k++)
      out[at + k] = linear(features, from, coefficients, k * (width + 1), width)
    softmax(out, at, classes)
  }
  return out
}

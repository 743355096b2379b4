import type { Metric } from './metric.ts'

/**
 * A metric that is the weighted mean of one number per row. The number of classes is told from the lengths: a
 * single probability per row is that of label 1.
 *
 * @param ofRow value of one row, whose probabilities start at `at`; `classes` is 1 for a single probability
 */
export function rowMean(
  ofRow: (predictions: Float64Array, at: number, classes: number, label: number) => number,
): Metric {
  return (predictions) => (labels, weights) => {
    const rows = labels.length
    const classes = predictions.length / rows
    let sum = 0
    let total = 0
    for (let row = 0; row < rows; row++) {
      const weight = weights === undefined ? 1 : weights[row]
      if (weight === 0) continue
      sum += weight * ofRow(predictions, row * classes, classes, labels[row])
      total += weight
    }
    return sum / total
  }
}

import { log } from '../../quant/elementary.ts'
import { rowMean } from './rowMean.ts'

/** A probability of 0 for what then happened costs −ln of this, 34.5, instead of everything. */
const leastProbability = 1e-15

/**
 * Mean of −ln p(label), in nats; predictions are probabilities [rows] of label 1 or [rows × classes]. A class
 * that never occurs is no trouble; NaN of no rows.
 */
export const logLoss = rowMean((predictions, at, classes, label) => {
  const probability = probabilityOf(label, predictions, at, classes)
  return -log(probability < leastProbability ? leastProbability : probability)
})

/**
 * Brier score (Brier 1950): for probabilities [rows] of label 1 the mean of (p − y)²; for [rows × classes] the
 * mean of Σ (p − y)² over the classes, which is twice as much where there are two. NaN of no rows.
 */
export const brierScore = rowMean((predictions, at, classes, label) => {
  if (classes === 1) return (predictions[at] - label) ** 2
  let sum = 0
  for (let k = 0; k < classes; k++) sum += (predictions[at + k] - (k === label ? 1 : 0)) ** 2
  return sum
})

/**
 * Share of rows whose most probable class is their label, or, for probabilities [rows] of label 1, that are on
 * the right side of ½. Classes that tie share the call. NaN of no rows.
 */
export const accuracy = rowMean((predictions, at, classes, label) => {
  const own = probabilityOf(label, predictions, at, classes)
  let ties = 1
  for (let k = 0; k < Math.max(2, classes); k++) {
    if (k === label) continue
    const other = probabilityOf(k, predictions, at, classes)
    if (Number.isNaN(other - own)) return NaN
    if (other > own) return 0
    if (other === own) ties++
  }
  return 1 / ties
})

function probabilityOf(label: number, predictions: Float64Array, at: number, classes: number): number {
  if (classes > 1) return predictions[at + label]
  return label === 1 ? predictions[at] : 1 - predictions[at]
}

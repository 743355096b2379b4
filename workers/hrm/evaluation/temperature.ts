import { exp, log } from '../../quant/elementary.ts'

/** The logarithm of a probability of 0. */
const leastProbability = 1e-15
/** Temperatures beyond are taken for these: a validation set that is all right, or worse than chance. */
const hottest = 100
const coldest = 0.01

/**
 * The temperature at which class probabilities fit the labels best (C. Guo et al., "On calibration of modern
 * neural networks", ICML 2017): p^(1/T), normalised, with the smallest log loss. Fit it on validation rows
 * and nothing else. It is monotone: the most probable class stays the same, and so does the order of rows
 * by the odds of two classes; it makes a model surer or less sure, and cannot move it towards the base rate.
 *
 * The log loss is convex in 1/T, so its derivative has one root, found by halving. 1 where nothing tells (no rows, or
 * every row uniform), NaN where a probability is.
 *
 * @param probabilities [rows × classes]
 * @param labels 0 … classes − 1
 */
export function fitTemperature(probabilities: Float64Array, labels: ArrayLike<number>): number {
  const rows = labels.length
  const classes = probabilities.length / rows
  const logits = Float64Array.from(probabilities, logit)
  const slopeAt = (inverse: number) => {
    let slope = 0
    for (let row = 0; row < rows; row++)
      slope += rowSlope(logits, row * classes, classes, labels[row], inverse)
    return slope
  }
  if (slopeAt(0) === 0 && slopeAt(1) === 0) return 1
  if (Number.isNaN(slopeAt(1))) return NaN
  let low = -log(hottest)
  let high = -log(coldest)
  if (slopeAt(exp(low)) >= 0) return hottest
  if (slopeAt(exp(high)) <= 0) return coldest
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2
    if (slopeAt(exp(middle)) > 0) high = middle
    else low = middle
  }
  return exp(-(low + high) / 2)
}

/** [rows × classes] probabilities at that temperature: below 1 surer, above 1 less sure. */
export function atTemperature(
  probabilities: Float64Array,
  classes: number,
  temperature: number,
): Float64Array {
  const out = new Float64Array(probabilities.length)
  for (let at = 0; at < out.length; at += classes) {
    let top = -Infinity
    for (let k = at; k < at + classes; k++) {
      out[k] = logit(probabilities[k]) / temperature
      if (!(out[k] <= top)) top = out[k]
    }
    let sum = 0
    for (let k = at; k < at + classes; k++) sum += out[k] = exp(out[k] - top)
    for (let k = at; k < at + classes; k++) out[k] /= sum
  }
  return out
}

function logit(probability: number): number {
  return log(probability < leastProbability ? leastProbability : probability)
}

/** Derivative of the log loss of one row by the inverse temperature: mean of the logits − logit of the label. */
function rowSlope(logits: Float64Array, at: number, classes: number, label: number, inverse: number): number {
  let top = -Infinity
  for (let k = 0; k < classes; k++) top = Math.max(top, logits[at + k])
  let sum = 0
  let weighted = 0
  for (let k = 0; k < classes; k++) {
    const share = exp(inverse * (logits[at + k] - top))
    sum += share
    weighted += share * logits[at + k]
  }
  return weighted / sum - logits[at + label]
}

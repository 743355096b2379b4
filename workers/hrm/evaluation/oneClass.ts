/**
 * The probability of one class [rows], from [rows × classes]: its score where that class is called positive
 * and every other negative.
 */
export function classScores(probabilities: Float64Array, classes: number, which: number): Float64Array {
  const scores = new Float64Array(probabilities.length / classes)
  for (let row = 0; row < scores.length; row++) scores[row] = probabilities[row * classes + which]
  return scores
}

/** [rows] 1 where the label is that class, else 0 */
export function isClass(labels: ArrayLike<number>, which: number): Uint8Array {
  return Uint8Array.from(labels, (label) => Number(label === which))
}

/**
 * Of every row the probability of its most probable class, and whether that class, the first of those that
 * tie, is the label: what the calibration of a classifier with several classes is measured on (Guo et al.
 * 2017).
 */
export function topClass(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
): { confidence: Float64Array; right: Uint8Array } {
  const rows = labels.length
  const classes = probabilities.length / rows
  const confidence = new Float64Array(rows)
  const right = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    const at = row * classes
    let top = 0
    for (let k = 1; k < classes; k++) if (probabilities[at + k] > probabilities[at + top]) top = k
    confidence[row] = probabilities[at + top]
    right[row] = Number(top === labels[row])
  }
  return { confidence, right }
}

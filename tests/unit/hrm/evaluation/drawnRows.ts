import { Random } from '../../../../workers/quant/random.ts'

/** Scores on a coarse grid, so that many tie, and labels that are likelier where the score is high. */
export function drawnScores(rows: number, seed: number): { scores: Float64Array; labels: Uint8Array } {
  const random = new Random(seed)
  const scores = Float64Array.from({ length: rows }, () => random.below(10) / 10)
  const labels = Uint8Array.from(scores, (score) => Number(random.uniform() < 0.1 + 0.5 * score))
  return { scores, labels }
}

/** Class probabilities [rows × classes] and labels drawn from them: a forecast that is exactly calibrated. */
export function drawnForecasts(
  rows: number,
  classes: number,
  seed: number,
): { probabilities: Float64Array; labels: Int32Array } {
  const random = new Random(seed)
  const probabilities = new Float64Array(rows * classes)
  const labels = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const own = Array.from({ length: classes }, () => random.uniform() ** 2 + 0.01)
    const sum = own.reduce((a, b) => a + b)
    own.forEach((value, k) => (probabilities[row * classes + k] = value / sum))
    let left = random.uniform() * sum
    labels[row] = own.findIndex((value) => (left -= value) < 0)
  }
  return { probabilities, labels }
}

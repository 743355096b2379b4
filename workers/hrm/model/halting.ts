import * as tf from '@tensorflow/tfjs'

/** What decides about a row: its q after the segment, and one draw each for exploration. */
export interface HaltingInput {
  /** Segments taken, the one just done included. */
  steps: Int32Array
  qHalt: Float32Array
  qContinue: Float32Array
  haltMaxSteps: number
  /** Evaluation ignores q and runs every row to the end. */
  training: boolean
  /** `q_halt > q_continue` as in the paper, or `q_halt > 0` alone (TRM). */
  rule: 'compare' | 'positive'
  /** The least segments a row must take this time, by exploration; absent = none. */
  minimumSteps?: Int32Array
}

/** Which rows are done after the segment: the last one always, others by q once exploration allows it. */
export function haltedAfter(input: HaltingInput): Uint8Array {
  const { steps, qHalt, qContinue, haltMaxSteps, training, rule, minimumSteps } = input
  return Uint8Array.from(steps, (taken, row) => {
    const last = taken >= haltMaxSteps
    if (!training || haltMaxSteps === 1) return Number(last)
    const wants = rule === 'compare' ? qHalt[row] > qContinue[row] : qHalt[row] > 0
    return Number((last || wants) && taken >= (minimumSteps?.[row] ?? 0))
  })
}

/** Exploration: with this probability a row has to take U{2 … M_max} segments, drawn anew at every call. */
export function explorationMinimum(
  rows: number,
  haltMaxSteps: number,
  probability: number,
  random: { uniform(): number; below(n: number): number },
): Int32Array {
  const explores = Array.from({ length: rows }, () => random.uniform() < probability)
  return Int32Array.from(explores, (does) => {
    const drawn = 2 + random.below(haltMaxSteps - 1)
    return does ? drawn : 0
  })
}

/**
 * What q_continue is drawn to, by the q of the next segment: σ(q_halt) where a row has no more segments to
 * take, else σ(max(q_halt, q_continue)). Q-learning without replay or target network. → [B]
 * @param taken segments each row has taken before that next one
 */
export function continueTarget(
  next: { qHalt: tf.Tensor1D; qContinue: tf.Tensor1D },
  taken: Int32Array,
  haltMaxSteps: number,
): tf.Tensor1D {
  const last = Uint8Array.from(taken, (steps) => Number(steps >= haltMaxSteps))
  const larger = tf.maximum<tf.Tensor1D>(next.qHalt, next.qContinue)
  return tf.sigmoid(tf.where<tf.Tensor1D>(tf.tensor1d(last, 'bool'), next.qHalt, larger))
}

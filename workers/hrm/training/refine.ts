import * as tf from '@tensorflow/tfjs'
import type { PuzzleTask, Refinement } from '../api.ts'
import { disposeCarry, type HrmModel } from '../model/index.ts'
import { batchOf, type PuzzleSource } from '../puzzles/puzzle.ts'

/** Lets a model work on an unseen puzzle, and writes down what it says after each segment. */
export async function refine(
  model: HrmModel,
  task: PuzzleTask,
  { unseen, width, height }: PuzzleSource,
  puzzle: number,
): Promise<Refinement> {
  const { given, solution } = unseen[((puzzle % unseen.length) + unseen.length) % unseen.length]
  const batch = batchOf([{ given, solution }])
  const segments: Refinement['segments'] = []
  let carry = model.initialCarry(1)
  do {
    const { carry: next, outputs } = await model.segment(carry, batch, { training: false })
    disposeCarry(carry)
    carry = next
    const { values, confidence, q } = tf.tidy(() => {
      const share = stablemax(outputs.logits) // [1, S, V]
      return {
        values: tf.argMax(share, -1),
        confidence: tf.max(share, -1),
        q: tf.sigmoid(tf.concat1d([outputs.qHalt, outputs.qContinue])),
      }
    })
    tf.dispose(outputs)
    const [halt, keepOn] = await q.data()
    segments.push({
      values: Int32Array.from(await values.data()),
      confidence: Float32Array.from(await confidence.data()),
      halt,
      keepOn,
    })
    tf.dispose([values, confidence, q])
  } while (carry.halted[0] === 0)
  disposeCarry(carry)
  return { task, width, height, given, solution, segments }
}

/** The probabilities that the loss is taken of: s(x) / Σ s, s(x) = x + 1 from 0 on, 1 / (1 − x) below. */
function stablemax(logits: tf.Tensor): tf.Tensor {
  const above = tf.add(tf.maximum(logits, 0), 1)
  const below = tf.div(1, tf.sub(1, tf.minimum(logits, 0)))
  const s = tf.where(tf.greaterEqual(logits, 0), above, below)
  return tf.div(s, tf.sum(s, -1, true))
}

import * as tf from '@tensorflow/tfjs'
import { linear } from '../ops/linear.ts'
import { headName, sizesOf, type HrmConfig } from './config.ts'

/** What is read from z_H after a segment. */
// A type, not an interface: tf.tidy takes only what has an index signature.
export type Outputs = {
  /** Of the first head: [B, S, V] for tokens, [B, classes] or [B, 1] else. */
  logits: tf.Tensor
  /** Of every head, by its name. */
  heads: Record<string, tf.Tensor>
  /** [B] */
  qHalt: tf.Tensor1D
  /** [B] */
  qContinue: tf.Tensor1D
}

/** zH [B, prefix + S, D] → logits of every head and the two q. */
export function readOut(config: HrmConfig, parameters: Record<string, tf.Tensor>, zH: tf.Tensor3D): Outputs {
  const { prefix } = sizesOf(config)
  const { hiddenSize: d, sequenceLength, vocabulary } = config
  const rows = zH.shape[0]
  const first = tf.reshape<tf.Rank.R2>(tf.slice(zH, [0, 0, 0], [rows, 1, d]), [rows, d]) // z_H[:, 0]
  const affine = (x: tf.Tensor2D, name: string) =>
    tf.add(linear(x, parameters[`${name}.weight`] as tf.Tensor2D), parameters[`${name}.bias`])
  const heads: Record<string, tf.Tensor> = {}
  for (const head of config.outputs) {
    if (head.kind === 'tokens') {
      const tokens = prefix > 0 ? tf.slice(zH, [0, prefix, 0], [rows, sequenceLength, d]) : zH
      const flat = tf.reshape<tf.Rank.R2>(tokens, [rows * sequenceLength, d])
      const logits = linear(flat, parameters['lm_head.weight'] as tf.Tensor2D) // [B·S, V]
      heads[headName(head)] = tf.reshape(logits, [rows, sequenceLength, vocabulary])
    } else heads[head.name] = affine(first, `heads.${head.name}`)
  }
  const [qHalt, qContinue] = tf.unstack(affine(first, 'q_head'), 1) as tf.Tensor1D[]
  return { logits: heads[headName(config.outputs[0])], heads, qHalt, qContinue }
}

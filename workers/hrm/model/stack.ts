import * as tf from '@tensorflow/tfjs'
import { addNorm } from '../ops/addNorm.ts'
import { attention, type Rotary } from '../ops/attention.ts'
import { linear } from '../ops/linear.ts'
import { swiglu } from '../ops/swiglu.ts'

/** The four products of a block, each [out, in]. */
export interface BlockWeights {
  qkv: tf.Tensor2D
  o: tf.Tensor2D
  gateUp: tf.Tensor2D
  down: tf.Tensor2D
}

export interface StackSettings {
  heads: number
  normEpsilon: number
  rotary: Rotary | null
}

/** One level of the hierarchy: the injection is added to its state, then the blocks run. [B, T, D] each. */
export function stack(
  state: tf.Tensor3D,
  injection: tf.Tensor3D,
  blocks: BlockWeights[],
  settings: StackSettings,
): tf.Tensor3D {
  return blocks.reduce((x, weights) => block(x, weights, settings), tf.add<tf.Tensor3D>(state, injection))
}

/** Post-norm: x = RMS(x + Attention(x)); x = RMS(x + SwiGLU(x)). x [B, T, D] → [B, T, D]. */
export function block(x: tf.Tensor3D, weights: BlockWeights, settings: StackSettings): tf.Tensor3D {
  const [rows, length, d] = x.shape
  const { heads, normEpsilon, rotary } = settings
  const flat = tf.reshape<tf.Rank.R2>(x, [rows * length, d]) // [N, D], N = B·T

  const qkv = tf.reshape<tf.Rank.R3>(linear(flat, weights.qkv), [rows, length, 3 * d]) // [B, T, 3D]
  const mixed = tf.reshape<tf.Rank.R2>(attention(qkv, heads, rotary), [rows * length, d]) // [N, D]
  const attended = addNorm(flat, linear(mixed, weights.o), normEpsilon) as tf.Tensor2D // [N, D]

  const gated = swiglu(linear(attended, weights.gateUp)) // [N, 2I] → [N, I]
  const out = addNorm(attended, linear(gated, weights.down), normEpsilon) // [N, D]
  return tf.reshape(out, [rows, length, d])
}

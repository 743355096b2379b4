import * as tf from '@tensorflow/tfjs'
import { addNorm } from '../ops/addNorm.ts'
import { attention, type Rotary } from '../ops/attention.ts'
import { linear } from '../ops/linear.ts'
import { summaryAttention } from '../ops/summaryAttention.ts'
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

/**
 * One level of the hierarchy: the injection is added to its state, then the blocks run. [B, T, D] each.
 * @param summaryOnly what comes out is position 0 alone, [B, 1, D]
 */
export function stack(
  state: tf.Tensor3D,
  injection: tf.Tensor3D,
  blocks: BlockWeights[],
  settings: StackSettings,
  summaryOnly = false,
): tf.Tensor3D {
  return blocks.reduce(
    (x, weights, i) => block(x, weights, settings, summaryOnly && i === blocks.length - 1),
    tf.add<tf.Tensor3D>(state, injection),
  )
}

/**
 * Post-norm: x = RMS(x + Attention(x)); x = RMS(x + SwiGLU(x)). x [B, T, D] → [B, T, D].
 * @param summaryOnly what comes out is position 0 alone, [B, 1, D]
 */
export function block(
  x: tf.Tensor3D,
  weights: BlockWeights,
  settings: StackSettings,
  summaryOnly = false,
): tf.Tensor3D {
  const [rows, length, d] = x.shape
  const { heads, normEpsilon, rotary } = settings
  const kept = summaryOnly ? 1 : length
  const { flat, mixed } = summaryOnly
    ? atSummary(x, weights.qkv, heads, rotary)
    : everywhere(x, weights.qkv, heads, rotary) // [N, D] each, N = B · kept
  const attended = addNorm(flat, linear(mixed, weights.o), normEpsilon) as tf.Tensor2D // [N, D]

  const gated = swiglu(linear(attended, weights.gateUp)) // [N, 2I] → [N, I]
  const out = addNorm(attended, linear(gated, weights.down), normEpsilon) // [N, D]
  return tf.reshape(out, [rows, kept, d])
}

/** The states of a block, and what attention mixes for each: [B·T, D] both. */
function everywhere(x: tf.Tensor3D, qkvWeight: tf.Tensor2D, heads: number, rotary: Rotary | null) {
  const [rows, length, d] = x.shape
  const flat = tf.reshape<tf.Rank.R2>(x, [rows * length, d])
  const qkv = tf.reshape<tf.Rank.R3>(linear(flat, qkvWeight), [rows, length, 3 * d]) // [B, T, 3D]
  return { flat, mixed: tf.reshape<tf.Rank.R2>(attention(qkv, heads, rotary), [rows * length, d]) }
}

/** The same of position 0 alone, [B, D] both. */
function atSummary(x: tf.Tensor3D, qkvWeight: tf.Tensor2D, heads: number, rotary: Rotary | null) {
  const [rows, length, d] = x.shape
  const first = (y: tf.Tensor) => tf.reshape<tf.Rank.R2>(tf.slice(y, [0, 0, 0], [rows, 1, d]), [rows, d])
  if (!rotary) return { flat: first(x), mixed: summaryAttention(x, first(x), qkvWeight, heads) }
  const { mixed } = everywhere(x, qkvWeight, heads, rotary)
  return { flat: first(x), mixed: first(tf.reshape(mixed, [rows, length, d])) }
}

import * as tf from '@tensorflow/tfjs'
import { linear } from './linear.ts'

/**
 * What one position of each row takes from all: softmax(q kᵀ / √headSize) v for its q alone, without rotary
 * positions. Neither k nor v is worked out: q · (W_k x) = (W_kᵀ q) · x, and Σ w (W_v x) = W_v Σ w x, so that of
 * every other position only its x is read, twice. For answers only: no gradient is kept fast.
 *
 * x [B, T, D], first [B, D] the state of the position that asks, qkvWeight [3D, D] → [B, D].
 */
export function summaryAttention(
  x: tf.Tensor3D,
  first: tf.Tensor2D,
  qkvWeight: tf.Tensor2D,
  heads: number,
): tf.Tensor2D {
  const [rows, , d] = x.shape
  const headSize = d / heads
  const part = (which: number, head: number) =>
    tf.slice2d(qkvWeight, [which * d + head * headSize, 0], [headSize, d]) // [headSize, D]
  const each = Array.from({ length: heads }, (_, head) => head)
  const asked = each.map((head) => {
    const q = linear(first, part(0, head)) // [B, headSize]
    return linear(q, tf.transpose(part(1, head))) // W_kᵀ q, [B, D]
  })
  const questions = tf.mul<tf.Tensor3D>(tf.stack(asked, 2), 1 / Math.sqrt(headSize)) // [B, D, heads]
  const weights = tf.softmax(tf.transpose(tf.matMul(x, questions), [0, 2, 1])) // [B, heads, T]
  const means = tf.unstack(tf.matMul(weights, x), 1) as tf.Tensor2D[] // heads × [B, D]
  return tf.reshape(
    tf.stack(
      means.map((mean, head) => linear(mean, part(2, head))), // heads × [B, headSize]
      1,
    ),
    [rows, d],
  )
}

import * as tf from '@tensorflow/tfjs'
import { fused, runKernel } from './kernel.ts'

/** cos and sin of position × frequency, [S, headSize], the half-width angles side by side twice. */
export interface Rotary {
  cos: tf.Tensor2D
  sin: tf.Tensor2D
}

/**
 * Attention of every position to every other: softmax(q kᵀ / √headSize) v, after rotating q and k.
 * qkv [B, S, 3D]: q of all heads, then k, then v → [B, S, D].
 */
export function attention(qkv: tf.Tensor3D, heads: number, rotary: Rotary | null): tf.Tensor3D {
  if (!fused('HrmAttention')) return composedAttention(qkv, heads, rotary)
  const attributes = { heads, rotary: rotary !== null }
  const named = ([cos, sin]: tf.Tensor[]): Record<string, tf.Tensor> => (rotary ? { cos, sin } : {})
  return tf.customGrad((x, save) => {
    const tables = rotary ? [rotary.cos, rotary.sin] : []
    const inputs = { qkv: x as tf.Tensor, ...named(tables) }
    // logSum [B, heads, S]: log Σ exp of the scores of each query, by which the gradient finds the weights again
    const [value, logSum] = runKernel('HrmAttention', inputs, attributes)
    ;(save as tf.GradSaveFunc)([x as tf.Tensor, value, logSum, ...tables])
    return {
      value,
      gradFunc: (dy: tf.Tensor, [qkvs, out, sums, ...saved]: tf.Tensor[]) =>
        runKernel('HrmAttentionGrad', { dy, qkv: qkvs, out, logSum: sums, ...named(saved) }, attributes)[0],
    }
  })(qkv) as tf.Tensor3D
}

export function composedAttention(qkv: tf.Tensor3D, heads: number, rotary: Rotary | null): tf.Tensor3D {
  const [rows, length, width] = qkv.shape
  const headSize = width / 3 / heads
  const [q, k, v] = tf
    .split(tf.reshape(qkv, [rows, length, 3 * heads, headSize]), 3, 2) // each [B, S, heads, headSize]
    .map((part) => tf.transpose(part, [0, 2, 1, 3])) // [B, heads, S, headSize]
  const turned = (x: tf.Tensor) => (rotary ? rotate(x, rotary) : x)
  const kTransposed = tf.transpose(turned(k), [0, 1, 3, 2]) // [B, heads, headSize, S]
  const scores = tf.mul(tf.matMul(turned(q), kTransposed), 1 / Math.sqrt(headSize)) // [B, heads, S, S]
  const mixed = tf.matMul(tf.softmax(scores), v) // [B, heads, S, headSize]
  return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [rows, length, width / 3])
}

/** x·cos + concat(−x₂, x₁)·sin, with the two halves of the head (Su et al. 2021). x [..., S, headSize]. */
export function rotate(x: tf.Tensor, { cos, sin }: Rotary): tf.Tensor {
  const [first, second] = tf.split(x, 2, -1)
  return tf.add(tf.mul(x, cos), tf.mul(tf.concat([tf.neg(second), first], -1), sin))
}

/** The tables of rotary positions: angle = position · θ^(−2i / headSize). [length, headSize] each. */
export function rotaryTables(
  length: number,
  headSize: number,
  theta: number,
): { cos: Float32Array; sin: Float32Array } {
  const cos = new Float32Array(length * headSize)
  const sin = new Float32Array(length * headSize)
  const half = headSize / 2
  for (let position = 0; position < length; position++)
    for (let i = 0; i < half; i++) {
      const angle = Math.fround(position * Math.fround(1 / Math.fround(theta ** ((2 * i) / headSize))))
      for (const at of [i, i + half]) {
        cos[position * headSize + at] = Math.cos(angle)
        sin[position * headSize + at] = Math.sin(angle)
      }
    }
  return { cos, sin }
}

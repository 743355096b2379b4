import { product, productScratch } from './product'
import { softmax, softmaxGrad } from './softmax'
import { turn } from './turn'

// Scores lie transposed, keys [length] by queries [across]: across is the length, filled up to whole vectors by
// queries of zeros.

function acrossOf(length: i32): i32 {
  return (length + 3) & ~3
}

/** Bytes of scratch either function needs: q, k, the gradient of either, weights, theirs, two rows, and a product's. */
export function attentionScratch(length: i32, headSize: i32): i32 {
  const across = acrossOf(length)
  const products = max(productScratch(across, headSize), productScratch(headSize, length))
  return 4 * (3 * across * headSize + 2 * length * across + 2 * across) + products
}

/**
 * softmax(q kᵀ / √headSize) v of each row and head: qkv [rows, length, 3 · heads · headSize], q of all heads first,
 * out [rows, length, heads · headSize]. q and k are turned by cos and sin [length, headSize] first, unless these are
 * at 0.
 */
export function attention(
  rows: i32,
  length: i32,
  heads: i32,
  headSize: i32,
  cos: usize,
  sin: usize,
  qkv: usize,
  out: usize,
  scratch: usize,
): void {
  const width = heads * headSize
  const across = acrossOf(length)
  const q = scratch
  const k = q + 4 * across * headSize
  const weights = k + 4 * across * headSize
  const spare = weights + 4 * length * across
  const free = spare + 8 * across
  memory.fill(q, 0, 4 * across * headSize)
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      const from = qkv + 4 * (row * length * 3 * width + head * headSize)
      weigh(length, across, width, headSize, cos, sin, from, q, k, weights, spare, free)
      const v = from + 8 * width
      const to = out + 4 * (row * length * width + head * headSize)
      product(length, headSize, length, weights, 1, across, v, 1, 3 * width, to, width, free)
    }
  }
}

/** The gradient: dy [rows, length, heads · headSize], dQkv [rows, length, 3 · heads · headSize]. */
export function attentionGrad(
  rows: i32,
  length: i32,
  heads: i32,
  headSize: i32,
  cos: usize,
  sin: usize,
  dy: usize,
  qkv: usize,
  dQkv: usize,
  scratch: usize,
): void {
  const width = heads * headSize
  const across = acrossOf(length)
  const q = scratch
  const k = q + 4 * across * headSize
  const turned = k + 4 * across * headSize
  const weights = turned + 4 * across * headSize
  const dScores = weights + 4 * length * across
  const spare = dScores + 4 * length * across
  const free = spare + 8 * across
  const scale: f32 = 1 / sqrt<f32>(<f32>headSize)
  memory.fill(q, 0, 4 * across * headSize)
  // Queries of zeros have no gradient.
  memory.fill(dScores, 0, 4 * length * across)
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      const from = qkv + 4 * (row * length * 3 * width + head * headSize)
      const v = from + 8 * width
      const d = dy + 4 * (row * length * width + head * headSize)
      const to = dQkv + 4 * (row * length * 3 * width + head * headSize)
      weigh(length, across, width, headSize, cos, sin, from, q, k, weights, spare, free)
      // The gradient of the weights is v dyᵀ, transposed as they are.
      product(length, length, headSize, v, 3 * width, 1, d, width, 1, dScores, across, free)
      softmaxGrad(length, across, weights, dScores, spare)
      // dv = weightsᵀ dy, dq = dScores k, dk = dScoresᵀ q.
      product(length, headSize, length, weights, across, 1, d, 1, width, to + 8 * width, 3 * width, free)
      product(length, headSize, length, dScores, 1, across, k, 1, headSize, turned, headSize, free)
      turn(length, headSize, cos, sin, -1, scale, turned, headSize, to, 3 * width)
      product(length, headSize, length, dScores, across, 1, q, 1, headSize, turned, headSize, free)
      turn(length, headSize, cos, sin, -1, 1, turned, headSize, to + 4 * width, 3 * width)
    }
  }
}

/** Of one head: q / √headSize and k, turned, and the weights of every key for every query. */
function weigh(
  length: i32,
  across: i32,
  width: i32,
  headSize: i32,
  cos: usize,
  sin: usize,
  from: usize,
  q: usize,
  k: usize,
  weights: usize,
  spare: usize,
  free: usize,
): void {
  turn(length, headSize, cos, sin, 1, 1 / sqrt<f32>(<f32>headSize), from, 3 * width, q, headSize)
  turn(length, headSize, cos, sin, 1, 1, from + 4 * width, 3 * width, k, headSize)
  product(length, across, headSize, k, headSize, 1, q, headSize, 1, weights, across, free)
  softmax(length, across, weights, spare)
}

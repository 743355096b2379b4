import { exp } from './exp'
import { product, productScratch } from './product'
import { laneMax, laneSum, madd, put, take } from './vector'

/** Bytes of scratch that both functions need: q, k and one of their gradients, scores, theirs, and a product's. */
export function attentionScratch(length: i32, headSize: i32): i32 {
  const products = max(productScratch(length, headSize), productScratch(headSize, length))
  return 4 * (3 * length * headSize + 2 * length * padded(length)) + products
}

/** Rows of scores are filled up to whole vectors. */
function padded(length: i32): i32 {
  return (length + 3) & ~3
}

/**
 * softmax(q kᵀ / √headSize) v of each row and head: qkv [rows, length, 3 · heads · headSize], q of all heads first,
 * out [rows, length, heads · headSize].
 * q and k are turned by cos and sin [length, headSize] first, unless these are at 0.
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
  const across = padded(length)
  const q = scratch
  const k = q + 4 * length * headSize
  const scores = k + 4 * length * headSize
  const free = scores + 4 * length * across
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      const from = qkv + 4 * (row * length * 3 * width + head * headSize)
      scoresOf(length, width, headSize, cos, sin, from, q, k, scores, across, free)
      for (let i = 0; i < length; i++) softmax(scores + 4 * i * across, length)
      const v = from + 8 * width
      const to = out + 4 * (row * length * width + head * headSize)
      product(length, headSize, length, scores, across, 1, v, 1, 3 * width, to, width, free)
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
  const across = padded(length)
  const q = scratch
  const k = q + 4 * length * headSize
  const turned = k + 4 * length * headSize
  const weights = turned + 4 * length * headSize
  const dScores = weights + 4 * length * across
  const free = dScores + 4 * length * across
  const scale: f32 = 1 / sqrt<f32>(<f32>headSize)
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      const from = qkv + 4 * (row * length * 3 * width + head * headSize)
      const v = from + 8 * width
      const to = dQkv + 4 * (row * length * 3 * width + head * headSize)
      const above = 4 * (row * length * width + head * headSize)
      scoresOf(length, width, headSize, cos, sin, from, q, k, weights, across, free)
      // dWeights = dy vᵀ
      product(length, length, headSize, dy + above, width, 1, v, 3 * width, 1, dScores, across, free)
      for (let i = 0; i < length; i++) {
        softmax(weights + 4 * i * across, length)
        softmaxGrad(weights + 4 * i * across, dScores + 4 * i * across, length)
      }
      // dv = weightsᵀ dy, dq = dScores k, dk = dScoresᵀ q
      product(
        length,
        headSize,
        length,
        weights,
        1,
        across,
        dy + above,
        1,
        width,
        to + 8 * width,
        3 * width,
        free,
      )
      product(length, headSize, length, dScores, across, 1, k, 1, headSize, turned, headSize, free)
      turn(length, headSize, cos, sin, -1, scale, turned, headSize, to, 3 * width)
      product(length, headSize, length, dScores, 1, across, q, 1, headSize, turned, headSize, free)
      turn(length, headSize, cos, sin, -1, 1, turned, headSize, to + 4 * width, 3 * width)
    }
  }
}

/** q / √headSize and k of one head, turned, and the scores [length, across] = q kᵀ. */
function scoresOf(
  length: i32,
  width: i32,
  headSize: i32,
  cos: usize,
  sin: usize,
  from: usize,
  q: usize,
  k: usize,
  scores: usize,
  across: i32,
  free: usize,
): void {
  turn(length, headSize, cos, sin, 1, 1 / sqrt<f32>(<f32>headSize), from, 3 * width, q, headSize)
  turn(length, headSize, cos, sin, 1, 1, from + 4 * width, 3 * width, k, headSize)
  product(length, length, headSize, q, headSize, 1, k, headSize, 1, scores, across, free)
}

/**
 * Turns the pairs (x[i], x[i + headSize / 2]) of each position by its angles, forwards or back (direction −1), and
 * scales them. Steps from one position to the next are in floats.
 */
function turn(
  length: i32,
  headSize: i32,
  cos: usize,
  sin: usize,
  direction: f32,
  scale: f32,
  from: usize,
  fromStep: i32,
  to: usize,
  toStep: i32,
): void {
  const scales = f32x4.splat(scale)
  const signed = f32x4.splat(scale * direction)
  const half = headSize >> 1
  for (let position = 0; position < length; position++) {
    if (cos == 0) {
      for (let i = 0; i < headSize; i += 4)
        put(to + 4 * i, f32x4.mul(take(from + 4 * i, headSize - i), scales), headSize - i)
    } else {
      for (let i = 0; i < half; i += 4) {
        const left = half - i
        const c = f32x4.mul(take(cos + 4 * i, left), scales)
        const s = f32x4.mul(take(sin + 4 * i, left), signed)
        const first = take(from + 4 * i, left)
        const second = take(from + 4 * (i + half), left)
        put(to + 4 * i, f32x4.sub(f32x4.mul(first, c), f32x4.mul(second, s)), left)
        put(to + 4 * (i + half), f32x4.add(f32x4.mul(second, c), f32x4.mul(first, s)), left)
      }
      cos += 4 * headSize
      sin += 4 * headSize
    }
    from += 4 * fromStep
    to += 4 * toStep
  }
}

/** Turns a row of scores into weights. */
function softmax(row: usize, length: i32): void {
  for (let i = length; i < padded(length); i++) store<f32>(row + 4 * i, -Infinity)
  let most = v128.load(row)
  for (let i = 4; i < length; i += 4) most = f32x4.pmax(most, v128.load(row + 4 * i))
  const largest = f32x4.splat(laneMax(most))
  let sums = f32x4.splat(0)
  for (let i = 0; i < length; i += 4) {
    const e = exp(f32x4.sub(v128.load(row + 4 * i), largest))
    v128.store(row + 4 * i, e)
    sums = f32x4.add(sums, e)
  }
  const scale = f32x4.splat(1 / laneSum(sums))
  for (let i = 0; i < length; i += 4) v128.store(row + 4 * i, f32x4.mul(v128.load(row + 4 * i), scale))
}

/** Turns a row of the weights' gradients into that of the scores, weight · (gradient − Σ weight · gradient). */
function softmaxGrad(weights: usize, gradients: usize, length: i32): void {
  let products = f32x4.splat(0)
  for (let i = 0; i < length; i += 4)
    products = madd(v128.load(weights + 4 * i), take(gradients + 4 * i, length - i), products)
  const mean = f32x4.splat(laneSum(products))
  for (let i = 0; i < length; i += 4) {
    const gradient = f32x4.sub(v128.load(gradients + 4 * i), mean)
    v128.store(gradients + 4 * i, f32x4.mul(v128.load(weights + 4 * i), gradient))
  }
}

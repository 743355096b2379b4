import { exp } from './exp'
import { madd } from './vector'

// Both work on columns, all of them row by row: each lane is a query of its own, so that nothing is summed across
// lanes and no step waits for the one before it. `across`, the length of a row, is a multiple of four.

/** Softmax of every column of scores [rows, across], in place. `spare` is room for two rows. */
export function softmax(rows: i32, across: i32, scores: usize, spare: usize): void {
  const bytes = 4 * across
  const end = scores + rows * bytes
  const largest = spare
  const sums = spare + bytes
  memory.copy(largest, scores, bytes)
  memory.fill(sums, 0, bytes)
  for (let row = scores + bytes; row < end; row += bytes) {
    for (let i = 0; i < bytes; i += 16)
      v128.store(largest + i, f32x4.pmax(v128.load(largest + i), v128.load(row + i)))
  }
  for (let row = scores; row < end; row += bytes) {
    for (let i = 0; i < bytes; i += 16) {
      const e = exp(f32x4.sub(v128.load(row + i), v128.load(largest + i)))
      v128.store(row + i, e)
      v128.store(sums + i, f32x4.add(v128.load(sums + i), e))
    }
  }
  for (let i = 0; i < bytes; i += 16) v128.store(sums + i, f32x4.div(f32x4.splat(1), v128.load(sums + i)))
  for (let row = scores; row < end; row += bytes) {
    for (let i = 0; i < bytes; i += 16)
      v128.store(row + i, f32x4.mul(v128.load(row + i), v128.load(sums + i)))
  }
}

/**
 * Turns gradients of weights [rows, across], softmax by column, into those of the scores, in place:
 * weight · (gradient − Σ weight · gradient). `spare` is room for one row.
 */
export function softmaxGrad(rows: i32, across: i32, weights: usize, gradients: usize, spare: usize): void {
  const bytes = 4 * across
  const end = weights + rows * bytes
  const toGradient = gradients - weights
  memory.fill(spare, 0, bytes)
  for (let row = weights; row < end; row += bytes) {
    for (let i = 0; i < bytes; i += 16) {
      const gradient = v128.load(row + toGradient + i)
      v128.store(spare + i, madd(v128.load(row + i), gradient, v128.load(spare + i)))
    }
  }
  for (let row = weights; row < end; row += bytes) {
    for (let i = 0; i < bytes; i += 16) {
      const gradient = f32x4.sub(v128.load(row + toGradient + i), v128.load(spare + i))
      v128.store(row + toGradient + i, f32x4.mul(v128.load(row + i), gradient))
    }
  }
}

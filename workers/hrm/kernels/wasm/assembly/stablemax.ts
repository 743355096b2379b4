import { log } from './log'

/** −log(s(x_label) / Σ s(x)) per row, 0 where the label is none of the classes: logits [rows, classes], labels [rows]. */
export function stablemax(rows: i32, classes: i32, logits: usize, labels: usize, out: usize): void {
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(labels)
    let loss: f64 = 0
    if (0 <= label && label < classes) loss = log(sumOf(logits, classes) / s(load<f32>(logits + 4 * label)))
    store<f32>(out, <f32>loss)
    logits += 4 * classes
    labels += 4
    out += 4
  }
}

/** The gradient: dy [rows], dLogits [rows, classes]. */
export function stablemaxGrad(
  rows: i32,
  classes: i32,
  dy: usize,
  logits: usize,
  labels: usize,
  dLogits: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(labels)
    const counts = 0 <= label && label < classes
    const scale = counts ? <f64>load<f32>(dy) : 0
    const sum = sumOf(logits, classes)
    for (let i = 0; i < classes; i++) {
      const x = load<f32>(logits + 4 * i)
      // d log s / dx is the slope of s over s, and the slope is 1 from 0 on and s² below.
      const own = s(x)
      const slope = x < 0 ? own * own : 1
      const d = counts ? slope / sum - (i == label ? slope / own : 0) : 0
      store<f32>(dLogits + 4 * i, <f32>(scale * d))
    }
    dy += 4
    logits += 4 * classes
    labels += 4
    dLogits += 4 * classes
  }
}

/** x + 1 from 0 on, 1 / (1 − x) below. */
function s(x: f64): f64 {
  return x < 0 ? 1 / (1 - x) : x + 1
}

function sumOf(logits: usize, classes: i32): f64 {
  let sum: f64 = 0
  for (let i = 0; i < classes; i++) sum += s(load<f32>(logits + 4 * i))
  return sum
}

import { exp } from '../../quant/elementary.ts'

/** Turns the `classes` logits that start at `at` into probabilities, in place. */
export function softmax(values: Float64Array, at: number, classes: number): void {
  let top = -Infinity
  for (let k = at; k < at + classes; k++) if (values[k] > top) top = values[k]
  let sum = 0
  for (let k = at; k < at + classes; k++) sum += values[k] = exp(values[k] - top)
  for (let k = at; k < at + classes; k++) values[k] /= sum
}

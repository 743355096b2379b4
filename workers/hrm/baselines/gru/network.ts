import * as tf from '@tensorflow/tfjs'
import { linear } from '../../ops/linear.ts'

/** Sizes of a GRU that reads sequences and names a class. */
export interface GruSizes {
  /** features of a step */
  width: number
  units: number
  classes: number
}

/** Matrices [out, in] and biases; of the gates together, in the order reset, update, candidate. */
export interface GruParameters {
  /** W [3 · units, width] */
  input: tf.Tensor2D
  /** U [3 · units, units] */
  state: tf.Tensor2D
  /** b [3 · units] */
  bias: tf.Tensor1D
  /** c [units] */
  candidateBias: tf.Tensor1D
  /** [classes, units] */
  readOut: tf.Tensor2D
  /** [classes] */
  readOutBias: tf.Tensor1D
}

/**
 * The gated recurrent unit (K. Cho et al., EMNLP 2014, arXiv 1406.1078), in the form of cuDNN and PyTorch, whose
 * reset gate stands behind the matrix product, so that a step needs one:
 *
 *     r = σ(Wᵣx + Uᵣh + bᵣ)   z = σ(W𝓏x + U𝓏h + b𝓏)
 *     n = tanh(Wₙx + bₙ + r·(Uₙh + cₙ))
 *     h ← (1 − z)·n + z·h
 *
 * starting from 0; the class is read from the last state. What the input adds is worked out for all steps at
 * once.
 *
 * @param sequences [steps, rows, width]
 * @returns logits [rows, classes]
 */
export function gruLogits(parameters: GruParameters, sequences: tf.Tensor3D): tf.Tensor2D {
  const { input, state, bias, candidateBias, readOut, readOutBias } = parameters
  const [steps, rows, width] = sequences.shape
  const units = state.shape[1]
  const fromInputs: tf.Tensor2D = tf.add(linear(tf.reshape(sequences, [steps * rows, width]), input), bias) // [steps · rows, 3 · units]
  let h = tf.zeros<tf.Rank.R2>([rows, units])
  for (const fromInput of pieces(fromInputs, steps)) {
    const [inR, inZ, inN] = tf.split(fromInput, 3, 1) // 3 × [rows, units]
    const [ofR, ofZ, ofN] = tf.split(linear(h, state), 3, 1)
    const r = tf.sigmoid(tf.add(inR, ofR))
    const z = tf.sigmoid(tf.add(inZ, ofZ))
    const n = tf.tanh(tf.add(inN, tf.mul(r, tf.add(ofN, candidateBias))))
    h = tf.add(n, tf.mul(z, tf.sub(h, n)))
  }
  return tf.add(linear(h, readOut), readOutBias) // [rows, classes]
}

/**
 * The rows of x in `count` equal pieces, by halving: tfjs copies the whole of a tensor for every slice of it on
 * WASM, so cutting off one piece after the other would copy a long sequence once per step.
 */
function pieces(x: tf.Tensor2D, count: number): tf.Tensor2D[] {
  if (count === 1) return [x]
  const half = count >> 1
  const size = x.shape[0] / count
  const [first, second] = tf.split<tf.Tensor2D>(x, [half * size, (count - half) * size])
  return [...pieces(first, half), ...pieces(second, count - half)]
}

import * as tf from '@tensorflow/tfjs'

/**
 * Computes a tensor that no gradient flows into, also where a gradient is being taken (tfjs has no
 * stopGradient): a custom gradient without inputs keeps everything inside off the tape, and what
 * it returns has no way back to any parameter.
 */
export function withoutGradient<T extends tf.Tensor>(compute: () => T): T {
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))()
}

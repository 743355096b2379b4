import * as tf from '@tensorflow/tfjs'
import { fused, runKernel } from './kernel.ts'

/**
 * RMS(x + y), the residual and the norm that follows it: h / √(mean(h², last axis) + ε), without a scale
 * (Zhang & Sennrich 2019). x, y [..., D] → [..., D].
 */
export function addNorm(x: tf.Tensor, y: tf.Tensor, epsilon: number): tf.Tensor {
  if (!fused('HrmAddNorm')) return rmsNorm(tf.add(x, y), epsilon)
  return tf.customGrad((a, b, save) => {
    const [first, second] = [a as tf.Tensor, b as tf.Tensor]
    // rstd [..., 1]: one over the root mean square; empty from a backend that rather finds it again from x + y
    const [value, rstd] = runKernel('HrmAddNorm', { x: first, y: second }, { epsilon })
    ;(save as tf.GradSaveFunc)([value, rstd, first, second])
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const summands = { first: saved[2], second: saved[3] }
        const [dh] = runKernel(
          'HrmAddNormGrad',
          { dy, y: saved[0], rstd: saved[1], ...summands },
          { epsilon },
        )
        return [dh, dh.clone()]
      },
    }
  })(x, y)
}

/** h / √(mean(h², last axis) + ε). h [..., D] → [..., D]. */
export function rmsNorm(h: tf.Tensor, epsilon: number): tf.Tensor {
  return tf.mul(h, tf.rsqrt(tf.add(tf.mean(tf.square(h), -1, true), epsilon)))
}

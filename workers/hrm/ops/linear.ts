import * as tf from '@tensorflow/tfjs'
import { fused, runKernel } from './kernel.ts'

/**
 * y = x Wᵀ, for x [N, in] and W [out, in] → [N, out].
 *
 * The gradient is written out, because tfjs's own multiplies by transposed operands, for which its WASM
 * backend has only a slow path: dX = dY W needs none, and of dW = dYᵀ X only the narrow X is transposed.
 */
export function linear(x: tf.Tensor2D, weight: tf.Tensor2D): tf.Tensor2D {
  return linearWithGradient(x, weight)
}

const linearWithGradient = tf.customGrad((x, weight, save) => {
  const [input, w] = [x as tf.Tensor2D, weight as tf.Tensor2D]
  ;(save as tf.GradSaveFunc)([input, w])
  return {
    value: forward(input, w),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [xs, ws] = saved as tf.Tensor2D[]
      return [gradientOfInput(dy as tf.Tensor2D, ws), gradientOfWeight(dy as tf.Tensor2D, xs)]
    },
  }
})

/** [N, in], [out, in] → [N, out]. */
function forward(x: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor2D {
  if (fused('HrmLinear')) return runKernel('HrmLinear', { x, w })[0] as tf.Tensor2D
  return tf.matMul(x, tf.transpose(w))
}

/** [N, out], [out, in] → [N, in]. */
function gradientOfInput(dy: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor2D {
  if (fused('HrmLinearGradX')) return runKernel('HrmLinearGradX', { dy, w })[0] as tf.Tensor2D
  return tf.matMul(dy, w)
}

/** [N, out], [N, in] → [out, in]. */
function gradientOfWeight(dy: tf.Tensor2D, x: tf.Tensor2D): tf.Tensor2D {
  if (fused('HrmLinearGradW')) return runKernel('HrmLinearGradW', { dy, x })[0] as tf.Tensor2D
  return tf.transpose(tf.matMul(tf.transpose(x), dy))
}

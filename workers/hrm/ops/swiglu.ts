import * as tf from '@tensorflow/tfjs'
import { fused, runKernel } from './kernel.ts'

/**
 * silu(gate) · up, the gated unit between the two products of SwiGLU (Shazeer 2020).
 * gate|up [N, 2I], gate first → [N, I].
 */
export function swiglu(gateUp: tf.Tensor2D): tf.Tensor2D {
  if (!fused('HrmSwiGlu')) return composedSwiglu(gateUp)
  return tf.customGrad((x, save) => {
    ;(save as tf.GradSaveFunc)([x as tf.Tensor])
    return {
      value: runKernel('HrmSwiGlu', { gateUp: x as tf.Tensor })[0],
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        runKernel('HrmSwiGluGrad', { dy, gateUp: saved[0] })[0],
    }
  })(gateUp) as tf.Tensor2D
}

export function composedSwiglu(gateUp: tf.Tensor2D): tf.Tensor2D {
  const [gate, up] = tf.split(gateUp, 2, 1)
  return tf.mul(tf.mul(gate, tf.sigmoid(gate)), up)
}

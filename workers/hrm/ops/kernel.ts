import * as tf from '@tensorflow/tfjs'

/**
 * Whether the backend in use has a fused kernel of ours under this name. Kernels are registered with tfjs
 * (`tf.registerKernel`) by `workers/hrm/kernels`; without one the operation is composed of tfjs's own.
 */
export function fused(name: KernelName): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined
}

export type KernelName =
  | 'HrmLinear'
  | 'HrmLinearGradX'
  | 'HrmLinearGradW'
  | 'HrmAttention'
  | 'HrmAttentionGrad'
  | 'HrmAddNorm'
  | 'HrmAddNormGrad'
  | 'HrmSwiGlu'
  | 'HrmSwiGluGrad'
  | 'HrmStablemax'
  | 'HrmStablemaxGrad'
  | 'HrmAdamAtan2'
  | 'HrmAdamW'
  | 'HrmMoments'
  | 'HrmAdamAtan2Step'
  | 'HrmAdamWStep'

/** Runs a registered kernel; tensors in, tensors out, attributes passed as they are. */
export function runKernel(
  name: KernelName,
  inputs: Record<string, tf.Tensor>,
  attributes: Record<string, number | boolean> = {},
): tf.Tensor[] {
  const out = tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, attributes)
  return Array.isArray(out) ? out : [out]
}

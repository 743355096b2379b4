import * as tf from '@tensorflow/tfjs'
import type { KernelName } from '../../ops/kernel.ts'
import { adamAtan2, adamW } from './adam.ts'
import { addNorm, addNormGrad } from './addNorm.ts'
import { attention, attentionGrad } from './attention.ts'
import type { Kernel } from './kernel.ts'
import { linear, linearGradW, linearGradX } from './linear.ts'
import { stablemax, stablemaxGrad } from './stablemax.ts'
import { swiglu, swigluGrad } from './swiglu.ts'
import { memoryOf, workspaceOf } from './workspace.ts'

const backendName = 'wasm'

export const wasmKernels: Partial<Record<KernelName, Kernel>> = {
  HrmLinear: linear,
  HrmLinearGradX: linearGradX,
  HrmLinearGradW: linearGradW,
  HrmAttention: attention,
  HrmAttentionGrad: attentionGrad,
  HrmAddNorm: addNorm,
  HrmAddNormGrad: addNormGrad,
  HrmSwiGlu: swiglu,
  HrmSwiGluGrad: swigluGrad,
  HrmStablemax: stablemax,
  HrmStablemaxGrad: stablemaxGrad,
  HrmAdamAtan2: adamAtan2,
  HrmAdamW: adamW,
}

/**
 * Registers our kernels for tfjs's WASM backend, which must be the one in use; once, however often it is called.
 * Returns their names: none where the engine has no SIMD or tfjs's memory is out of reach, and operations are then
 * composed of tfjs's own.
 */
export function registerWasmKernels(): string[] {
  if (!canWork()) return []
  for (const [kernelName, kernel] of Object.entries(wasmKernels)) {
    if (tf.getKernel(kernelName, backendName)) continue
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel(workspaceOf(backend), inputs as Record<string, tf.TensorInfo>, attrs ?? {}),
    })
  }
  return Object.keys(wasmKernels)
}

/** Lets the operations be composed again. */
export function unregisterWasmKernels(): void {
  for (const kernelName of Object.keys(wasmKernels))
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName)
}

function canWork(): boolean {
  if (tf.getBackend() !== backendName || !memoryOf(tf.backend())) return false
  try {
    workspaceOf(tf.backend())
    return true
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return false
    throw error
  }
}

import * as tf from '@tensorflow/tfjs'
import type { KernelName } from '../../ops/kernel.ts'
import { adamAtan2, adamW } from './adam.ts'
import { addNorm, addNormGrad } from './addNorm.ts'
import { attention, attentionGrad } from './attention.ts'
import { identity } from './identity.ts'
import type { Kernel } from './kernel.ts'
import { linear, linearGradW, linearGradX } from './linear.ts'
import { stablemax, stablemaxGrad } from './stablemax.ts'
import { swiglu, swigluGrad } from './swiglu.ts'
import { memoryOf, workspaceOf } from './workspace.ts'

const backendName = 'wasm'

const wasmKernels: Partial<Record<KernelName | 'Identity', Kernel>> = {
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
  Identity: identity,
}

/** Our kernels that are registered, and what tfjs had of their names. */
const registered = new Map<string, tf.KernelConfig | undefined>()

/**
 * Registers our kernels for tfjs's WASM backend, which must be the one in use; once, however often it is called.
 * Returns their names: none where the engine has no SIMD or tfjs's memory is out of reach, and operations are then
 * composed of tfjs's own.
 */
export function registerWasmKernels(): string[] {
  if (!canWork()) return []
  for (const [kernelName, kernel] of Object.entries(wasmKernels)) {
    if (registered.has(kernelName)) continue
    const replaced = tf.getKernel(kernelName, backendName)
    if (replaced) tf.unregisterKernel(kernelName, backendName)
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel(workspaceOf(backend), inputs as Record<string, tf.TensorInfo>, attrs ?? {}),
    })
    registered.set(kernelName, replaced)
  }
  return [...registered.keys()]
}

/** Leaves everything to tfjs's own kernels again. */
export function unregisterWasmKernels(): void {
  for (const [kernelName, replaced] of registered) {
    tf.unregisterKernel(kernelName, backendName)
    if (replaced) tf.registerKernel(replaced)
  }
  registered.clear()
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

import { getKernel, registerKernel } from '@tensorflow/tfjs'
import type { KernelFunc } from '@tensorflow/tfjs'
import type { KernelName } from '../../ops/kernel.ts'
import { adamAtan2Step, adamWStep, moments } from './adam.ts'
import { addNorm, addNormGradient } from './addNorm.ts'
import { attention } from './attention.ts'
import { attentionGradient } from './attentionGradient.ts'
import { linear, linearGradientOfWeight } from './linear.ts'
import { stablemaxLoss, stablemaxLossGradient } from './stablemax.ts'
import { swiglu, swigluGradient } from './swiglu.ts'

const backendName = 'webgpu'

export const webGpuKernels: Partial<Record<KernelName, KernelFunc>> = {
  HrmLinear: linear,
  HrmLinearGradW: linearGradientOfWeight,
  HrmAttention: attention,
  HrmAttentionGrad: attentionGradient,
  HrmAddNorm: addNorm,
  HrmAddNormGrad: addNormGradient,
  HrmSwiGlu: swiglu,
  HrmSwiGluGrad: swigluGradient,
  HrmStablemax: stablemaxLoss,
  HrmStablemaxGrad: stablemaxLossGradient,
  HrmMoments: moments,
  HrmAdamAtan2Step: adamAtan2Step,
  HrmAdamWStep: adamWStep,
}

/** Registers our kernels for tfjs's WebGPU backend, once however often it is called; returns their names. */
export function registerWebGpuKernels(): string[] {
  for (const [kernelName, kernelFunc] of Object.entries(webGpuKernels))
    if (!getKernel(kernelName, backendName)) registerKernel({ kernelName, backendName, kernelFunc })
  return Object.keys(webGpuKernels)
}

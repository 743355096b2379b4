import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs'
import { webGpuKernels } from '../../../workers/hrm/kernels/webgpu/register.ts'
import type { KernelName } from '../../../workers/hrm/ops/kernel.ts'

/** Kernels that replace one operation together, forward and backward. */
const operations: Record<string, KernelName[]> = {
  linear: ['HrmLinear', 'HrmLinearGradX', 'HrmLinearGradW'],
  attention: ['HrmAttention', 'HrmAttentionGrad'],
  addNorm: ['HrmAddNorm', 'HrmAddNormGrad'],
  swiglu: ['HrmSwiGlu', 'HrmSwiGluGrad'],
  stablemax: ['HrmStablemax', 'HrmStablemaxGrad'],
  optimiser: ['HrmMoments', 'HrmAdamAtan2Step', 'HrmAdamWStep'],
}

const all = Object.keys(webGpuKernels) as KernelName[]

/** None, each operation's alone, all, and all but each operation's: what each is worth, from both ends. */
export const kernelSets: { name: string; kernels: KernelName[] }[] = [
  { name: 'composed', kernels: [] },
  ...Object.entries(operations).map(([name, kernels]) => ({ name: `only ${name}`, kernels })),
  { name: 'all', kernels: all },
  ...Object.entries(operations).map(([name, kernels]) => ({
    name: `all but ${name}`,
    kernels: all.filter((kernel) => !kernels.includes(kernel)),
  })),
]

/** Has exactly these of our kernels registered for WebGPU. */
export function useKernels(kernels: KernelName[]): void {
  for (const [kernelName, kernelFunc] of Object.entries(webGpuKernels)) {
    if (getKernel(kernelName, 'webgpu')) unregisterKernel(kernelName, 'webgpu')
    if (kernels.includes(kernelName as KernelName))
      registerKernel({ kernelName, backendName: 'webgpu', kernelFunc })
  }
}

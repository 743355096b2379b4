import { createRequire } from 'node:module'

interface Dawn {
  create: (flags: string[]) => GPU
  /** GPUBuffer, GPUBufferUsage and so on, which a browser has as globals. */
  globals: Record<string, unknown>
}

/**
 * Gives Node the `navigator.gpu` of a browser, by the binding of Dawn (which Chromium computes with too). To be
 * called before tfjs's WebGPU backend is loaded: it looks for it only then.
 *
 * @param file the `dawn.node` of the `webgpu` package
 */
export function offerGpu(file: string): void {
  const { create, globals } = createRequire(import.meta.url)(file) as Dawn
  Object.assign(globalThis, globals)
  Object.defineProperty(globalThis, 'navigator', {
    value: { gpu: create([]), userAgent: 'Node' },
    configurable: true,
  })
}

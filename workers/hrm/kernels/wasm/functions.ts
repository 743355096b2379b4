import { relaxedBytes, simdBytes } from './functionsBytes.ts'

type Numbers = (...numbers: number[]) => void

/** What `assembly/` exports; tensors go in as addresses, in bytes. Each file there says what its arguments are. */
export interface Functions {
  productScratch: (columns: number, depth: number) => number
  product: Numbers
  attentionScratch: (length: number, headSize: number) => number
  attention: Numbers
  attentionGrad: Numbers
  addNorm: Numbers
  addNormGrad: Numbers
  swiglu: Numbers
  swigluGrad: Numbers
  stablemax: Numbers
  stablemaxGrad: Numbers
  adamAtan2: Numbers
  adamW: Numbers
}

let compiled: WebAssembly.Module | undefined

/**
 * The functions on a memory, the faster variant where the engine knows relaxed SIMD (Chromium since 114): products
 * and sums are then rounded once instead of twice.
 *
 * @throws WebAssembly.CompileError where the engine has no SIMD
 */
export function functionsOn(memory: WebAssembly.Memory): Functions {
  compiled ??= moduleOf(relaxedBytes) ?? new WebAssembly.Module(bytesOf(simdBytes))
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Functions
}

function moduleOf(base64: string): WebAssembly.Module | null {
  const bytes = bytesOf(base64)
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
}

import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import type { BackendName, BackendReport } from '../api.ts'
import { registerWasmKernels } from '../kernels/wasm/register.ts'
import { findAdapter } from './adapter.ts'
import { candidates, decide } from './decision.ts'
import type { Findings } from './decision.ts'
import { probe } from './probe.ts'

export interface BackendOptions {
  wanted: BackendName | 'auto'
  /** Where tfjs's files of WebAssembly are: a folder with a slash at its end, or a URL for each file. */
  wasmPaths: Parameters<typeof setWasmPaths>[0]
  /** The GPU went away, for good: only a new worker can compute on it again. Called once, with the reason. */
  onLost: (reason: string) => void
}

/** Thrown where not even plain JavaScript computes. */
export class NoBackendError extends Error {
  override name = 'NoBackendError'
}

/**
 * Chooses what tfjs computes on, makes it ready with our fused kernels, and says why: what is wanted; else the
 * GPU where a short measurement finds it faster than WebAssembly, but never one made of software; else
 * WebAssembly with SIMD; else plain JavaScript.
 */
export async function chooseBackend(options: BackendOptions): Promise<BackendReport> {
  const { wanted, wasmPaths, onLost } = options
  const adapter = await findAdapter(globalThis.navigator?.gpu)
  const findings: Findings = { wanted, adapter, probe: {}, failed: {} }
  for (const name of candidates(findings)) {
    const failure = await start(name, wasmPaths)
    if (failure !== null) {
      findings.failed[name] = failure
      continue
    }
    const gpuUnasked = name === 'webgpu' && name !== wanted
    const againstGpu = name === 'wasm' && findings.probe.webgpu !== undefined
    if (gpuUnasked || againstGpu) findings.probe[name] = await probe()
    if (!gpuUnasked) break
  }
  const decision = decide(findings)
  if (!decision)
    throw new NoBackendError(`Nothing can compute: ${Object.values(findings.failed).join('; ')}.`)
  await tf.setBackend(decision.backend)
  const kernels = await registerKernels(decision.backend)
  if (decision.backend === 'webgpu') watchLoss(onLost)
  return {
    ...decision,
    adapter: adapter?.name ?? null,
    software: adapter?.software ?? false,
    probe: findings.probe,
    kernels,
  }
}

/** Null when tfjs computes on the backend, else why it does not. */
async function start(name: BackendName, wasmPaths: BackendOptions['wasmPaths']): Promise<string | null> {
  try {
    if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu')
    if (name === 'wasm') {
      // On an isolated page tfjs takes its threaded build, which throws once minified.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
      if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) return 'this engine has no SIMD'
      // tfjs throws when told where the files are after it has read them.
      if (!('wasm' in tf.engine().registry)) setWasmPaths(wasmPaths)
    }
    return (await tf.setBackend(name)) ? null : 'tfjs could not set it up'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function registerKernels(name: BackendName): Promise<string[]> {
  if (name === 'wasm') return registerWasmKernels()
  if (name !== 'webgpu') return []
  const { registerWebGpuKernels } = await import('../kernels/webgpu/register.ts')
  return registerWebGpuKernels()
}

/** tfjs does not look after the device: what is asked of a lost one never answers, or with zeros. */
function watchLoss(onLost: BackendOptions['onLost']): void {
  const { device } = tf.backend() as WebGPUBackend
  void device.lost.then(({ message, reason }) => onLost(message || reason))
}

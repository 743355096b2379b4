import { dirname } from 'node:path'
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { registerWasmKernels, unregisterWasmKernels } from '../../../workers/hrm/kernels/wasm/register.ts'

const packageFolder = dirname(
  createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
)

/** Where the model runs in Node: by tfjs's own operations, or with the fused kernels. */
export const backends = ['cpu', 'wasm', 'wasm with kernels'] as const

export async function useBackend(name: (typeof backends)[number]): Promise<void> {
  if (name !== 'cpu') setWasmPaths(`${packageFolder}/dist/`)
  await tf.setBackend(name === 'cpu' ? 'cpu' : 'wasm')
  await tf.ready()
  if (name === 'wasm with kernels') registerWasmKernels()
  else unregisterWasmKernels()
}

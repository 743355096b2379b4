import * as tf from '@tensorflow/tfjs'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/** A statement about the GPU: it holds, or `run` throws saying what does not. */
export interface Check {
  name: string
  run: () => Promise<void>
}

export interface Outcome {
  name: string
  /** Null where it holds. */
  failure: string | null
}

/**
 * Runs a check on the WebGPU backend. What the device reports counts as failure: a shader that does not
 * compile yields zeros without an exception.
 */
export async function outcomeOf({ name, run }: Check): Promise<Outcome> {
  await tf.setBackend('webgpu')
  const { device } = tf.backend() as WebGPUBackend
  const filters = ['validation', 'internal', 'out-of-memory'] as const
  for (const filter of filters) device.pushErrorScope(filter)
  const failures: string[] = []
  try {
    await run()
  } catch (error) {
    failures.push(error instanceof Error ? error.message : String(error))
  }
  for (let i = 0; i < filters.length; i++) {
    const reported = await device.popErrorScope()
    if (reported) failures.push(reported.message)
  }
  return { name, failure: failures.length > 0 ? failures.join('\n') : null }
}

/** Computes on a backend and reads the results. */
export async function computedOn(backend: string, compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend(backend)
  const tensors = tf.tidy(compute)
  const values = await Promise.all(tensors.map((tensor) => tensor.data() as Promise<Float32Array>))
  tf.dispose(tensors)
  return values
}

/**
 * Throws unless every number is within `tolerance` of the expected one, relative to the larger of that number
 * and the mean magnitude of all of them.
 */
export function expectClose(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-3,
): void {
  if (actual.length !== expected.length)
    throw new Error(`${what}: ${actual.length} numbers where ${expected.length} were expected.`)
  const magnitude = Array.from(expected).reduce((sum, value) => sum + Math.abs(value), 0) / expected.length
  let worst = 0
  let at = 0
  for (let i = 0; i < expected.length; i++) {
    const scale = Math.max(Math.abs(expected[i]), magnitude, 1e-30)
    const off = Math.abs(actual[i] - expected[i]) / scale
    // Written so that NaN fails.
    if (!(off <= worst)) [worst, at] = [off, i]
  }
  if (!(worst <= tolerance))
    throw new Error(`${what}: [${at}] is ${actual[at]} where ${expected[at]} was expected (${worst} off).`)
}

export function expectTrue(what: string, holds: boolean): void {
  if (!holds) throw new Error(what)
}

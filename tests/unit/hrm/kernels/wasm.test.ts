import { setFlagsFromString } from 'node:v8'
import * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Kernels from '../../../../workers/hrm/kernels/wasm/register.ts'
import { relaxedBytes } from '../../../../workers/hrm/kernels/wasm/functionsBytes.ts'
import { addNorm, rmsNorm } from '../../../../workers/hrm/ops/addNorm.ts'
import { attention, composedAttention, rotaryTables } from '../../../../workers/hrm/ops/attention.ts'
import { composedStablemax, stablemaxCrossEntropy } from '../../../../workers/hrm/ops/crossEntropy.ts'
import { runKernel } from '../../../../workers/hrm/ops/kernel.ts'
import { linear } from '../../../../workers/hrm/ops/linear.ts'
import { composedSwiglu, swiglu } from '../../../../workers/hrm/ops/swiglu.ts'
import { adamAtan2, adamW } from '../../../../workers/hrm/optimisers/optimiser.ts'
import { useBackend } from '../backends.ts'

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor

/** Draws from the normal distribution; the seed only makes a failure repeatable. */
const normal = (shape: number[], deviation = 1) => tf.randomNormal(shape, 0, deviation, 'float32', 7)

/** The largest difference, over the largest value (or 1e-20); NaN where either has one. */
function distance(found: tf.Tensor, expected: tf.Tensor): number {
  expect(found.shape).toEqual(expected.shape)
  const [a, b] = [found.dataSync(), expected.dataSync()]
  let [difference, size] = [0, 1e-20]
  a.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - b[i]))
    size = Math.max(size, Math.abs(b[i]))
  })
  return difference / size
}

/** Results, and gradients of every input for a random gradient of the result, agree to 1e-5 of their size. */
function expectAgreement(ours: Operation, composed: Operation, inputs: tf.Tensor[]): void {
  const result = ours(...inputs)
  expect(distance(result, composed(...inputs))).toBeLessThan(1e-5)
  const dy = normal(result.shape)
  const expected = tf.grads(composed)(inputs, dy)
  tf.grads(ours)(inputs, dy).forEach((gradient, i) =>
    expect(distance(gradient, expected[i]), `gradient of input ${i}`).toBeLessThan(1e-5),
  )
}

/** Node 20 knows relaxed SIMD, which Chromium has since version 114, only if told to. */
setFlagsFromString('--experimental-wasm-relaxed-simd')
const hasRelaxed = WebAssembly.validate(Uint8Array.from(atob(relaxedBytes), (c) => c.charCodeAt(0)))

beforeAll(() => useBackend('wasm'))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

describe.each([
  { variant: 'SIMD', relaxed: false },
  ...(hasRelaxed ? [{ variant: 'relaxed SIMD', relaxed: true }] : []),
])('the WASM kernels with $variant', ({ relaxed }) => {
  let kernels: typeof Kernels

  beforeAll(async () => {
    vi.resetModules()
    kernels = await import('../../../../workers/hrm/kernels/wasm/register.ts')
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(relaxed)
    kernels.registerWasmKernels()
    validate.mockRestore()
  })
  afterAll(() => kernels.unregisterWasmKernels())

  it('are registered, once', () => {
    const names = kernels.registerWasmKernels()
    expect(names).toContain('HrmLinear')
    expect(kernels.registerWasmKernels()).toEqual(names)
    const registered = tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName)
    for (const name of names) expect(registered.filter((each) => each === name)).toHaveLength(1)
  })

  it('are not registered where another backend is in use', async () => {
    await tf.setBackend('cpu')
    expect(kernels.registerWasmKernels()).toEqual([])
    await tf.setBackend('wasm')
  })

  // Rows, inputs, outputs: whole tiles of 4 × 8, tails of every kind, and sums longer than one panel (256).
  it.each([
    [8, 16, 24],
    [1, 1, 1],
    [3, 5, 2],
    [7, 11, 13],
    [33, 6, 9],
    [261, 300, 12],
    [5, 517, 21],
  ])('multiply %i rows of %i by weights of %i outputs, as tfjs does', (rows, inputs, outputs) => {
    const composed: Operation = (x, w) => tf.matMul(x, tf.transpose(w as tf.Tensor2D))
    expectAgreement(linear as Operation, composed, [normal([rows, inputs]), normal([outputs, inputs])])
  })

  // Rows, length, heads, size of a head.
  it.each([
    [2, 8, 2, 8],
    [1, 1, 1, 2],
    [3, 5, 2, 4],
    [2, 33, 4, 16],
    [1, 270, 1, 6],
    [2, 7, 3, 10],
  ])('attend in %i rows of %i positions with %i heads of %i', (rows, length, heads, headSize) => {
    const tables = rotaryTables(length, headSize, 10_000)
    const table = (values: Float32Array) => tf.tensor2d(values, [length, headSize])
    const rotary = { cos: table(tables.cos), sin: table(tables.sin) }
    const qkv = normal([rows, length, 3 * heads * headSize])
    for (const turned of [rotary, null])
      expectAgreement(
        (x) => attention(x as tf.Tensor3D, heads, turned),
        (x) => composedAttention(x as tf.Tensor3D, heads, turned),
        [qkv],
      )
  })

  it('attend to one position alone when its score is far above the others', () => {
    // Whole numbers and heads of 4, so that the scores are exact, by whatever order they are summed.
    const qkv = tf.round(tf.mul(normal([2, 9, 3 * 8]), 40))
    expectAgreement(
      (x) => attention(x as tf.Tensor3D, 2, null),
      (x) => composedAttention(x as tf.Tensor3D, 2, null),
      [qkv],
    )
  })

  it.each([[1], [6], [32], [45]])(
    'add and normalise %i wide, also zeros and rows of very different size',
    (width) => {
      const sizes = tf.tensor2d([0, 1e-3, 1, 100, 3], [5, 1])
      const inputs = [tf.mul(normal([5, width]), sizes), tf.mul(normal([5, width], 0.5), sizes)]
      expectAgreement(
        (x, y) => addNorm(x, y, 1e-5),
        (x, y) => rmsNorm(tf.add(x, y), 1e-5),
        inputs,
      )
    },
  )

  it.each([
    [3, 8],
    [5, 7],
    [1, 1],
  ])('gate %i rows of %i, also where the sigmoid has met its ends', (rows, inner) => {
    for (const deviation of [1, 60])
      expectAgreement(swiglu as Operation, composedSwiglu as Operation, [
        normal([rows, 2 * inner], deviation),
      ])
  })

  it('take the loss of every label, of none, and of logits at the joint and far out', () => {
    const logits = tf.tensor2d([0, 1, -1, 50, -50, 1e4, -1e4, 0.5, 0, 0, 3, -2], [4, 3])
    for (const labels of [
      [0, 1, 2, -100],
      [-100, 0, 1, 2],
      [1, 2, 0, 0],
    ])
      expectAgreement(
        (x) => stablemaxCrossEntropy(x as tf.Tensor2D, tf.tensor1d(labels, 'int32')),
        (x) => composedStablemax(x as tf.Tensor2D, tf.tensor1d(labels, 'int32')),
        [logits],
      )
  })

  it.each([
    ['HrmAdamAtan2', adamAtan2],
    ['HrmAdamW', adamW],
  ] as const)('step as the composed %s does, also without any gradient', (name, composed) => {
    const size = 37
    const shared = { gradientScale: 0.25, beta1: 0.9, beta2: 0.95, weightDecay: 0.1, epsilon: 1e-8 }
    let [p, m, v] = [normal([size]), tf.zeros([size]), tf.zeros([size])]
    for (let step = 1; step <= 5; step++) {
      const sizes = tf.tensor1d(
        Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 0 : 10 ** ((i % 11) - 6))),
      )
      const inputs = { p, g: tf.mul(normal([size]), sizes), m, v }
      const attributes = { ...shared, learningRate: 0.01, step }
      const found = runKernel(name, inputs, attributes)
      composed(inputs, attributes).forEach((expected, i) =>
        expect(distance(found[i], expected), ['p', 'm', 'v'][i]).toBeLessThan(1e-6),
      )
      ;[p, m, v] = found
    }
  })

  it('let clones share their values, which live as long as the last of them', () => {
    const x = normal([3, 4])
    const values = [...x.dataSync()]
    const clone = x.clone()
    expect(tf.memory().numDataBuffers).toBe(1)
    x.dispose()
    expect([...clone.dataSync()]).toEqual(values)
  })

  it('hand a NaN on instead of hiding it', () => {
    const withNaN = (shape: number[]) => tf.mul(tf.ones(shape), tf.tensor(NaN))
    const results = [
      linear(withNaN([3, 3]) as tf.Tensor2D, tf.ones([2, 3])),
      attention(withNaN([1, 2, 12]) as tf.Tensor3D, 1, null),
      addNorm(withNaN([2, 4]), tf.zeros([2, 4]), 1e-5),
      swiglu(withNaN([2, 4]) as tf.Tensor2D),
      stablemaxCrossEntropy(withNaN([1, 3]) as tf.Tensor2D, tf.tensor1d([0], 'int32')),
    ]
    for (const result of results) expect([...result.dataSync()].every(Number.isNaN)).toBe(true)
  })

  it('leave nothing behind but their results', () => {
    const step = () =>
      tf.tidy(() => {
        const qkv = normal([2, 9, 24]) as tf.Tensor3D
        tf.grad((x) => attention(x as tf.Tensor3D, 2, null))(qkv)
        tf.grads(linear as Operation)([normal([9, 40]), normal([30, 40])])
      })
    step()
    const wasmBytes = () => (tf.backend() as BackendWasm).wasm.HEAPU8.byteLength
    const before = { ...tf.memory(), wasmBytes: wasmBytes() }
    for (let i = 0; i < 20; i++) step()
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes })
    expect(wasmBytes()).toBe(before.wasmBytes)
  })
})

import * as tf from '@tensorflow/tfjs'
import { registerWasmKernels, unregisterWasmKernels } from '../../workers/hrm/kernels/wasm/register.ts'
import { addNorm } from '../../workers/hrm/ops/addNorm.ts'
import { attention, rotaryTables } from '../../workers/hrm/ops/attention.ts'
import { stablemaxCrossEntropy } from '../../workers/hrm/ops/crossEntropy.ts'
import { fused, runKernel } from '../../workers/hrm/ops/kernel.ts'
import { linear } from '../../workers/hrm/ops/linear.ts'
import { swiglu } from '../../workers/hrm/ops/swiglu.ts'
import { adamAtan2, adamW } from '../../workers/hrm/optimisers/optimiser.ts'

/** Each is timed so long, composed and fused. */
const milliseconds = 1000

/**
 * Each operation of configuration S with its gradient, composed of tfjs's and by our kernels: how many times faster,
 * one JSON line each. The backend in use must be tfjs's WASM.
 */
export function benchHrmKernels(): void {
  for (const [name, run] of Object.entries(operations())) {
    unregisterWasmKernels()
    const composed = best(run)
    registerWasmKernels()
    const fusedMs = best(run)
    const figure = { name: `HRM S, ${name}: our kernels against tfjs's`, value: round(composed / fusedMs) }
    console.log(JSON.stringify({ ...figure, unit: '×', composed: round(composed), ours: round(fusedMs) }))
  }
}

/** Rows × positions, D, heads, inner width of SwiGLU, classes. */
const [rows, length, d, heads, inner, classes] = [32, 33, 64, 4, 256, 11]
const n = rows * length

function operations(): Record<string, () => void> {
  const normal = (...shape: number[]) => tf.randomNormal(shape)
  const [x, y] = [normal(n, d), normal(n, d)]
  const [weight, gateUp] = [normal(2 * inner, d), normal(n, 2 * inner)]
  const [qkv, logits] = [normal(rows, length, 3 * d), normal(n, classes)]
  const labels = tf.zeros<tf.Rank.R1>([n], 'int32')
  const tables = rotaryTables(length, d / heads, 10_000)
  const table = (values: Float32Array) => tf.tensor2d(values, [length, d / heads])
  const rotary = { cos: table(tables.cos), sin: table(tables.sin) }
  const both = (operation: (...inputs: tf.Tensor[]) => tf.Tensor, ...inputs: tf.Tensor[]) => {
    const dy = tf.ones(operation(...inputs).shape)
    return () => void tf.grads(operation)(inputs, dy)
  }
  const update = { p: normal(2 * inner, d), g: normal(2 * inner, d), m: normal(2 * inner, d) }
  const settings = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1, epsilon: 1e-8 }
  const attributes = { ...settings, learningRate: 1e-3, gradientScale: 1, step: 3 }
  const step = (name: 'HrmAdamAtan2' | 'HrmAdamW', composed: typeof adamW) => {
    const inputs = { ...update, v: tf.abs(update.m) }
    return () => void (fused(name) ? runKernel(name, inputs, attributes) : composed(inputs, attributes))
  }
  return {
    'linear layer': both((a, w) => linear(a as tf.Tensor2D, w as tf.Tensor2D), x, weight),
    attention: both((a) => attention(a as tf.Tensor3D, heads, rotary), qkv),
    'residual and norm': both((a, b) => addNorm(a, b, 1e-5), x, y),
    SwiGLU: both((a) => swiglu(a as tf.Tensor2D), gateUp),
    'stablemax cross entropy': both((a) => stablemaxCrossEntropy(a as tf.Tensor2D, labels), logits),
    'Adam-atan2': step('HrmAdamAtan2', adamAtan2),
    AdamW: step('HrmAdamW', adamW),
  }
}

/** Milliseconds of a call, of the fastest ten in a row: a browser's clock is too coarse for one. */
function best(run: () => void): number {
  let least = Infinity
  const begun = performance.now()
  while (performance.now() - begun < milliseconds) {
    const started = performance.now()
    for (let i = 0; i < 10; i++) tf.tidy(run)
    least = Math.min(least, (performance.now() - started) / 10)
  }
  return least
}

const round = (value: number) => Number(value.toPrecision(3))

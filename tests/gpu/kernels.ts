import * as tf from '@tensorflow/tfjs'
import { Random } from '../../workers/quant/random.ts'
import { addNorm } from '../../workers/hrm/ops/addNorm.ts'
import { attention, rotaryTables } from '../../workers/hrm/ops/attention.ts'
import { stablemaxCrossEntropy } from '../../workers/hrm/ops/crossEntropy.ts'
import { linear } from '../../workers/hrm/ops/linear.ts'
import { swiglu } from '../../workers/hrm/ops/swiglu.ts'
import { computedOn, expectClose } from './check.ts'
import type { Check } from './check.ts'

/** Numbers of a small normal-like spread, the same for a seed on every backend. */
export function spread(seed: number, shape: number[], scale = 1): tf.Tensor {
  const random = new Random(seed)
  const size = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, () => scale * (random.uniform() + random.uniform() - 1) * 2),
    shape,
  )
}

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor

/**
 * The operation and its gradients, for a given upstream gradient, on WebGPU (fused) and on the CPU (composed).
 * @param make the operation, with the constants it needs, and its inputs, on the backend in use
 */
async function expectAgreement(make: () => { operation: Operation; inputs: tf.Tensor[] }): Promise<void> {
  const both = () => {
    const { operation, inputs } = make()
    const value = operation(...inputs)
    return [value, ...tf.grads(operation)(inputs, spread(99, value.shape))]
  }
  const expected = await computedOn('cpu', both)
  const actual = await computedOn('webgpu', both)
  const names = ['value', ...expected.slice(1).map((_, i) => `gradient of input ${i}`)]
  names.forEach((name, i) => expectClose(name, actual[i], expected[i]))
}

const attentionOf = (
  rows: number,
  positions: number,
  heads: number,
  headSize: number,
  rotary: boolean,
): Check => ({
  name: `attention of ${rows} rows of ${positions} positions, ${heads} heads of ${headSize}${rotary ? ', turned' : ''}`,
  run: () =>
    expectAgreement(() => {
      const { cos, sin } = rotaryTables(positions, headSize, 10_000)
      const shape: [number, number] = [positions, headSize]
      const tables = rotary ? { cos: tf.tensor2d(cos, shape), sin: tf.tensor2d(sin, shape) } : null
      return {
        operation: (qkv) => attention(qkv as tf.Tensor3D, heads, tables),
        inputs: [spread(positions, [rows, positions, 3 * heads * headSize])],
      }
    }),
})

const addNormOf = (shape: number[], scale = 1): Check => ({
  name: `residual and norm of [${shape.join(', ')}]${scale === 1 ? '' : ` near ${scale}`}`,
  run: () =>
    expectAgreement(() => ({
      operation: (x, y) => addNorm(x, y, 1e-5),
      inputs: [spread(1, shape, scale), spread(2, shape, scale)],
    })),
})

const swigluOf = (rows: number, inner: number, scale = 1): Check => ({
  name: `SwiGLU of ${rows} rows, ${inner} wide${scale === 1 ? '' : `, near ${scale}`}`,
  run: () =>
    expectAgreement(() => ({
      operation: (gateUp) => swiglu(gateUp as tf.Tensor2D),
      inputs: [spread(3, [rows, 2 * inner], scale)],
    })),
})

const linearOf = (rows: number, wide: number, out: number): Check => ({
  name: `product of ${rows} rows, ${wide} to ${out}`,
  run: () =>
    expectAgreement(() => ({
      operation: (x, w) => linear(x as tf.Tensor2D, w as tf.Tensor2D),
      inputs: [spread(4, [rows, wide]), spread(5, [out, wide])],
    })),
})

const stablemaxOf = (name: string, logits: () => tf.Tensor, labels: number[]): Check => ({
  name,
  run: () =>
    expectAgreement(() => {
      const classes = tf.tensor1d(labels, 'int32')
      return { operation: (x) => stablemaxCrossEntropy(x as tf.Tensor2D, classes), inputs: [logits()] }
    }),
})

/** Every kernel against the operation composed of tfjs's own on the CPU, forward and backward. */
export const kernelChecks: Check[] = [
  attentionOf(2, 33, 2, 16, true),
  attentionOf(1, 5, 3, 6, true),
  attentionOf(2, 7, 2, 5, false),
  // More positions than a workgroup has invocations, and than a tile has rows.
  attentionOf(1, 70, 1, 32, true),
  attentionOf(1, 1, 2, 4, true),
  addNormOf([2, 3, 32]),
  addNormOf([7, 100]),
  addNormOf([3, 5], 1e-3),
  addNormOf([1, 3]),
  swigluOf(5, 12),
  swigluOf(3, 7),
  swigluOf(2, 3, 100),
  linearOf(5, 8, 24),
  linearOf(37, 33, 19),
  linearOf(2048, 4, 12),
  stablemaxOf('stablemax of 9 rows', () => spread(6, [9, 11], 3), [0, 10, 3, -100, 5, 5, 1, -100, 2]),
  stablemaxOf(
    'stablemax where its branches meet, and far out',
    () => tf.tensor2d([0, 1, -1, 50, -50, 0, 0, 0, 1e4, -1e4, 1, 0], [3, 4]),
    [0, 1, 2],
  ),
  stablemaxOf('stablemax of rows without a label', () => spread(7, [2, 3]), [-100, -100]),
]

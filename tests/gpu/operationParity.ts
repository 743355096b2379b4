import * as tf from '@tensorflow/tfjs'
import { block, stack } from '../../workers/hrm/model/stack.ts'
import type { BlockWeights, StackSettings } from '../../workers/hrm/model/stack.ts'
import { addNorm } from '../../workers/hrm/ops/addNorm.ts'
import { attention } from '../../workers/hrm/ops/attention.ts'
import { softmaxCrossEntropy, stablemaxCrossEntropy } from '../../workers/hrm/ops/crossEntropy.ts'
import { linear } from '../../workers/hrm/ops/linear.ts'
import { swiglu } from '../../workers/hrm/ops/swiglu.ts'
import { computedOn, expectClose } from './check.ts'
import type { Check } from './check.ts'
import { tensorOf } from './reference.ts'
import type { ReadReference, Stored } from './reference.ts'

type Case = Record<string, Stored> & { grad_weights?: Record<string, Stored> }
type Operations = Record<string, Case>

const qkv = 'self_attn.qkv_proj.weight'
const o = 'self_attn.o_proj.weight'
const gateUp = 'mlp.gate_up_proj.weight'
const down = 'mlp.down_proj.weight'

/**
 * The operation at the stored inputs and its gradients at the stored upstream gradient.
 * @param make the operation, with the constants it needs, on the backend in use
 * @param given input and the gradient it must have
 */
async function expectOperation(
  make: () => (...inputs: tf.Tensor[]) => tf.Tensor,
  given: [input: Stored, gradient: Stored][],
  upstream: Stored,
  value: Stored,
): Promise<void> {
  const [found, ...gradients] = await computedOn('webgpu', () => {
    const operation = make()
    const inputs = given.map(([input]) => tensorOf(input))
    return [operation(...inputs), ...tf.grads(operation)(inputs, tensorOf(upstream))]
  })
  expectClose('value', found, value.data)
  given.forEach(([, gradient], i) => expectClose(`gradient of input ${i}`, gradients[i], gradient.data))
}

/** A linear layer on the rows of a tensor of any rank, given another shape afterwards. */
function timesRows(x: tf.Tensor, weight: tf.Tensor, shape: number[]): tf.Tensor {
  const rows = tf.reshape<tf.Rank.R2>(x, [-1, x.shape[x.shape.length - 1]])
  return tf.reshape(linear(rows, weight as tf.Tensor2D), shape)
}

/** Every operation of `ops.json` on WebGPU, forward and gradient, within 1e-3. */
export function operationParity(read: ReadReference): Check[] {
  const check = (name: string, run: (operations: Operations) => Promise<void>): Check => ({
    name: `${name} as the reference computes it`,
    run: async () => run(await read<Operations>('ops.json')),
  })
  const turned = ({ rotary }: Operations) => ({ cos: tensorOf(rotary.cos), sin: tensorOf(rotary.sin) })
  const settings = (operations: Operations): StackSettings => ({
    heads: 2,
    normEpsilon: 1e-5,
    rotary: turned(operations) as StackSettings['rotary'],
  })
  const blockWeights = ({ block_weights: stored }: Operations): BlockWeights =>
    Object.fromEntries(
      Object.entries({ qkv, o, gateUp, down }).map(([key, name]) => [key, tensorOf(stored[name])]),
    ) as unknown as BlockWeights

  return [
    check('the norm', ({ rms_norm: { x, grad_x, upstream, y } }) =>
      expectOperation(() => (h) => addNorm(h, tf.zerosLike(h), 1e-5), [[x, grad_x]], upstream, y),
    ),
    check('attention', (operations) => {
      const { attention: of, block_weights: weights } = operations
      const make = () => {
        const { heads, rotary } = settings(operations)
        return (x: tf.Tensor, wQkv: tf.Tensor, wO: tf.Tensor) => {
          const [rows, positions, width] = x.shape
          const all = timesRows(x, wQkv, [rows, positions, 3 * width])
          return timesRows(attention(all as tf.Tensor3D, heads, rotary), wO, x.shape)
        }
      }
      const gradients = of.grad_weights ?? {}
      return expectOperation(
        make,
        [
          [of.x, of.grad_x],
          [weights[qkv], gradients[qkv]],
          [weights[o], gradients[o]],
        ],
        of.upstream,
        of.y,
      )
    }),
    check('SwiGLU', ({ swiglu: of, block_weights: weights }) => {
      const make = () => (x: tf.Tensor, wide: tf.Tensor, narrow: tf.Tensor) =>
        timesRows(swiglu(timesRows(x, wide, [-1, wide.shape[0]]) as tf.Tensor2D), narrow, x.shape)
      const gradients = of.grad_weights ?? {}
      return expectOperation(
        make,
        [
          [of.x, of.grad_x],
          [weights[gateUp], gradients[gateUp]],
          [weights[down], gradients[down]],
        ],
        of.upstream,
        of.y,
      )
    }),
    check('a block', (operations) => {
      const { x, grad_x, upstream, y } = operations.block
      const make = () => {
        const [weights, given] = [blockWeights(operations), settings(operations)]
        return (h: tf.Tensor) => block(h as tf.Tensor3D, weights, given)
      }
      return expectOperation(make, [[x, grad_x]], upstream, y)
    }),
    check('a stack with its injection', (operations) => {
      const { hidden, injection, grad_hidden, grad_injection, upstream, y } = operations.module_with_injection
      const make = () => {
        const [blocks, given] = [[blockWeights(operations)], settings(operations)]
        return (state: tf.Tensor, added: tf.Tensor) =>
          stack(state as tf.Tensor3D, added as tf.Tensor3D, blocks, given)
      }
      const given: [Stored, Stored][] = [
        [hidden, grad_hidden],
        [injection, grad_injection],
      ]
      return expectOperation(make, given, upstream, y)
    }),
    check('stablemax cross entropy', ({ stablemax_cross_entropy: of }) =>
      expectLoss(stablemaxCrossEntropy, of),
    ),
    check('softmax cross entropy', ({ softmax_cross_entropy: of }) => expectLoss(softmaxCrossEntropy, of)),
  ]
}

function expectLoss(loss: typeof stablemaxCrossEntropy, of: Case): Promise<void> {
  const make = () => {
    const labels = tf.reshape<tf.Rank.R1>(tensorOf(of.labels), [-1])
    return (logits: tf.Tensor) => {
      const rows = tf.reshape<tf.Rank.R2>(logits, [-1, logits.shape[logits.shape.length - 1]])
      return tf.reshape(loss(rows, labels), of.labels.shape)
    }
  }
  return expectOperation(make, [[of.logits, of.grad_logits]], of.upstream, of.loss_per_token)
}

import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { rmsNorm, addNorm } from '../../../../workers/hrm/ops/addNorm.ts'
import { attention, composedAttention, rotate, rotaryTables } from '../../../../workers/hrm/ops/attention.ts'
import { softmaxCrossEntropy, stablemaxCrossEntropy } from '../../../../workers/hrm/ops/crossEntropy.ts'
import { linear } from '../../../../workers/hrm/ops/linear.ts'
import { swiglu } from '../../../../workers/hrm/ops/swiglu.ts'
import { block, stack, type BlockWeights } from '../../../../workers/hrm/model/stack.ts'
import { describeShared } from '../../shared.ts'
import { backends, useBackend } from '../backends.ts'
import { distance, parityFile, tensorOf, type Stored } from '../parity.ts'

type Operation = Record<string, Stored> & { grad_weights?: Record<string, Stored> }

const tolerance = 1e-5

describeShared('every operation, forward and gradient, against the reference', () => {
  const ops = parityFile<Record<string, Operation>>('ops.json')
  const weightsOf = (): BlockWeights => {
    const weight = (name: string) => tensorOf(ops['block_weights'][name]) as tf.Tensor2D
    return {
      qkv: weight('self_attn.qkv_proj.weight'),
      o: weight('self_attn.o_proj.weight'),
      gateUp: weight('mlp.gate_up_proj.weight'),
      down: weight('mlp.down_proj.weight'),
    }
  }
  const rotaryOf = () => ({
    cos: tensorOf(ops['rotary']['cos']) as tf.Tensor2D,
    sin: tensorOf(ops['rotary']['sin']) as tf.Tensor2D,
  })

  /** Output and gradients of an operation at the stored input and upstream gradient. */
  async function check(
    operation: (...inputs: tf.Tensor[]) => tf.Tensor,
    inputs: Stored[],
    upstream: Stored,
    expected: Stored,
    gradients: Stored[],
  ): Promise<void> {
    const tensors = inputs.map(tensorOf)
    expect(await distance(operation(...tensors), expected)).toBeLessThan(tolerance)
    const found = tf.grads(operation)(tensors, tensorOf(upstream))
    for (const [i, gradient] of gradients.entries())
      expect(await distance(found[i], gradient)).toBeLessThan(tolerance)
  }

  describe.each(backends)('on %s', (backend) => {
    beforeAll(() => useBackend(backend))

    it('RMS norm, a row of zeros and a tiny one included', async () => {
      const { x, upstream, y, grad_x } = ops['rms_norm']
      await check((h) => rmsNorm(h, 1e-5), [x], upstream, y, [grad_x])
      await check((h) => addNorm(h, tf.zerosLike(h), 1e-5), [x], upstream, y, [grad_x])
    })

    it('rotary positions, tables included', async () => {
      const { cos, sin, q, upstream_q, q_out, grad_q, k, upstream_k, k_out, grad_k } = ops['rotary']
      const tables = rotaryTables(cos.shape[0], cos.shape[1], 10_000)
      expect(await distance(tf.tensor(tables.cos, cos.shape as [number, number]), cos)).toBeLessThan(1e-6)
      expect(await distance(tf.tensor(tables.sin, sin.shape as [number, number]), sin)).toBeLessThan(1e-6)
      // Stored [B, S, heads, headSize]; rotated [B, heads, S, headSize].
      const turned = (x: tf.Tensor) =>
        tf.transpose(rotate(tf.transpose(x, [0, 2, 1, 3]), rotaryOf()), [0, 2, 1, 3])
      await check(turned, [q], upstream_q, q_out, [grad_q])
      await check(turned, [k], upstream_k, k_out, [grad_k])
    })

    it('the core of attention', async () => {
      const { q, k, v, upstream, out, grad_q, grad_k, grad_v } = ops['attention_core']
      const [rows, length, heads, headSize] = q.shape
      const width = heads * headSize
      for (const core of [attention, composedAttention])
        await check(
          (...parts) => {
            const flat = parts.map((part) => tf.reshape(part, [rows, length, width]))
            return tf.reshape(core(tf.concat(flat, 2) as tf.Tensor3D, heads, null), q.shape)
          },
          [q, k, v],
          upstream,
          out,
          [grad_q, grad_k, grad_v],
        )
    })

    it('attention with its projections', async () => {
      const { x, upstream, y, grad_x, grad_weights } = ops['attention']
      const [rows, length, d] = x.shape
      await check(
        (hidden, qkv, o) => {
          const flat = tf.reshape<tf.Rank.R2>(hidden, [rows * length, d])
          const projected = tf.reshape(linear(flat, qkv as tf.Tensor2D), [rows, length, 3 * d])
          const mixed = attention(projected as tf.Tensor3D, 2, rotaryOf())
          return tf.reshape(
            linear(tf.reshape<tf.Rank.R2>(mixed, [rows * length, d]), o as tf.Tensor2D),
            x.shape,
          )
        },
        [
          x,
          ops['block_weights']['self_attn.qkv_proj.weight'],
          ops['block_weights']['self_attn.o_proj.weight'],
        ],
        upstream,
        y,
        [grad_x, ...Object.values(grad_weights ?? {})],
      )
    })

    it('SwiGLU', async () => {
      const { x, upstream, y, grad_x, grad_weights } = ops['swiglu']
      const [rows, length, d] = x.shape
      await check(
        (hidden, gateUp, down) => {
          const flat = tf.reshape<tf.Rank.R2>(hidden, [rows * length, d])
          return tf.reshape(linear(swiglu(linear(flat, gateUp as tf.Tensor2D)), down as tf.Tensor2D), x.shape)
        },
        [x, ops['block_weights']['mlp.gate_up_proj.weight'], ops['block_weights']['mlp.down_proj.weight']],
        upstream,
        y,
        [grad_x, ...Object.values(grad_weights ?? {})],
      )
    })

    it('a block, and a level with its injection', async () => {
      const settings = { heads: 2, normEpsilon: 1e-5, rotary: rotaryOf() }
      const one = ops['block']
      await check(
        (x) => block(x as tf.Tensor3D, weightsOf(), settings),
        [one['x']],
        one['upstream'],
        one['y'],
        [one['grad_x']],
      )
      const level = ops['module_with_injection']
      await check(
        (h, injection) => stack(h as tf.Tensor3D, injection as tf.Tensor3D, [weightsOf()], settings),
        [level['hidden'], level['injection']],
        level['upstream'],
        level['y'],
        [level['grad_hidden'], level['grad_injection']],
      )
    })

    it('log stablemax, logits of exactly 0 and 1 and of ±10⁴ included', async () => {
      const { x, upstream, y, grad_x } = ops['log_stablemax']
      const [rows, classes] = x.shape
      // Row by row and class by class: −cross entropy at a label is the log probability there.
      const logStablemax = (logits: tf.Tensor) =>
        tf.stack(
          Array.from({ length: classes }, (_, label) =>
            tf.neg(stablemaxCrossEntropy(logits as tf.Tensor2D, tf.fill<tf.Rank.R1>([rows], label, 'int32'))),
          ),
          1,
        )
      await check(logStablemax, [x], upstream, y, [grad_x])
    })

    it.each(['stablemax_cross_entropy', 'softmax_cross_entropy'])(
      '%s, ignored labels included',
      async (name) => {
        const { logits, labels, upstream, loss_per_token, grad_logits } = ops[name]
        const classes = logits.shape[logits.shape.length - 1]
        const loss = name.startsWith('stablemax') ? stablemaxCrossEntropy : softmaxCrossEntropy
        const flat = tensorOf({ ...labels, shape: [labels.data.length] }) as tf.Tensor1D
        await check(
          (x) => tf.reshape(loss(tf.reshape<tf.Rank.R2>(x, [-1, classes]), flat), labels.shape),
          [logits],
          upstream,
          loss_per_token,
          [grad_logits],
        )
      },
    )

    it('the embedding of tokens, by one-hot rows', async () => {
      const { table, ids, upstream, y, grad_table } = ops['token_embedding']
      const scale = Math.sqrt(table.shape[1])
      await check(
        (rows) => {
          const oneHot = tf.cast(tf.oneHot(tf.tensor1d(ids.data, 'int32'), table.shape[0]), 'float32')
          const found = linear(oneHot as tf.Tensor2D, tf.transpose(rows as tf.Tensor2D))
          return tf.reshape(tf.mul(found, scale), y.shape)
        },
        [table],
        upstream,
        y,
        [grad_table],
      )
    })
  })
})

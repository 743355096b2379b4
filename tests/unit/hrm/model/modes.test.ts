import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  ConfigError,
  createModel,
  disposeCarry,
  type Batch,
  type HrmConfig,
  type HrmModel,
} from '../../../../workers/hrm/model/index.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { useBackend } from '../backends.ts'

const tokens: Partial<HrmConfig> = {
  hiddenSize: 8,
  heads: 2,
  innerMultiple: 8,
  sequenceLength: 4,
  vocabulary: 5,
  haltMaxSteps: 3,
  explorationProbability: 0,
}

const tokenBatch: Batch = {
  rows: 3,
  inputs: Int32Array.of(0, 1, 2, 3, 4, 3, 2, 1, 0, 0, 1, 1),
  labels: Int32Array.of(1, 1, 2, 3, 4, -100, 2, 1, -100, -100, -100, -100),
}

const features: Partial<HrmConfig> = {
  ...tokens,
  input: { kind: 'features', width: 2, levels: 3, ageBuckets: 2 },
  outputs: [
    { kind: 'classes', name: 'conviction', classes: 3, weight: 1 },
    { kind: 'classes', name: 'event', classes: 2, weight: 0.5 },
    { kind: 'value', name: 'excursion', weight: 0.25 },
  ],
}

const featureBatch: Batch = {
  rows: 2,
  inputs: Float32Array.from({ length: 2 * 4 * 2 }, (_, i) => Math.sin(i)),
  levels: Int32Array.of(0, 1, 2, 2, 0, 1, 1, 2),
  ages: Int32Array.of(0, 0, 1, 1, 0, 1, 0, 1),
  labels: Int32Array.of(2, -100, 0, 1),
  targets: Float32Array.of(0.5, NaN),
}

/** Random weights for everything, the Q head too, whose own start at 0 would hide its gradient. */
async function stirred(config: Partial<HrmConfig>): Promise<HrmModel> {
  const random = new Random(7)
  const model = createModel(config, undefined, random)
  const weights = await model.weights()
  for (const { data } of Object.values(weights))
    for (let i = 0; i < data.length; i++) data[i] += 0.2 * (random.uniform() - 0.5)
  return createModel(config, weights)
}

/** How the loss moves along a random direction of all parameters, by the gradient and by difference. */
async function slopes(
  config: Partial<HrmConfig>,
  batch: Batch,
): Promise<{ gradient: number; difference: number }> {
  const model = await stirred(config)
  const random = new Random(3)
  const lossOf = async (of: HrmModel) => {
    const done = await of.lossAndGradients(of.initialCarry(batch.rows), batch, { training: false })
    return done
  }
  const { gradients } = await lossOf(model)
  const weights = await model.weights()
  const direction: Record<string, Float32Array> = {}
  let gradient = 0
  for (const [name, tensor] of Object.entries(gradients)) {
    direction[name] = Float32Array.from({ length: tensor.size }, () => random.uniform() - 0.5)
    const slope = await tensor.data()
    slope.forEach((value, i) => (gradient += value * direction[name][i]))
  }
  const moved = async (by: number) => {
    const shifted = structuredClone(weights)
    for (const [name, step] of Object.entries(direction))
      step.forEach((value, i) => (shifted[name].data[i] += by * value))
    return (await lossOf(createModel(config, shifted))).losses.total
  }
  const epsilon = 0.004
  return { gradient, difference: ((await moved(epsilon)) - (await moved(-epsilon))) / (2 * epsilon) }
}

describe('the modes', () => {
  beforeAll(() => useBackend('wasm with kernels'))

  it.each([
    ['hrm-v1', features, featureBatch],
    ['trm', { ...features, positions: 'learned', puzzleIds: 2, puzzleWidth: 8 }, featureBatch],
    ['transformer', { ...features, positions: 'learned' }, featureBatch],
    ['hrm-v1', tokens, tokenBatch],
  ] as [HrmConfig['mode'], Partial<HrmConfig>, Batch][])(
    '%s answers at once what it says segment by segment',
    async (mode, config, batch) => {
      const model = await stirred({ ...config, mode })
      const before = tf.memory().numTensors
      const atOnce = model.answers(batch)
      expect(atOnce).toHaveLength(3)
      let carry = model.initialCarry(batch.rows)
      for (const answer of atOnce) {
        const { carry: next, outputs } = await model.segment(carry, batch, { training: false })
        disposeCarry(carry)
        carry = next
        for (const read of ['qHalt', 'qContinue', 'heads'] as const) {
          const [values, expected] = await Promise.all(
            [answer, outputs].map(async ({ [read]: tensors }) =>
              read === 'heads'
                ? (await Promise.all(Object.values(tensors).map((each: tf.Tensor) => each.data()))).flatMap(
                    (of) => [...of],
                  )
                : [...(await (tensors as tf.Tensor).data())],
            ),
          )
          values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5))
        }
        for (const { heads, qHalt, qContinue } of [answer, outputs])
          tf.dispose([qHalt, qContinue, ...Object.values(heads)])
      }
      disposeCarry(carry)
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  it.each([
    ['hrm-v1 of one L and one H update', { ...tokens, hCycles: 1, lCycles: 1 }, tokenBatch],
    ['trm of one cycle of three L updates', { ...tokens, mode: 'trm', hCycles: 1, lCycles: 3 }, tokenBatch],
    ['transformer', { ...tokens, mode: 'transformer' }, tokenBatch],
    ['transformer without its loop', { ...tokens, mode: 'transformer', outerLoop: false }, tokenBatch],
    ['learned positions', { ...tokens, mode: 'transformer', positions: 'learned' }, tokenBatch],
    ['features, classes and values', { ...features, mode: 'transformer' }, featureBatch],
  ] as [string, Partial<HrmConfig>, Batch][])(
    '%s: the gradient is the slope of the loss',
    async (_, config, batch) => {
      const { gradient, difference } = await slopes(config, batch)
      expect(Math.abs(gradient)).toBeGreaterThan(0.05)
      expect(Math.abs(difference / gradient - 1)).toBeLessThan(0.02)
    },
  )

  it('hrm-v1 and trm carry gradient through the last updates only', async () => {
    // Where earlier updates count too, the slope of the loss is another one.
    const { gradient, difference } = await slopes(
      { ...tokens, mode: 'trm', hCycles: 2, lCycles: 2 },
      tokenBatch,
    )
    expect(Math.abs(difference / gradient - 1)).toBeGreaterThan(0.02)
  })

  it('trm has one stack for both states, the transformer one of both their blocks', () => {
    const layers = { hLayers: 2, lLayers: 1 }
    const stacks = (mode: HrmConfig['mode']) =>
      Object.keys(createModel({ ...tokens, ...layers, mode }).parameters)
        .filter((name) => name.endsWith('qkv_proj.weight'))
        .map((name) => name.replace('.self_attn.qkv_proj.weight', ''))
    expect(stacks('hrm-v1')).toEqual(['H_level.layers.0', 'H_level.layers.1', 'L_level.layers.0'])
    expect(stacks('trm')).toEqual(['L_level.layers.0'])
    expect(stacks('transformer')).toEqual(['H_level.layers.0', 'H_level.layers.1', 'H_level.layers.2'])
  })

  it('trm and the transformer without its loop do not learn when to go on', async () => {
    for (const config of [{ mode: 'trm' as const }, { mode: 'transformer' as const, outerLoop: false }]) {
      const model = await stirred({ ...tokens, ...config })
      const { losses } = await model.lossAndGradients(model.initialCarry(3), tokenBatch, { training: true })
      expect(losses.qContinue).toBe(0)
      expect(losses.qHalt).toBeGreaterThan(0)
    }
  })

  it('the transformer without its loop answers in one segment', async () => {
    const model = createModel({ ...tokens, mode: 'transformer', outerLoop: false })
    const { carry } = await model.segment(model.initialCarry(3), tokenBatch, { training: false })
    expect([...carry.halted]).toEqual([1, 1, 1])
  })

  it('a model for which no outputs are named answers every token', async () => {
    const model = createModel({ ...tokens, outputs: [] })
    const { outputs } = await model.segment(model.initialCarry(3), tokenBatch, { training: false })
    expect(outputs.logits.shape).toEqual([3, 4, 5])
  })

  it('a row without labels costs nothing and counts as right', async () => {
    const model = await stirred(tokens)
    const only = { ...tokenBatch, labels: new Int32Array(12).fill(-100) }
    const { losses, metrics } = await model.lossAndGradients(model.initialCarry(3), only, { training: false })
    expect(losses.lm).toBe(0)
    expect(metrics.count).toBe(0)
  })

  it('rows that run halt early in evaluation only when asked to', async () => {
    const weights = await createModel(tokens).weights()
    weights['q_head.bias'].data.set([5, -5])
    const model = createModel(tokens, weights)
    const late = await model.segment(model.initialCarry(3), tokenBatch, { training: false })
    const early = await model.segment(model.initialCarry(3), tokenBatch, { training: false, haltEarly: true })
    expect([...late.carry.halted]).toEqual([0, 0, 0])
    expect([...early.carry.halted]).toEqual([1, 1, 1])
  })

  it('holds as many tensors after a step as before', async () => {
    const model = await stirred(features)
    let carry = model.initialCarry(2)
    const counts = new Set<number>()
    for (let step = 0; step < 4; step++) {
      const done = await model.lossAndGradients(carry, featureBatch, {
        training: true,
        random: new Random(1),
      })
      disposeCarry(carry)
      carry = done.carry
      tf.dispose(done.gradients)
      counts.add(tf.memory().numTensors)
    }
    expect(counts.size).toBe(1)
  })
})

describe('a model that cannot be', () => {
  it.each([
    [{ hiddenSize: 10, heads: 4 }, /hiddenSize 10 cannot be divided by 4 heads/],
    [{ hiddenSize: 6, heads: 2 }, /even size of a head; it is 3/],
    [{ haltMaxSteps: 0 }, /haltMaxSteps is 0/],
    [{ explorationProbability: 2 }, /explorationProbability is 2/],
    [{ mode: 'trm', outerLoop: false }, /trm without its outer loop/],
  ] as [Partial<HrmConfig>, RegExp][])('%o is refused by name', (config, message) => {
    expect(() => createModel({ ...tokens, ...config })).toThrow(message)
    expect(() => createModel({ ...tokens, ...config })).toThrow(ConfigError)
  })

  it('names the weight that is missing or of another shape', async () => {
    const weights = await createModel(tokens).weights()
    expect(() => createModel({ ...tokens, hLayers: 2 }, weights)).toThrow(
      /H_level\.layers\.1\.self_attn\.qkv_proj\.weight is missing/,
    )
    expect(() => createModel({ ...tokens, vocabulary: 6 }, weights)).toThrow(
      /embed_tokens\.embedding_weight is \[5 × 8\]; \[6 × 8\] was expected/,
    )
  })
})

it('an id without a row in its table is named', async () => {
  await useBackend('cpu')
  const model = createModel(tokens)
  const beyond = { ...tokenBatch, inputs: new Int32Array(12).fill(5) }
  await expect(model.segment(model.initialCarry(3), beyond, { training: false })).rejects.toThrow(
    'The token 5 is not 0 to 4.',
  )
})

import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { createModel, disposeCarry, type HrmModel } from '../../../../workers/hrm/model/index.ts'
import { Optimiser, type OptimiserSettings } from '../../../../workers/hrm/optimisers/optimiser.ts'
import { learningRateAt } from '../../../../workers/hrm/optimisers/schedule.ts'
import { signDescent } from '../../../../workers/hrm/optimisers/signDescent.ts'
import { WeightAverage } from '../../../../workers/hrm/optimisers/weightAverage.ts'
import { describeShared } from '../../shared.ts'
import { backends, useBackend } from '../backends.ts'
import { parityBatches, parityFile, parityModel, variants, type Stored } from '../parity.ts'

interface Step {
  step: number
  grad: Stored
  param: Stored
  exp_avg: Stored
  exp_avg_sq: Stored
}

interface OptimiserFile {
  p0: Stored
  runs: {
    lr: number
    beta1: number
    beta2: number
    weight_decay: number
    adamw_eps: number
    adam_atan2: Step[]
    adamw: Step[]
  }[]
  lr_schedule: {
    base_lr: number
    warmup_steps: number
    total_steps: number
    min_ratio: number
    lr_at: [number, number][]
  }[]
  puzzle_sign_sgd: {
    lr: number
    weight_decay: number
    table_before: Stored
    row_ids: Stored
    row_grads: Stored
    table_after: Stored
  }
}

interface TrainFile {
  runs: {
    optimiser: 'adamw' | 'adam_atan2'
    lr: number
    beta1: number
    beta2: number
    weight_decay: number
    eps?: number
    steps: {
      batch: number
      lm_loss: number
      q_halt_loss: number
      q_continue_loss: number
      total_loss: number
      grad_norm_of_total_over_batch: number
      halted_after: boolean[]
      steps_after: number[]
    }[]
  }[]
}

/** One parameter without a model around it. */
function oneParameter(values: number[]): { model: HrmModel; value: () => Promise<number[]> } {
  const parameters: Record<string, tf.Tensor> = { p: tf.tensor1d(values) }
  const assign = (name: string, value: tf.Tensor) => {
    parameters[name].dispose()
    parameters[name] = value
  }
  return {
    model: { parameters, assign } as unknown as HrmModel,
    value: async () => [...(await parameters['p'].data())],
  }
}

describeShared('the optimisers against the reference', () => {
  const file = parityFile<OptimiserFile>('optimiser.json')

  describe.each(backends)('on %s', (backend) => {
    beforeAll(() => useBackend(backend))

    it.each(['adam-atan2', 'adamw'] as const)(
      '%s over 20 steps, gradients of exactly 0 included',
      async (kind) => {
        for (const run of file.runs) {
          const { model, value } = oneParameter(file.p0.data)
          const optimiser = new Optimiser(model, {
            kind,
            beta1: run.beta1,
            beta2: run.beta2,
            weightDecay: run.weight_decay,
            epsilon: run.adamw_eps,
          })
          for (const { grad, param } of kind === 'adamw' ? run.adamw : run.adam_atan2) {
            // Half the gradient, scaled by two: as a training does with a sum over rows.
            const half = tf.mul(tf.tensor1d(grad.data), 0.5)
            optimiser.apply({ p: half }, run.lr, 2)
            const found = await value()
            param.data.forEach((expected, i) =>
              expect(Math.abs(found[i] - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected))),
            )
          }
        }
      },
    )
  })

  describe.each(['wasm', 'wasm with kernels'] as const)('on %s', (backend) => {
    beforeAll(() => useBackend(backend))

    describe.each(variants)('ten steps of training $name', (variant) => {
      const runs = parityFile<TrainFile>(...variant.folder, 'train.json').runs
      it.each(runs)('with $optimiser', async (run) => {
        const model = parityModel(variant)
        const batches = parityBatches(variant)
        const settings: OptimiserSettings = {
          kind: run.optimiser === 'adamw' ? 'adamw' : 'adam-atan2',
          beta1: run.beta1,
          beta2: run.beta2,
          weightDecay: run.weight_decay,
          epsilon: run.eps ?? 1e-8,
        }
        const optimiser = new Optimiser(model, settings)
        let carry = model.initialCarry(batches[0].rows)
        for (const expected of run.steps) {
          const done = await model.lossAndGradients(carry, batches[expected.batch - 1], { training: true })
          disposeCarry(carry)
          carry = done.carry
          optimiser.apply(done.gradients, run.lr, 1 / batches[0].rows)
          tf.dispose(done.gradients)
          expect(Math.abs(done.losses.total / expected.total_loss - 1)).toBeLessThan(1e-4)
          expect([...carry.halted].map(Boolean)).toEqual(expected.halted_after)
          expect([...carry.steps]).toEqual(expected.steps_after)
        }
      })
    })
  })

  it('follows the schedule of the learning rate', () => {
    for (const { base_lr, warmup_steps, total_steps, min_ratio, lr_at } of file.lr_schedule)
      for (const [step, rate] of lr_at) {
        const schedule = {
          learningRate: base_lr,
          warmUpSteps: warmup_steps,
          totalSteps: total_steps,
          minimumRatio: min_ratio,
        }
        expect(learningRateAt(step, schedule)).toBeCloseTo(rate, 12)
      }
  })

  it('trains the identities that are present by the sign of their summed gradients', () => {
    const { lr, weight_decay, table_before, row_ids, row_grads, table_after } = file.puzzle_sign_sgd
    const table = Float32Array.from(table_before.data)
    signDescent(table, Int32Array.from(row_ids.data), Float32Array.from(row_grads.data), {
      learningRate: lr,
      weightDecay: weight_decay,
    })
    table_after.data.forEach((expected, i) => expect(table[i]).toBeCloseTo(expected, 6))
  })
})

describe('an optimiser', () => {
  beforeAll(() => useBackend('cpu'))
  const settings: OptimiserSettings = {
    kind: 'adam-atan2',
    beta1: 0.9,
    beta2: 0.95,
    weightDecay: 0.1,
    epsilon: 1e-8,
  }

  it('goes on from its state as if it had never stopped', async () => {
    const gradient = (i: number) => tf.tensor1d([0.3 * i, -1, 0, 2 / i])
    const whole = oneParameter([1, 2, 3, 4])
    const through = new Optimiser(whole.model, settings)
    const first = oneParameter([1, 2, 3, 4])
    const halfway = new Optimiser(first.model, settings)
    for (const i of [1, 2]) {
      through.apply({ p: gradient(i) }, 0.01, 1)
      halfway.apply({ p: gradient(i) }, 0.01, 1)
    }
    const second = oneParameter(await first.value())
    const resumed = new Optimiser(second.model, settings)
    resumed.restore(await halfway.state())
    for (const i of [3, 4]) {
      through.apply({ p: gradient(i) }, 0.01, 1)
      resumed.apply({ p: gradient(i) }, 0.01, 1)
    }
    expect(await second.value()).toEqual(await whole.value())
  })

  it('holds as many tensors after a step as before', () => {
    const { model } = oneParameter([1, 2])
    const optimiser = new Optimiser(model, settings)
    const gradient = tf.tensor1d([1, -1])
    optimiser.apply({ p: gradient }, 0.01, 1)
    const before = tf.memory().numTensors
    optimiser.apply({ p: gradient }, 0.01, 1)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('averages weights, answers with them for a while, and gives the trained ones back', async () => {
    const { model, value } = oneParameter([0])
    const average = new WeightAverage(model, 0.75)
    model.assign('p', tf.tensor1d([8]))
    average.update()
    expect(await average.within(value)).toEqual([2])
    expect(await value()).toEqual([8])
    average.update()
    expect(await average.within(value)).toEqual([3.5])
  })
})

it('a model is made of the same weights by the same seed', async () => {
  await useBackend('cpu')
  const small = { hiddenSize: 8, heads: 2, innerMultiple: 8, sequenceLength: 4, vocabulary: 3 }
  const [one, other] = [await createModel(small).weights(), await createModel(small).weights()]
  expect(one).toEqual(other)
})

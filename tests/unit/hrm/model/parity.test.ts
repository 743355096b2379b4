import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  createModel,
  defaultConfig,
  disposeCarry,
  parameterSpecs,
  type Weights,
} from '../../../../workers/hrm/model/index.ts'
import { describeShared } from '../../shared.ts'
import { useBackend } from '../backends.ts'
import { cosine, distance, parityBatches, parityFile, parityModel, variants, type Stored } from '../parity.ts'

interface Forward {
  segments: Record<
    'logits' | 'q_halt' | 'q_continue' | 'z_H' | 'z_L' | 'steps_after' | 'halted_after',
    Stored
  >[]
}

interface Gradients {
  segments: ({
    grads: Record<string, Stored>
    metrics: Record<string, number>
    lm_loss: number
    q_halt_loss: number
    q_continue_loss: number
    total_loss: number
  } & Record<
    'steps_after' | 'halted_after' | 'z_H_after' | 'z_L_after' | 'inputs_used' | 'labels_used',
    Stored
  >)[]
}

describeShared('the port against the reference', () => {
  describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
    beforeAll(() => useBackend(backend))

    describe.each(variants)('$name', (variant) => {
      it('finds the states and heads of four segments', async () => {
        const { segments } = parityFile<Forward>(...variant.folder, 'forward.json')
        const model = parityModel(variant)
        const [batch] = parityBatches(variant)
        let carry = model.initialCarry(batch.rows)
        for (const expected of segments) {
          const done = await model.segment(carry, batch, { training: false })
          disposeCarry(carry)
          carry = done.carry
          expect(await distance(done.outputs.logits, expected.logits)).toBeLessThan(1e-4)
          expect(await distance(done.outputs.qHalt, expected.q_halt)).toBeLessThan(1e-4)
          expect(await distance(done.outputs.qContinue, expected.q_continue)).toBeLessThan(1e-4)
          expect(await distance(carry.zH, expected.z_H)).toBeLessThan(1e-4)
          expect(await distance(carry.zL, expected.z_L)).toBeLessThan(1e-4)
          expect([...carry.steps]).toEqual(expected.steps_after.data)
          expect([...carry.halted]).toEqual(expected.halted_after.data)
        }
      })

      it('finds the losses, the halting and the gradient of every parameter over two segments', async () => {
        const { segments } = parityFile<Gradients>(...variant.folder, 'gradients.json')
        const model = parityModel(variant)
        const batches = parityBatches(variant)
        let carry = model.initialCarry(batches[0].rows)
        for (const [i, expected] of segments.entries()) {
          const done = await model.lossAndGradients(carry, batches[i], { training: true })
          disposeCarry(carry)
          carry = done.carry
          expect([...carry.data.inputs]).toEqual(expected.inputs_used.data)
          expect([...carry.data.labels]).toEqual(expected.labels_used.data)
          expect([...carry.steps]).toEqual(expected.steps_after.data)
          expect([...carry.halted]).toEqual(expected.halted_after.data)
          const { lm, qHalt, qContinue, total } = done.losses
          expect(Math.abs(lm / expected.lm_loss - 1)).toBeLessThan(1e-5)
          expect(Math.abs(qHalt / expected.q_halt_loss - 1)).toBeLessThan(1e-5)
          expect(Math.abs(qContinue / expected.q_continue_loss - 1)).toBeLessThan(1e-5)
          expect(Math.abs(total / expected.total_loss - 1)).toBeLessThan(1e-5)
          expect(done.metrics.count).toBe(expected.metrics['count'])
          expect(done.metrics.accuracy).toBeCloseTo(expected.metrics['accuracy'], 5)
          expect(done.metrics.exactAccuracy).toBe(expected.metrics['exact_accuracy'])
          expect(done.metrics.qHaltAccuracy).toBe(expected.metrics['q_halt_accuracy'])
          expect(done.metrics.steps).toBe(expected.metrics['steps'])
          expect(await distance(carry.zH, expected.z_H_after)).toBeLessThan(1e-4)
          expect(await distance(carry.zL, expected.z_L_after)).toBeLessThan(1e-4)
          expect(Object.keys(done.gradients).sort()).toEqual(Object.keys(expected.grads).sort())
          for (const [name, gradient] of Object.entries(expected.grads)) {
            expect(await distance(done.gradients[name], gradient), name).toBeLessThan(1e-4)
            expect(await cosine(done.gradients[name], gradient), name).toBeGreaterThan(1 - 1e-6)
          }
          tf.dispose(done.gradients)
        }
      })
    })
  })
})

it('has the parameters of the published Sudoku configuration', async () => {
  await useBackend('cpu')
  const published = {
    ...defaultConfig,
    hiddenSize: 512,
    heads: 8,
    hLayers: 4,
    lLayers: 4,
    sequenceLength: 81,
  }
  const zeros = [
    ...parameterSpecs(published),
    { name: 'H_init', shape: [512] },
    { name: 'L_init', shape: [512] },
  ].map(({ name, shape }) => [name, { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) }])
  const model = createModel(published, Object.fromEntries(zeros) as Weights)
  expect(model.parameterCount()).toBe(27_275_266)
  model.dispose()
})

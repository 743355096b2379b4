import * as tf from '@tensorflow/tfjs'
import { disposeCarry } from '../../workers/hrm/model/index.ts'
import { expectClose, expectTrue } from './check.ts'
import type { Check } from './check.ts'
import { referenceBatches, referenceModel, variants } from './reference.ts'
import type { ReadReference, Stored } from './reference.ts'

type Tensors<Names extends string> = Record<Names, Stored>

interface Forward {
  segments: Tensors<'logits' | 'q_halt' | 'q_continue' | 'z_H' | 'z_L' | 'steps_after' | 'halted_after'>[]
}

interface Gradients {
  segments: (Tensors<'steps_after' | 'halted_after' | 'inputs_used' | 'z_H_after' | 'z_L_after'> & {
    grads: Record<string, Stored>
    total_loss: number
  })[]
}

async function expectTensor(what: string, tensor: tf.Tensor, { data }: Stored): Promise<void> {
  expectClose(what, await tensor.data(), data)
}

function expectSame(what: string, found: ArrayLike<number>, { data }: Stored): void {
  const expected = data.map(Number).join()
  expectTrue(`${what} is ${Array.from(found).join()}, not ${expected}`, Array.from(found).join() === expected)
}

function expectCosine(what: string, found: ArrayLike<number>, { data }: Stored): void {
  let [dot, own, other] = [0, 0, 0]
  data.forEach((value, i) => {
    dot += value * found[i]
    own += value * value
    other += found[i] * found[i]
  })
  const cosine = own === 0 && other === 0 ? 1 : dot / Math.sqrt(own * other)
  expectTrue(`${what} has cosine ${cosine}`, cosine > 0.9999)
}

/** The states of four segments, and two training segments with the gradient of every parameter, on WebGPU. */
export function modelParity(read: ReadReference): Check[] {
  return variants.flatMap(({ name, folder }) => [
    {
      name: `states, heads and steps of four segments ${name}`,
      run: async () => {
        const { segments } = await read<Forward>(`${folder}forward.json`)
        const model = await referenceModel(read, folder)
        const [batch] = await referenceBatches(read, folder)
        let carry = model.initialCarry(batch.rows)
        for (const [i, expected] of segments.entries()) {
          const done = await model.segment(carry, batch, { training: false })
          disposeCarry(carry)
          carry = done.carry
          const at = `after segment ${i + 1}`
          await expectTensor(`logits ${at}`, done.outputs.logits, expected.logits)
          await expectTensor(`q_halt ${at}`, done.outputs.qHalt, expected.q_halt)
          await expectTensor(`q_continue ${at}`, done.outputs.qContinue, expected.q_continue)
          await expectTensor(`z_H ${at}`, carry.zH, expected.z_H)
          await expectTensor(`z_L ${at}`, carry.zL, expected.z_L)
          expectSame(`steps ${at}`, carry.steps, expected.steps_after)
          expectSame(`halted ${at}`, carry.halted, expected.halted_after)
          tf.dispose([done.outputs.logits, done.outputs.qHalt, done.outputs.qContinue])
        }
        disposeCarry(carry)
        model.dispose()
      },
    },
    {
      name: `losses, halting, resets and the gradient of every parameter ${name}`,
      run: async () => {
        const { segments } = await read<Gradients>(`${folder}gradients.json`)
        const model = await referenceModel(read, folder)
        const batches = await referenceBatches(read, folder)
        let carry = model.initialCarry(batches[0].rows)
        for (const [i, expected] of segments.entries()) {
          const done = await model.lossAndGradients(carry, batches[i], { training: true })
          disposeCarry(carry)
          carry = done.carry
          const at = `in segment ${i + 1}`
          expectClose(`total loss ${at}`, [done.losses.total], [expected.total_loss])
          expectSame(`inputs ${at}`, carry.data.inputs, expected.inputs_used)
          expectSame(`steps ${at}`, carry.steps, expected.steps_after)
          expectSame(`halted ${at}`, carry.halted, expected.halted_after)
          await expectTensor(`z_H ${at}`, carry.zH, expected.z_H_after)
          await expectTensor(`z_L ${at}`, carry.zL, expected.z_L_after)
          for (const [weight, stored] of Object.entries(expected.grads))
            expectCosine(`the gradient of ${weight} ${at}`, await done.gradients[weight].data(), stored)
          tf.dispose(done.gradients)
        }
        disposeCarry(carry)
        model.dispose()
      },
    },
  ])
}

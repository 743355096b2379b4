import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, it } from 'vitest'
import { replaceData, resetStates, takenAfter, type Carry } from '../../../../workers/hrm/model/carry.ts'
import { continueTarget, explorationMinimum, haltedAfter } from '../../../../workers/hrm/model/halting.ts'
import { describeShared } from '../../shared.ts'
import { useBackend } from '../backends.ts'
import { parityFile, type Stored } from '../parity.ts'

type Call = Record<
  | 'batch_row_tag'
  | 'q_halt'
  | 'q_continue'
  | 'next_q_halt'
  | 'next_q_continue'
  | 'explore_uniform'
  | 'explore_int'
  | 'min_halt_steps'
  | 'steps_after'
  | 'halted_after'
  | 'data_row_tag_after'
  | 'z_H_counter_after'
  | 'z_L_counter_after',
  Stored
> & { inner_forward_calls: number; target_q_continue: Stored | null }

interface Case {
  name: string
  training: boolean
  halt_max_steps: number
  halt_exploration_prob: number
  batch_size: number
  H_init: number
  L_init: number
  calls: Call[]
}

describeShared('halting, resets and targets, call by call as the reference scripts them', () => {
  const { cases } = parityFile<{ cases: Case[] }>('act.json')
  beforeAll(() => useBackend('cpu'))

  it.each(cases)('$name', async (script) => {
    const {
      training,
      halt_max_steps: haltMaxSteps,
      halt_exploration_prob: probability,
      batch_size: rows,
    } = script
    let carry: Carry = {
      zH: tf.zeros([rows, 1, 1]),
      zL: tf.zeros([rows, 1, 1]),
      steps: new Int32Array(rows),
      halted: new Uint8Array(rows).fill(1),
      data: { rows, inputs: new Int32Array(rows), labels: new Int32Array(rows) },
    }
    for (const call of script.calls) {
      const tags = Int32Array.from(call.batch_row_tag.data)
      const data = replaceData(carry, { rows, inputs: tags, labels: tags })
      const zH = tf.add<tf.Tensor3D>(resetStates(carry.zH, carry.halted, tf.tensor1d([script.H_init])), 1)
      const zL = tf.sub<tf.Tensor3D>(resetStates(carry.zL, carry.halted, tf.tensor1d([script.L_init])), 1)
      const steps = takenAfter(carry)
      const learns = training && haltMaxSteps > 1
      const minimumSteps = learns
        ? explorationMinimum(rows, haltMaxSteps, probability, scripted(call))
        : new Int32Array(rows)
      const halted = haltedAfter({
        steps,
        qHalt: Float32Array.from(call.q_halt.data),
        qContinue: Float32Array.from(call.q_continue.data),
        haltMaxSteps,
        training,
        rule: 'compare',
        minimumSteps,
      })
      if (learns) {
        expect([...minimumSteps]).toEqual(call.min_halt_steps.data)
        const next = {
          qHalt: tf.tensor1d(call.next_q_halt.data),
          qContinue: tf.tensor1d(call.next_q_continue.data),
        }
        const target = await continueTarget(next, steps, haltMaxSteps).data()
        call.target_q_continue?.data.forEach((expected, i) => expect(target[i]).toBeCloseTo(expected, 6))
      }
      expect(call.inner_forward_calls).toBe(learns ? 2 : 1)
      expect([...steps]).toEqual(call.steps_after.data)
      expect([...halted]).toEqual(call.halted_after.data)
      expect([...data.inputs]).toEqual(call.data_row_tag_after.data)
      expect([...(await zH.data())]).toEqual(call.z_H_counter_after.data)
      expect([...(await zL.data())]).toEqual(call.z_L_counter_after.data)
      carry = { zH, zL, steps, halted, data }
    }
  })
})

/** The draws of a call in their order: one uniform for each row, then one whole number for each row. */
function scripted(call: Call): { uniform(): number; below(n: number): number } {
  const uniforms = [...call.explore_uniform.data]
  const minima = [...call.explore_int.data]
  return { uniform: () => uniforms.shift() ?? NaN, below: () => (minima.shift() ?? NaN) - 2 }
}

it('TRM halts a row once q_halt is above 0, whatever q_continue says', () => {
  const halted = haltedAfter({
    steps: Int32Array.of(1, 1, 1, 4),
    qHalt: Float32Array.of(0.1, -0.1, 0, -3),
    qContinue: Float32Array.of(9, -9, 0, 9),
    haltMaxSteps: 4,
    training: true,
    rule: 'positive',
  })
  expect([...halted]).toEqual([1, 0, 0, 1])
})

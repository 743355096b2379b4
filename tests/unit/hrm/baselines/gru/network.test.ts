import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { gruLogits } from '../../../../../workers/hrm/baselines/gru/network.ts'
import { parametersOf, TrainedGru } from '../../../../../workers/hrm/baselines/gru/trainedGru.ts'
import type { StoredParameters } from '../../../../../workers/hrm/baselines/gru/trainedGru.ts'
import { Random } from '../../../../../workers/quant/random.ts'
import { useBackend } from '../../backends.ts'

const sizes = { width: 2, units: 3, classes: 2 }
const steps = 4
const random = new Random(5)
const draw = (length: number) => Float32Array.from({ length }, () => 2 * random.uniform() - 1)
const stored: StoredParameters = {
  input: draw(18),
  state: draw(27),
  bias: draw(9),
  candidateBias: draw(3),
  readOut: draw(6),
  readOutBias: draw(2),
}
/** [steps, 1 row, width] */
const sequence = draw(8)

/** The formulas, number by number. */
function byHand({ input, state, bias, candidateBias, readOut, readOutBias }: StoredParameters): number[] {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
  let h = [0, 0, 0]
  for (let step = 0; step < steps; step++) {
    const x = sequence.subarray(2 * step, 2 * step + 2)
    const fromInput = (i: number) => input[2 * i] * x[0] + input[2 * i + 1] * x[1] + bias[i]
    const fromState = (i: number) => h.reduce((sum, entry, j) => sum + state[3 * i + j] * entry, 0)
    h = h.map((before, i) => {
      const r = sigmoid(fromInput(i) + fromState(i))
      const z = sigmoid(fromInput(3 + i) + fromState(3 + i))
      const n = Math.tanh(fromInput(6 + i) + r * (fromState(6 + i) + candidateBias[i]))
      return (1 - z) * n + z * before
    })
  }
  return [0, 1].map((k) => h.reduce((sum, entry, j) => sum + readOut[3 * k + j] * entry, readOutBias[k]))
}

describe.each(['cpu', 'wasm with kernels'] as const)('the GRU on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  it('is what its formulas say', async () => {
    const parameters = parametersOf(stored, sizes)
    const logits = await gruLogits(parameters, tf.tensor3d(sequence, [steps, 1, 2])).data()
    byHand(stored).forEach((value, k) => expect(logits[k]).toBeCloseTo(value, 5))
  })
  it('has the gradient of its loss, through all steps', async () => {
    const gru = new TrainedGru(sizes, Float64Array.of(0.5, 0.5), new Random(1))
    for (const [name, tensor] of Object.entries(parametersOf(stored, sizes))) gru.assign(name, tensor)
    const { gradients } = gru.gradients(sequence, steps, Int32Array.of(1))
    const loss = (moved: StoredParameters) => {
      const logits = byHand(moved)
      return Math.log(Math.exp(logits[0]) + Math.exp(logits[1])) - logits[1]
    }
    for (const [name, gradient] of Object.entries(gradients)) {
      const values = await gradient.data()
      values.forEach((value, i) => {
        const at = (by: number) => {
          const moved = { ...stored, [name]: Float64Array.from(stored[name as keyof StoredParameters]) }
          moved[name as keyof StoredParameters][i] += by
          return loss(moved)
        }
        expect(value, `${name} ${i}`).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 5)
      })
    }
  })
})

import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, it } from 'vitest'
import { fitHrm } from '../../../../workers/hrm/baselines/fitHrm.ts'
import { accuracy } from '../../../../workers/hrm/evaluation/properScores.ts'
import { useBackend } from '../backends.ts'
import { labelsAt, taskOf, uniformTable } from './tables.ts'

/** Three steps of two features; the label is whether the first step and the last agree in sign. */
const remembered = taskOf(uniformTable(600, 6, 1), 2, (row) => [0, row[0] * row[4] > 0 ? 6 : -6], 200, 1)
const quick = {
  hiddenSize: 16,
  heads: 2,
  haltMaxSteps: 2,
  learningRate: 3e-3,
  warmUpSteps: 10,
  validateEvery: 20,
}

beforeAll(() => useBackend('wasm with kernels'))

it.each(['hrm-v1', 'transformer', 'transformer-without-loop'] as const)(
  '%s learns what the first step and the last have in common',
  async (mode) => {
    const before = tf.memory().numTensors
    const found = await fitHrm(remembered, 3, { ...quick, mode, steps: 160 })
    const probabilities = await found.probabilities(remembered.table, remembered.validation)
    expect(accuracy(probabilities)(labelsAt(remembered, remembered.validation))).toBeGreaterThan(0.85)
    expect(found.steps).toBeLessThanOrEqual(160)
    expect(tf.memory().numTensors).toBe(before)
    // Each row by itself gets the answer it got among others.
    const alone = await found.probabilities(remembered.table, remembered.validation.slice(7, 8))
    expect(alone[1]).toBeCloseTo(probabilities[15], 5)
  },
)

it('stops within a step when told to, and leaves no tensors behind', async () => {
  const before = tf.memory().numTensors
  const controller = new AbortController()
  const run = {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('something newer is wanted')),
  }
  await expect(fitHrm(remembered, 3, quick, run)).rejects.toThrow('something newer')
  expect(tf.memory().numTensors).toBe(before)
})

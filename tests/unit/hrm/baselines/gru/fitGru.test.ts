import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { fitGru } from '../../../../../workers/hrm/baselines/gru/fitGru.ts'
import { fitStepScaler, stepMajor } from '../../../../../workers/hrm/baselines/sequences.ts'
import type { Progress } from '../../../../../workers/hrm/baselines/run.ts'
import { accuracy, logLoss } from '../../../../../workers/hrm/evaluation/properScores.ts'
import { useBackend } from '../../backends.ts'
import { labelsAt, rowsFrom, taskOf, uniformTable } from '../tables.ts'

/** Three steps of two features; the label is whether the first step and the last agree in sign. */
const remembered = taskOf(uniformTable(600, 6, 1), 2, (row) => [0, row[0] * row[4] > 0 ? 6 : -6], 200, 1)
const quick = { units: 8, learningRate: 0.04, batch: 100, epochs: 30 }

describe('sequences for a network', () => {
  const table = { values: Float64Array.of(1, 10, 3, NaN, 5, 30, 7, 50), width: 4 }
  it('are read step by step, each feature on one scale in all steps, what is missing at its mean', () => {
    const scaler = fitStepScaler(table, 2, rowsFrom(0, 2))
    expect(Array.from(scaler.mean)).toEqual([4, 30])
    const [root5, root800] = [Math.sqrt(5), Math.sqrt(800 / 3)]
    const expected = [-3 / root5, -20 / root800, 1 / root5, 0, -1 / root5, 0, 3 / root5, 20 / root800]
    stepMajor(table, 2, rowsFrom(0, 2), scaler).forEach((value, i) =>
      expect(value).toBeCloseTo(expected[i], 6),
    )
  })
  it('have to divide into their steps', () => {
    expect(() => fitStepScaler(table, 3, rowsFrom(0, 1))).toThrow('4 features do not make 3 steps')
  })
})

describe('a GRU that is trained', () => {
  beforeAll(() => useBackend('wasm with kernels'))

  it('remembers the first step until the last one gives it meaning', async () => {
    const before = tf.memory().numTensors
    const gru = await fitGru(remembered, 3, quick)
    const probabilities = await gru.probabilities(remembered.table, remembered.validation)
    expect(accuracy(probabilities)(labelsAt(remembered, remembered.validation))).toBeGreaterThan(0.85)
    expect(tf.memory().numTensors).toBe(before)
    // Each row by itself gets the answer it got among others.
    const alone = await gru.probabilities(remembered.table, remembered.validation.slice(7, 8))
    expect(alone[1]).toBeCloseTo(probabilities[15], 5)
    expect(gru.parameterCount).toBe(3 * 8 * (2 + 8 + 1) + 8 + 2 * 9)
  })
  it('keeps the epoch that was best on validation, and is the same for the same seed', async () => {
    const weak = taskOf(uniformTable(200, 6, 2), 3, ([a]) => [2 * a, 0, -2 * a], 60, 2)
    const options = { ...quick, batch: 50, epochs: 8, patience: 3 }
    const fit = async (seed: number) => {
      const seen: Progress[] = []
      const gru = await fitGru(weak, 3, { ...options, seed }, { onProgress: (at) => seen.push(at) })
      return { gru, seen, probabilities: await gru.probabilities(weak.table, weak.validation) }
    }
    const { gru, seen, probabilities } = await fit(1)
    const losses = seen.map(({ validationLoss }) => validationLoss)
    expect(gru.epochs).toBe(losses.indexOf(Math.min(...losses)) + 1)
    expect(logLoss(probabilities)(labelsAt(weak, weak.validation))).toBeCloseTo(Math.min(...losses), 5)
    expect((await fit(1)).probabilities).toEqual(probabilities)
    expect((await fit(2)).probabilities).not.toEqual(probabilities)
  })
  it('stops within a step when told to, and leaves no tensors behind', async () => {
    const before = tf.memory().numTensors
    const controller = new AbortController()
    const run = {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('something newer is wanted')),
    }
    await expect(fitGru(remembered, 3, quick, run)).rejects.toThrow('something newer')
    expect(tf.memory().numTensors).toBe(before)
  })
  it('says so where its loss is not a number', async () => {
    const before = tf.memory().numTensors
    await expect(fitGru(remembered, 3, { ...quick, learningRate: Infinity })).rejects.toThrow(/not a number/)
    expect(tf.memory().numTensors).toBe(before)
  })
})

import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, it } from 'vitest'
import { accuracy } from '../../../../workers/hrm/evaluation/properScores.ts'
import { fitRows, type FittedRows } from '../../../../workers/hrm/rows/trainedRows.ts'
import { useBackend } from '../backends.ts'
import { syntheticRows } from './syntheticRows.ts'

const quick = {
  hiddenSize: 16,
  heads: 2,
  learningRate: 5e-3,
  warmUpSteps: 5,
  batchRows: 48,
  steps: 100,
  validateEvery: 25,
}
const dataset = syntheticRows({ rows: 900, length: 4, seed: 1, signal: 0.95 })
let fitted: FittedRows

beforeAll(async () => {
  await useBackend('wasm with kernels')
  console.time('fit')
  fitted = await fitRows(dataset, quick)
  console.timeEnd('fit')
})

const shareRight = async (name: string) => {
  const { test } = dataset.split
  const said = (await fitted.score(dataset)).probabilities[name]
  const labels = dataset.labels.find((each) => each.name === name)!.values
  const classes = said.length / dataset.rows
  const own = Float64Array.from(
    [...test].flatMap((row) => [...said.subarray(row * classes, (row + 1) * classes)]),
  )
  return accuracy(own)(Int32Array.from(test, (row) => labels[row]))
}

it('learns both labels and the value', async () => {
  const before = tf.memory().numTensors
  console.log(
    fitted.curves.validation,
    fitted.calibration,
    await shareRight('conviction'),
    await shareRight('event'),
  )
  console.log(fitted.config, fitted.parameterCount)
  expect(tf.memory().numTensors).toBeGreaterThanOrEqual(before)
})

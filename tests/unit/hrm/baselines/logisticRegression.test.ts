import { describe, expect, it } from 'vitest'
import { fitLogisticRegression, penalisedLoss } from '../../../../workers/hrm/baselines/logisticRegression.ts'
import { fitScaler, standardised } from '../../../../workers/hrm/baselines/scaler.ts'
import type { Table } from '../../../../workers/hrm/baselines/classifier.ts'
import { logLoss } from '../../../../workers/hrm/evaluation/properScores.ts'
import { labelsAt, rowsFrom, taskOf, uniformTable } from './tables.ts'

const none = new Int32Array(0)

describe('the scaler', () => {
  const table: Table = { values: Float64Array.of(1, 5, NaN, 1e9, 3, 5, NaN, 1e9 + 2, 8, 5, 2, 0), width: 4 }
  it('knows training rows only, and what is there of them', () => {
    const { mean, inverse } = fitScaler(table, rowsFrom(0, 2))
    expect(Array.from(mean)).toEqual([2, 5, 0, 1e9 + 1])
    expect(Array.from(inverse)).toEqual([1, 0, 0, 1])
  })
  it('gives features mean 0 and deviation 1, a missing one the mean, a constant one nothing', () => {
    const scaler = fitScaler(table, rowsFrom(0, 2))
    expect(Array.from(standardised(table, Int32Array.of(0, 2), scaler))).toEqual([
      -1,
      0,
      0,
      -1,
      6,
      0,
      0,
      -1e9 - 1,
    ])
  })
})

describe('logistic regression', () => {
  const task = taskOf(uniformTable(900, 4, 1), 3, ([a, b, c]) => [2 * a, -a + b, 0.5 - 2 * c], 300, 1)
  it('ends where no coefficient can be moved to advantage: the penalised gradient is 0', async () => {
    const fit = await fitLogisticRegression({ ...task, validation: none }, { penalties: [0.02] })
    const probabilities = await fit.probabilities(task.table, task.train)
    const features = standardised(task.table, task.train, fitScaler(task.table, task.train))
    const labels = labelsAt(task, task.train)
    for (let k = 0; k < 3; k++) {
      for (let j = 0; j <= 4; j++) {
        let slope = 0
        labels.forEach((label, row) => {
          const pull = probabilities[3 * row + k] - (label === k ? 1 : 0)
          slope += (pull * (j === 4 ? 1 : features[4 * row + j])) / labels.length
        })
        if (j < 4) slope += 0.02 * fit.coefficients[5 * k + j]
        expect(slope).toBeCloseTo(0, 5)
      }
    }
  })
  it('has the gradient of its loss', () => {
    const { values } = uniformTable(40, 3, 2)
    const labels = Int32Array.from({ length: 40 }, (_, row) => row % 3)
    const loss = penalisedLoss(Float64Array.from(values), labels, 3, 3, 0.1)
    const at = Float64Array.from({ length: 12 }, (_, i) => Math.sin(i))
    const gradient = new Float64Array(12)
    loss(at, gradient)
    for (let i = 0; i < 12; i++) {
      const moved = (by: number) =>
        loss(
          at.map((entry, j) => entry + (i === j ? by : 0)),
          new Float64Array(12),
        )
      expect((moved(1e-5) - moved(-1e-5)) / 2e-5).toBeCloseTo(gradient[i], 8)
    }
  })
  it('without features is the base rate, however strong the penalty: intercepts are free', async () => {
    const table: Table = { values: new Float32Array(10), width: 1 }
    const labels = [0, 1, 1, 1, 2, 2, 1, 1, 1, 0]
    const plain = { table, labels, classes: 3, train: rowsFrom(0, 10), validation: none }
    const fit = await fitLogisticRegression(plain, { penalties: [100] })
    const [sell, hold, buy] = await fit.probabilities(table, rowsFrom(0, 1))
    expect(sell).toBeCloseTo(0.2, 5)
    expect(hold).toBeCloseTo(0.6, 5)
    expect(buy).toBeCloseTo(0.2, 5)
  })
  it('of one yes-or-no feature without penalty gives the shares of the table', async () => {
    // 30 rows without the feature, 6 positive; 20 rows with it, 15 positive.
    const table = { values: Float64Array.from({ length: 50 }, (_, row) => Number(row >= 30)), width: 1 }
    const labels = Array.from({ length: 50 }, (_, row) => Number(row < 6 || row >= 35))
    const plain = { table, labels, classes: 2, train: rowsFrom(0, 50), validation: none }
    const fit = await fitLogisticRegression(plain, { penalties: [0] })
    const probabilities = await fit.probabilities(table, Int32Array.of(0, 49))
    expect(probabilities[1]).toBeCloseTo(0.2, 5)
    expect(probabilities[3]).toBeCloseTo(0.75, 5)
  })
  it('learns what is there, nearly as well as who knows the truth', async () => {
    const fit = await fitLogisticRegression(task)
    const labels = labelsAt(task, task.validation)
    const odds = Array.from(task.validation).flatMap((row) => {
      const [a, b, c] = task.table.values.subarray(4 * row, 4 * row + 3)
      const own = [2 * a, -a + b, 0.5 - 2 * c].map(Math.exp)
      return own.map((value) => value / own.reduce((x, y) => x + y))
    })
    const learnt = logLoss(await fit.probabilities(task.table, task.validation))(labels)
    expect(learnt - logLoss(Float64Array.from(odds))(labels)).toBeLessThan(0.02)
    expect(learnt).toBeLessThan(1)
  })
  it('is held back by the strongest penalty where there is nothing to learn', async () => {
    const noise = taskOf(uniformTable(300, 20, 3), 2, () => [0, 0], 150, 4)
    const fit = await fitLogisticRegression(noise)
    expect(fit.penalty).toBeGreaterThanOrEqual(0.3)
    const free = await fitLogisticRegression(noise, { penalties: [0] })
    const labels = labelsAt(noise, noise.validation)
    const lossOf = async (model: typeof fit) =>
      logLoss(await model.probabilities(noise.table, noise.validation))(labels)
    expect(await lossOf(fit)).toBeLessThan(await lossOf(free))
  })
  it('chooses by validation rows and by nothing else', async () => {
    await expect(fitLogisticRegression({ ...task, validation: none })).rejects.toThrow(RangeError)
    const seen: number[] = []
    const fit = await fitLogisticRegression(
      task,
      { penalties: [1, 0.01] },
      {
        onProgress: ({ validationLoss }) => seen.push(validationLoss),
      },
    )
    expect(fit.penalty).toBe(seen[0] < seen[1] ? 1 : 0.01)
  })
  it('stops when told to', async () => {
    const signal = AbortSignal.abort(new Error('something newer is wanted'))
    await expect(fitLogisticRegression(task, {}, { signal })).rejects.toThrow('something newer')
  })
})

import { describe, expect, it } from 'vitest'
import { fitBaseRate } from '../../../../workers/hrm/baselines/baseRate.ts'
import { logLoss } from '../../../../workers/hrm/evaluation/properScores.ts'
import { labelsAt, rowsFrom, taskOf, uniformTable } from './tables.ts'

describe('the base rate', () => {
  const task = taskOf(uniformTable(900, 2, 1), 3, () => [0, 1, -1], 300, 1)
  it('is the frequency of each class in training, for any row', async () => {
    const counts = [0, 0, 0]
    for (const label of labelsAt(task, task.train)) counts[label]++
    const probabilities = await fitBaseRate(task, 0).probabilities(task.table, rowsFrom(700, 2))
    expect(Array.from(probabilities)).toEqual([...counts, ...counts].map((count) => count / 600))
  })
  it('scores the entropy of the classes on rows like those', async () => {
    const probabilities = await fitBaseRate(task).probabilities(task.table, task.validation)
    const odds = [1, Math.E, 1 / Math.E].map((value) => value / (1 + Math.E + 1 / Math.E))
    const entropy = -odds.reduce((sum, p) => sum + p * Math.log(p), 0)
    expect(logLoss(probabilities)(labelsAt(task, task.validation))).toBeCloseTo(entropy, 1)
  })
  it('calls nothing impossible that training did not show', async () => {
    const rate = fitBaseRate({ ...task, labels: new Uint8Array(900), train: rowsFrom(0, 7) })
    expect(Array.from(await rate.probabilities(task.table, rowsFrom(0, 1)))).toEqual([0.8, 0.1, 0.1])
  })
  it('cannot be told from no rows, nor from labels that are no class', () => {
    expect(() => fitBaseRate({ ...task, train: new Int32Array(0) })).toThrow('no rows to train on')
    expect(() => fitBaseRate({ ...task, classes: 2 })).toThrow(/the label 2, which is none of the 2 classes/)
  })
})

import { describe, expect, it } from 'vitest'
import { fitBaseRate } from '../../../../../workers/hrm/baselines/baseRate.ts'
import { fitLogisticRegression } from '../../../../../workers/hrm/baselines/logisticRegression.ts'
import { fitBoostedTrees } from '../../../../../workers/hrm/baselines/trees/boosting.ts'
import type { Progress } from '../../../../../workers/hrm/baselines/run.ts'
import type { Classifier, Task } from '../../../../../workers/hrm/baselines/classifier.ts'
import { accuracy, logLoss } from '../../../../../workers/hrm/evaluation/properScores.ts'
import { labelsAt, rowsFrom, taskOf, uniformTable } from '../tables.ts'

const quick = { rounds: 60, learningRate: 0.2, depth: 3, minChildWeight: 1 }
const exclusiveOr = taskOf(uniformTable(1200, 4, 1), 2, ([a, b]) => [0, a * b > 0 ? 6 : -6], 400, 1)
const threeClasses = taskOf(uniformTable(1500, 3, 2), 3, ([a, b]) => [3 * a, 3 * Math.abs(b), -3 * a], 500, 2)

async function onValidation(task: Task, model: Classifier) {
  const probabilities = await model.probabilities(task.table, task.validation)
  const labels = labelsAt(task, task.validation)
  return { loss: logLoss(probabilities)(labels), accuracy: accuracy(probabilities)(labels) }
}

describe('boosted trees', () => {
  it('learn an exclusive or, which logistic regression cannot', async () => {
    const trees = await onValidation(exclusiveOr, await fitBoostedTrees(exclusiveOr, quick))
    const logistic = await onValidation(exclusiveOr, await fitLogisticRegression(exclusiveOr))
    expect(trees.accuracy).toBeGreaterThan(0.93)
    expect(logistic.accuracy).toBeLessThan(0.6)
  })
  it('fit training better with every round', async () => {
    const losses: number[] = []
    const all = { ...quick, rowShare: 1, columnShare: 1, learningRate: 0.1 }
    for (const task of [exclusiveOr, threeClasses]) {
      losses.length = 0
      await fitBoostedTrees(task, all, { onProgress: ({ trainLoss }) => losses.push(trainLoss) })
      expect(losses.length).toBeGreaterThan(10)
      for (let k = 1; k < losses.length; k++) expect(losses[k]).toBeLessThan(losses[k - 1])
    }
  })
  it('learn several classes, and give probabilities that add up to 1', async () => {
    const trees = await fitBoostedTrees(threeClasses, quick)
    const base = await onValidation(threeClasses, fitBaseRate(threeClasses))
    const learnt = await onValidation(threeClasses, trees)
    expect(learnt.loss).toBeLessThan(base.loss - 0.2)
    const probabilities = await trees.probabilities(threeClasses.table, rowsFrom(0, 100))
    for (let row = 0; row < 100; row++) {
      const own = probabilities.subarray(3 * row, 3 * row + 3)
      expect(own[0] + own[1] + own[2]).toBeCloseTo(1, 12)
    }
  })
  it('keep the rounds that were best on validation', async () => {
    const seen: Progress[] = []
    const options = { ...quick, rounds: 200, patience: 10 }
    const trees = await fitBoostedTrees(threeClasses, options, { onProgress: (at) => seen.push(at) })
    const losses = seen.map(({ validationLoss }) => validationLoss)
    expect(trees.rounds).toBe(losses.indexOf(Math.min(...losses)) + 1)
    expect(seen.length).toBe(trees.rounds + 10)
    expect((await onValidation(threeClasses, trees)).loss).toBeCloseTo(Math.min(...losses), 12)
  })
  it('keep no round where validation says that none helps', async () => {
    const random = taskOf(uniformTable(600, 3, 5), 2, ([a]) => [0, a > 0 ? 3 : -3], 200, 5)
    const labels = Array.from(random.labels, (label, row) => (row < 400 ? label : 1 - label))
    const contrary = { ...random, labels }
    const trees = await fitBoostedTrees(contrary, { ...quick, patience: 5 })
    expect(trees.rounds).toBe(0)
    const base = await onValidation(contrary, fitBaseRate(contrary))
    expect((await onValidation(contrary, trees)).loss).toBeCloseTo(base.loss, 12)
  })
  it('take all rounds where there is no validation', async () => {
    const trees = await fitBoostedTrees(
      { ...threeClasses, validation: new Int32Array(0) },
      { ...quick, rounds: 12 },
    )
    expect(trees.rounds).toBe(12)
  })
  it('find next to nothing in noise', async () => {
    const noise = taskOf(uniformTable(900, 10, 3), 2, () => [0, -1], 300, 3)
    const base = await onValidation(noise, fitBaseRate(noise))
    const learnt = await onValidation(noise, await fitBoostedTrees(noise, quick))
    expect(Math.abs(learnt.loss - base.loss)).toBeLessThan(0.02)
  })
  it('learn from what is missing', async () => {
    const table = uniformTable(900, 3, 4)
    const missing = taskOf(table, 2, ([a]) => [0, a > 0.4 ? 3 : -3], 300, 4)
    for (let at = 0; at < table.values.length; at += 3) if (table.values[at] > 0.4) table.values[at] = NaN
    expect((await onValidation(missing, await fitBoostedTrees(missing, quick))).accuracy).toBeGreaterThan(0.9)
  })
  it('are the same for the same seed, and others for another', async () => {
    const answer = async (seed: number) =>
      (await fitBoostedTrees(exclusiveOr, { ...quick, rounds: 5, seed })).probabilities(
        exclusiveOr.table,
        exclusiveOr.validation,
      )
    expect(await answer(1)).toEqual(await answer(1))
    expect(await answer(1)).not.toEqual(await answer(2))
  })
  it('do not see validation or test rows in what they teach', async () => {
    const other = { values: exclusiveOr.table.values.slice(), width: 4 }
    other.values.fill(99, 4 * 800)
    const rounds = { ...quick, rounds: 5, patience: 5 }
    const blind = { ...exclusiveOr, validation: new Int32Array(0) }
    const rows = rowsFrom(0, 50)
    const first = await fitBoostedTrees(blind, rounds)
    const second = await fitBoostedTrees({ ...blind, table: other }, rounds)
    expect(await first.probabilities(other, rows)).toEqual(await second.probabilities(other, rows))
  })
  it('stop when told to, between two trees', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const run = {
      signal: controller.signal,
      onProgress: ({ done }: Progress) => {
        seen.push(done)
        if (done === 3) controller.abort(new Error('something newer is wanted'))
      },
    }
    await expect(fitBoostedTrees(exclusiveOr, quick, run)).rejects.toThrow('something newer')
    expect(seen).toEqual([1, 2, 3])
  })
})

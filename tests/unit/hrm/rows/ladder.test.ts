import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, it } from 'vitest'
import type { LadderModel, LadderStatus } from '../../../../workers/hrm/api.ts'
import { Ladder } from '../../../../workers/hrm/rows/ladder.ts'
import { permutedLabels } from '../../../../workers/hrm/rows/permutedLabels.ts'
import { mean } from '../../../../workers/quant/moments.ts'
import type { RowDataset } from '../../../../workers/quant/rows.ts'
import { useBackend } from '../backends.ts'
import { syntheticRows } from './syntheticRows.ts'

const dataset = syntheticRows({ rows: 600, length: 4, seed: 3, signal: 0.95 })
const settings = {
  hiddenSize: 8,
  heads: 2,
  learningRate: 8e-3,
  warmUpSteps: 5,
  batchRows: 48,
  steps: 40,
  validateEvery: 20,
}
const hrm: LadderModel = { kind: 'hrm', mode: 'hrm-v1' }

beforeAll(() => useBackend('wasm with kernels'))

function ladderOf(
  models: LadderModel[],
  rows: RowDataset = dataset,
  tell: (status: LadderStatus) => void = () => undefined,
) {
  const request = { models, settings, callsPerYear: 60, seed: 5 }
  return new Ladder(rows, request, { tell, now: () => performance.now() })
}

it('every model is judged on the same rows, against the best of the baselines', async () => {
  const before = tf.memory().numTensors
  const ladder = ladderOf([
    { kind: 'base-rate' },
    { kind: 'rule', rule: 'heat' },
    { kind: 'rule', rule: 'none such' },
    { kind: 'logistic-regression' },
    { kind: 'boosted-trees' },
    { kind: 'gru' },
    hrm,
  ])
  await ladder.run()
  const { rungs, phase } = ladder.status
  expect(phase).toBe('finished')
  const [base, rule, missing, ...learnt] = rungs
  expect(missing).toMatchObject({ phase: 'failed', scores: null, message: /none such/ as unknown as string })
  const judged = dataset.split.test.filter((row) => dataset.judged[row] === 1)
  const targets = judged.filter((row) => dataset.labels[1].values[row] === 2)
  for (const { scores } of [base, rule, ...learnt])
    expect(scores?.test).toMatchObject({ rows: judged.length, positives: targets.length })
  for (const { scores } of [base, rule, ...learnt]) expect(scores?.test.leadTime).toBeCloseTo(3, 9)
  expect(base.scores?.test.averagePrecision.value).toBeCloseTo(targets.length / judged.length, 6)
  for (const { scores } of [rule, ...learnt]) {
    const { averagePrecision, difference, reliability, rows } = scores!.test
    expect(averagePrecision.value).toBeGreaterThan(2 * scores!.test.baseRate)
    expect(averagePrecision.low).toBeLessThanOrEqual(averagePrecision.value)
    expect(reliability.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows)
    if (difference) expect(difference.low).toBeLessThanOrEqual(difference.estimate)
  }
  expect(base.scores?.test.difference?.high).toBeLessThan(0)
  const baselines = [base, rule, ...learnt.slice(0, 3)]
  const best = baselines.reduce((top, rung) =>
    rung.scores!.test.averagePrecision.value > top.scores!.test.averagePrecision.value ? rung : top,
  )
  expect(best.scores!.test.difference).toBeNull()
  expect(learnt[3].scores!.test.difference?.to).toBe(best.name)
  for (const { scoring } of learnt) {
    const said = await ladder.scorer(scoring!.id)!.score(dataset, Int32Array.of(590))
    expect(said.probabilities['conviction'].reduce((sum, share) => sum + share)).toBeCloseTo(1, 5)
  }
  await ladder.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

it('a cancelled ladder stops within a piece of work and keeps what was done', async () => {
  const heard: LadderStatus[] = []
  const ladder = ladderOf([{ kind: 'base-rate' }, hrm, { kind: 'gru' }], dataset, (status) => {
    heard.push(status)
    if (status.rungs[1].done > 0) void ladder.cancel()
  })
  await ladder.run()
  const { rungs, phase } = ladder.status
  expect(phase).toBe('cancelled')
  expect(rungs.map((rung) => rung.phase)).toEqual(['done', 'waiting', 'waiting'])
  expect(heard.at(-1)?.phase).toBe('cancelled')
  expect(ladder.scoringModels).toEqual([])
})

it('labels that were shuffled keep their number in every part, and nothing holds on the test', async () => {
  const shuffled = permutedLabels(dataset, 2)
  const count = ({ labels }: RowDataset, rows: Int32Array) =>
    rows.reduce((sum, row) => sum + Number(labels[1].values[row] === 2), 0)
  for (const rows of Object.values(dataset.split).filter((part) => part instanceof Int32Array))
    expect(count(shuffled, rows)).toBe(count(dataset, rows))
  expect(shuffled.hash).not.toBe(dataset.hash)
  // One order of the labels may fit the test by luck; the mean of a dozen, whose error is 0.03, hardly.
  const areas = await Promise.all(
    Array.from({ length: 12 }, async (_, seed) => {
      const ladder = ladderOf([{ kind: 'logistic-regression' }], permutedLabels(dataset, seed))
      await ladder.run()
      return ladder.status.rungs[0].scores!.test.rocAuc
    }),
  )
  expect(Math.abs(mean(areas) - 0.5)).toBeLessThan(0.1)
})

it('what cannot be compared is refused in words', () => {
  expect(() => ladderOf([])).toThrow('no model')
  expect(() => ladderOf([hrm], { ...dataset, labels: dataset.labels.slice(0, 1) })).toThrow('“event”')
})

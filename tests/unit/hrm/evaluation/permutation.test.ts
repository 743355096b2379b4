import { describe, expect, it } from 'vitest'
import { permutationTest, shuffledLabels } from '../../../../workers/hrm/evaluation/permutation.ts'
import { averagePrecision } from '../../../../workers/hrm/evaluation/precisionRecall.ts'
import { logLoss } from '../../../../workers/hrm/evaluation/properScores.ts'
import { rocAuc } from '../../../../workers/hrm/evaluation/roc.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { drawnScores } from './drawnRows.ts'

const options = { shuffles: 199, seed: 1 }
const oneBlock = (rows: number) => new Uint8Array(rows)

describe('the permutation test', () => {
  it('finds skill where there is some, for metrics that should be high and low', () => {
    const { scores, labels } = drawnScores(300, 1)
    const high = permutationTest(rocAuc, 'higher', scores, labels, oneBlock(300), options)
    expect(high.pValue).toBe(1 / 200)
    expect(high.chance).toBeCloseTo(0.5, 1)
    expect(high.value).toBeGreaterThan(0.6)
    const forecast = scores.map((score) => 0.1 + 0.5 * score)
    expect(permutationTest(logLoss, 'lower', forecast, labels, oneBlock(300), options).pValue).toBe(1 / 200)
    expect(permutationTest(logLoss, 'higher', forecast, labels, oneBlock(300), options).pValue).toBe(1)
  })
  it('gives every p about equally often where there is none', () => {
    const random = new Random(2)
    const pValues = Array.from({ length: 200 }, (_, seed) => {
      const scores = Float64Array.from({ length: 50 }, () => random.uniform())
      const labels = Uint8Array.from(scores, () => Number(random.uniform() < 0.3))
      return permutationTest(averagePrecision, 'higher', scores, labels, oneBlock(50), { shuffles: 39, seed })
        .pValue
    })
    for (const level of [0.1, 0.5, 0.9]) {
      const share = pValues.filter((p) => p <= level).length / 200
      expect(Math.abs(share - level)).toBeLessThan(3.5 * Math.sqrt((level * (1 - level)) / 200))
    }
  })
  it('gives no credit for what blocks already tell', () => {
    // The scores know which year is rich in events, and nothing else.
    const random = new Random(3)
    const years = Int32Array.from({ length: 400 }, (_, row) => row % 2)
    const scores = Float64Array.from(years, (year) => year + 0.1 * random.uniform())
    const labels = Uint8Array.from(years, (year) => Number(random.uniform() < 0.1 + 0.4 * year))
    expect(permutationTest(rocAuc, 'higher', scores, labels, oneBlock(400), options).pValue).toBe(1 / 200)
    expect(permutationTest(rocAuc, 'higher', scores, labels, years, options).pValue).toBeGreaterThan(0.05)
  })
  it('counts shuffles that are exactly as good', () => {
    const labels = Uint8Array.of(1, 0, 1)
    const alike = new Float64Array(3).fill(0.1)
    expect(permutationTest(logLoss, 'lower', alike, labels, oneBlock(3), options).pValue).toBe(1)
  })
  it('is not a number where the metric is none', () => {
    const { pValue } = permutationTest(rocAuc, 'higher', new Float64Array(3), [0, 0, 0], oneBlock(3), options)
    expect(pValue).toBeNaN()
  })
})

describe('shuffled labels', () => {
  it('stay in their block, and are as many of each kind', () => {
    const blocks = Int32Array.from({ length: 90 }, (_, row) => row % 3)
    const labels = Int32Array.from(blocks, (block, row) => 10 * block + (row % 4))
    const shuffled = shuffledLabels(labels, blocks, 5)
    expect(shuffled).not.toEqual(labels)
    expect(shuffled).toEqual(shuffledLabels(labels, blocks, 5))
    expect(shuffled.slice().sort()).toEqual(labels.slice().sort())
    shuffled.forEach((label, row) => expect(Math.floor(label / 10)).toBe(blocks[row]))
  })
})

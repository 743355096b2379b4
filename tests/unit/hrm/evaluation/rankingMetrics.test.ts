import { describe, expect, it } from 'vitest'
import { averagePrecision, precisionRecallCurve } from '../../../../workers/hrm/evaluation/precisionRecall.ts'
import { precisionAt } from '../../../../workers/hrm/evaluation/precisionAt.ts'
import { rocAuc, rocCurve } from '../../../../workers/hrm/evaluation/roc.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { drawnScores } from './drawnRows.ts'

const few = { scores: Float64Array.of(0.1, 0.4, 0.35, 0.8), labels: [0, 0, 1, 1] }
const metrics = { averagePrecision, rocAuc, precisionAt5: precisionAt(5) }

describe('average precision', () => {
  it('is the sum of steps of recall times precision', () => {
    // Called one by one: hit (1/1), miss, hit (2/3), miss.
    expect(averagePrecision(few.scores)(few.labels)).toBeCloseTo((1 + 2 / 3) / 2, 15)
  })
  it('is the definition, threshold by threshold, where many rows tie', () => {
    const { scores, labels } = drawnScores(200, 1)
    const thresholds = [...new Set(scores)].sort((a, b) => b - a)
    const positives = labels.reduce((sum, label) => sum + label, 0)
    let area = 0
    let recall = 0
    for (const threshold of thresholds) {
      const called = Array.from(labels).filter((_, row) => scores[row] >= threshold)
      const hits = called.filter((label) => label === 1).length
      area += (hits / positives - recall) * (hits / called.length)
      recall = hits / positives
    }
    expect(averagePrecision(scores)(labels)).toBeCloseTo(area, 12)
  })
  it('is the base rate where every row has the same score', () => {
    expect(averagePrecision(new Float64Array(8))([1, 0, 0, 0, 1, 0, 0, 0])).toBe(0.25)
  })
  it('is near the base rate for a model that knows nothing', () => {
    const random = new Random(3)
    const scores = Float64Array.from({ length: 20_000 }, () => random.uniform())
    const labels = Uint8Array.from(scores, () => Number(random.uniform() < 0.05))
    expect(averagePrecision(scores)(labels)).toBeCloseTo(0.05, 2)
  })
  it('is the area under the steps of the curve that is drawn', () => {
    const { scores, labels } = drawnScores(300, 2)
    const { precision, recall, threshold } = precisionRecallCurve(scores, labels)
    let area = 0
    recall.forEach((value, point) => (area += (value - (recall[point - 1] ?? 0)) * precision[point]))
    expect(averagePrecision(scores)(labels)).toBeCloseTo(area, 12)
    expect(recall.at(-1)).toBe(1)
    expect(threshold).toEqual(threshold.slice().sort().reverse())
  })
})

describe('the area under the ROC curve', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    const { scores, labels } = drawnScores(150, 4)
    let right = 0
    let pairs = 0
    for (let a = 0; a < 150; a++) {
      for (let b = 0; b < 150; b++) {
        if (labels[a] !== 1 || labels[b] !== 0) continue
        pairs++
        right += scores[a] > scores[b] ? 1 : scores[a] === scores[b] ? 0.5 : 0
      }
    }
    expect(rocAuc(scores)(labels)).toBeCloseTo(right / pairs, 12)
    expect(rocAuc(few.scores)(few.labels)).toBe(0.75)
  })
  it('is the trapezoids under the curve that is drawn, from nothing called to everything', () => {
    const { scores, labels } = drawnScores(300, 5)
    const { falsePositive, truePositive, threshold } = rocCurve(scores, labels)
    let area = 0
    for (let k = 1; k < threshold.length; k++)
      area += ((falsePositive[k] - falsePositive[k - 1]) * (truePositive[k] + truePositive[k - 1])) / 2
    expect(rocAuc(scores)(labels)).toBeCloseTo(area, 12)
    expect([falsePositive[0], truePositive[0], threshold[0]]).toEqual([0, 0, Infinity])
    expect([falsePositive.at(-1), truePositive.at(-1)]).toEqual([1, 1])
  })
  it('turns round with the scores', () => {
    const { scores, labels } = drawnScores(100, 6)
    expect(rocAuc(scores.map((score) => -score))(labels)).toBeCloseTo(1 - rocAuc(scores)(labels), 12)
  })
})

describe('precision at k', () => {
  it('counts the hits among the surest k', () => {
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.6)
    expect(precisionAt(1)(scores)([1, 0, 1, 0])).toBe(1)
    expect(precisionAt(2)(scores)([1, 0, 1, 0])).toBe(0.5)
    expect(precisionAt(3)(scores)([1, 0, 1, 0])).toBeCloseTo(2 / 3, 15)
  })
  it('takes the expected share of rows that tie for the last places', () => {
    // One place is certain (a hit); the second is drawn from four rows with one hit.
    const scores = Float64Array.of(0.9, 0.5, 0.5, 0.5, 0.5, 0.1)
    expect(precisionAt(2)(scores)([1, 0, 0, 1, 0, 1])).toBeCloseTo((1 + 1 / 4) / 2, 15)
  })
  it('is not defined for no calls, or more than there are rows', () => {
    expect(precisionAt(0)(few.scores)(few.labels)).toBeNaN()
    expect(precisionAt(5)(few.scores)(few.labels)).toBeNaN()
  })
})

describe.each(Object.entries(metrics))('%s', (_, metric) => {
  it('does not see the order of the rows, nor more of the scores than their order', () => {
    const { scores, labels } = drawnScores(120, 7)
    const value = metric(scores)(labels)
    const order = new Random(1).shuffle(Int32Array.from(scores, (_, row) => row))
    const mixed = Float64Array.from(order, (row) => scores[row])
    expect(metric(mixed)(Array.from(order, (row) => labels[row]))).toBeCloseTo(value, 12)
    expect(metric(scores.map((score) => Math.exp(3 * score) - 7))(labels)).toBe(value)
  })
  it('counts a row of weight 2 as two rows and one of weight 0 as none', () => {
    const { scores, labels } = drawnScores(60, 8)
    const weights = Uint8Array.from(scores, (_, row) => row % 3)
    const rows = Array.from(weights).flatMap((weight, row) => Array.from({ length: weight }, () => row))
    const repeated = metric(Float64Array.from(rows, (row) => scores[row]))(rows.map((row) => labels[row]))
    expect(metric(scores)(labels, weights)).toBeCloseTo(repeated, 12)
  })
  it('is not a number, and no exception, where it means nothing', () => {
    expect(metric(new Float64Array(0))([])).toBeNaN()
    expect(metric(Float64Array.of(0.1, NaN, 0.3))([0, 1, 1])).toBeNaN()
  })
})

it('areas need both classes: no positive, no precision–recall; no negative, no ROC', () => {
  const scores = Float64Array.of(0.2, 0.4)
  expect(averagePrecision(scores)([0, 0])).toBeNaN()
  expect(rocAuc(scores)([0, 0])).toBeNaN()
  expect(rocAuc(scores)([1, 1])).toBeNaN()
  expect(precisionRecallCurve([0.2, NaN], [0, 1]).threshold).toHaveLength(0)
  expect(rocCurve([0.2, NaN], [0, 1]).threshold).toHaveLength(0)
})

import { describe, expect, it } from 'vitest'
import { accuracy, brierScore, logLoss } from '../../../../workers/hrm/evaluation/properScores.ts'
import { drawnForecasts } from './drawnRows.ts'

const forecasts = Float64Array.of(0.7, 0.2, 0.1, 0.3, 0.3, 0.4)

describe('log loss', () => {
  it('is the mean of −ln of what was given to what happened', () => {
    expect(logLoss(forecasts)([0, 2])).toBeCloseTo(-(Math.log(0.7) + Math.log(0.4)) / 2, 14)
    expect(logLoss(Float64Array.of(0.9, 0.2))([1, 0])).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8)) / 2, 14)
  })
  it('stays finite for what was called impossible', () => {
    expect(logLoss(Float64Array.of(1, 0))([1])).toBeCloseTo(34.54, 2)
  })
})

describe('the Brier score', () => {
  it('is the squared distance from what happened, over all classes', () => {
    const first = 0.3 ** 2 + 0.2 ** 2 + 0.1 ** 2
    const second = 0.3 ** 2 + 0.3 ** 2 + 0.6 ** 2
    expect(brierScore(forecasts)([0, 2])).toBeCloseTo((first + second) / 2, 14)
  })
  it('for two classes is twice that of one probability', () => {
    const both = brierScore(Float64Array.of(0.1, 0.9, 0.8, 0.2))([1, 0])
    expect(both).toBeCloseTo(2 * brierScore(Float64Array.of(0.9, 0.2))([1, 0]), 14)
  })
})

describe('accuracy', () => {
  it('is the share of most probable classes that are right, ties shared', () => {
    expect(accuracy(forecasts)([0, 2])).toBe(1)
    expect(accuracy(forecasts)([1, 2])).toBe(0.5)
    expect(accuracy(Float64Array.of(0.4, 0.4, 0.2))([1])).toBe(0.5)
    expect(accuracy(Float64Array.of(0.5, 0.9, 0.4))([1, 0, 0])).toBe(0.5)
  })
})

describe.each(Object.entries({ logLoss, brierScore }))('%s', (_, score) => {
  it('is proper: nobody gains by saying what they do not believe', () => {
    const { probabilities, labels } = drawnForecasts(4000, 3, 1)
    const honest = score(probabilities)(labels)
    const bolder = probabilities.map((_, at) => {
      const row = probabilities.subarray(at - (at % 3), at - (at % 3) + 3)
      return row[at % 3] ** 1.5 / row.reduce((sum, value) => sum + value ** 1.5, 0)
    })
    const shier = probabilities.map((value) => 0.8 * value + 0.2 / 3)
    expect(honest).toBeLessThan(score(bolder)(labels))
    expect(honest).toBeLessThan(score(shier)(labels))
  })
})

describe.each(Object.entries({ logLoss, brierScore, accuracy }))('%s', (_, score) => {
  it('counts a row of weight 2 as two rows and one of weight 0 as none', () => {
    const twice = Float64Array.of(...forecasts.slice(0, 3), ...forecasts.slice(0, 3))
    expect(score(forecasts)([1, 2], [2, 0])).toBeCloseTo(score(twice)([1, 1]), 14)
  })
  it('is not a number, and no exception, where it means nothing', () => {
    expect(score(new Float64Array(0))([])).toBeNaN()
    expect(score(Float64Array.of(NaN, 0.2))([0, 1])).toBeNaN()
    expect(score(Float64Array.of(NaN, 0.2, NaN))([0])).toBeNaN()
  })
})

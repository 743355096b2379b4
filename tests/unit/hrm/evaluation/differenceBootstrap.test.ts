import { describe, expect, it } from 'vitest'
import { bootstrapDifference } from '../../../../workers/hrm/evaluation/differenceBootstrap.ts'
import { averagePrecision } from '../../../../workers/hrm/evaluation/precisionRecall.ts'
import { brierScore } from '../../../../workers/hrm/evaluation/properScores.ts'
import { Random } from '../../../../workers/quant/random.ts'

/**
 * Weeks of companies with scores of two models. The noise of the first model is the same for all companies of
 * a week and lasts for weeks; by truth neither model is the better one.
 */
function market(seed: number, weeks = 120, companies = 8) {
  const random = new Random(seed)
  const rows = weeks * companies
  const first = new Float64Array(rows)
  const second = new Float64Array(rows)
  const labels = new Uint8Array(rows)
  const times = new Int32Array(rows)
  const groups = new Int32Array(rows)
  const mood = [0, 0]
  for (let row = 0; row < rows; row++) {
    if (row % companies === 0) mood.forEach((value, k) => (mood[k] = 0.8 * value + random.uniform() - 0.5))
    labels[row] = Number(random.uniform() < 0.3)
    first[row] = 0.3 + 0.2 * mood[0]
    second[row] = 0.3 + 0.2 * mood[1]
    times[row] = Math.floor(row / companies)
    groups[row] = row % companies
  }
  return { first, second, labels, times, groups }
}
const options = { resamples: 300, seed: 1 }

describe('the bootstrap of a difference', () => {
  it('gives the same answer for the same seed, whatever the order of the rows', () => {
    const { first, second, labels, times } = market(1)
    const pair = { metric: brierScore, first, second, labels }
    const answer = bootstrapDifference(pair, { kind: 'time', times, meanBlock: 6 }, options)
    expect(bootstrapDifference(pair, { kind: 'time', times, meanBlock: 6 }, options)).toEqual(answer)
    const back = bootstrapDifference(
      {
        metric: brierScore,
        first: first.toReversed(),
        second: second.toReversed(),
        labels: labels.toReversed(),
      },
      { kind: 'time', times: times.toReversed(), meanBlock: 6 },
      options,
    )
    expect(back.estimate).toBeCloseTo(answer.estimate, 12)
    expect(back.low).toBeCloseTo(answer.low, 12)
    expect(back.pValue).toBe(answer.pValue)
  })
  it('sees a real difference', () => {
    const { second, labels, times } = market(2)
    const better = Float64Array.from(labels, (label, row) => 0.7 * second[row] + 0.3 * label)
    const pair = { metric: averagePrecision, first: better, second, labels }
    const answer = bootstrapDifference(pair, { kind: 'time', times, meanBlock: 6 }, options)
    expect(answer.low).toBeGreaterThan(0)
    expect(answer.pValue).toBeCloseTo(2 / 301, 12)
    expect(answer.estimate).toBeGreaterThan(answer.low)
    expect(answer.estimate).toBeLessThan(answer.high)
  })
  it('of a model from itself is 0 and proves nothing', () => {
    const { first, labels, times } = market(3)
    const pair = { metric: averagePrecision, first, second: first, labels }
    const answer = bootstrapDifference(pair, { kind: 'time', times, meanBlock: 6 }, options)
    expect(answer).toEqual({ estimate: 0, low: 0, high: 0, pValue: 1, resamples: 300 })
  })
  it('keeps rows of a moment and of neighbouring moments together: rows alone would be far too sure', () => {
    const rejected = (
      drawnBy: (m: ReturnType<typeof market>) => Parameters<typeof bootstrapDifference>[1],
    ) => {
      let count = 0
      for (let seed = 0; seed < 60; seed++) {
        const drawn = market(100 + seed)
        // Labels that follow the mood of neither model, week by week alike for all companies.
        const random = new Random(seed, 5)
        let tide = 0
        for (let row = 0; row < drawn.labels.length; row++) {
          if (row % 8 === 0) tide = 0.8 * tide + random.uniform() - 0.5
          drawn.labels[row] = Number(tide > 0)
        }
        const answer = bootstrapDifference({ metric: brierScore, ...drawn }, drawnBy(drawn), {
          resamples: 99,
          seed,
        })
        if (answer.pValue < 0.05) count++
      }
      return count / 60
    }
    const rowByRow = rejected(({ labels }) => ({ kind: 'group', groups: labels.map((_, row) => row) }))
    const blocks = rejected(({ times }) => ({ kind: 'time', times, meanBlock: 10 }))
    expect(rowByRow).toBeGreaterThan(0.4)
    expect(blocks).toBeLessThan(0.2)
  })
  it('drawn by group keeps the history of each group whole', () => {
    // The first model is right about one company and wrong about the other: two units, not 200 rows.
    const groups = Int32Array.from({ length: 200 }, (_, row) => row % 2)
    const labels = new Uint8Array(200).fill(1)
    const first = Float64Array.from(groups, (group) => (group === 0 ? 1 : 0))
    const second = new Float64Array(200).fill(0.5)
    const answer = bootstrapDifference(
      { metric: brierScore, first, second, labels },
      { kind: 'group', groups },
      options,
    )
    expect([answer.low, answer.high]).toEqual([-0.25, 0.75])
    expect(answer.pValue).toBeGreaterThan(0.3)
  })
  it('leaves out resamples without a positive, and says how many were left', () => {
    const scores = Float64Array.from({ length: 30 }, (_, row) => row)
    const labels = Uint8Array.from({ length: 30 }, (_, row) => Number(row === 29))
    const pair = { metric: averagePrecision, first: scores, second: scores.toReversed(), labels }
    const times = Int32Array.from(scores)
    const answer = bootstrapDifference(pair, { kind: 'time', times, meanBlock: 1 }, options)
    // A given row is in a resample with probability 1 − (1 − 1/30)³⁰ = 0.64.
    expect(answer.resamples / 300).toBeCloseTo(0.64, 1)
    const none = bootstrapDifference(
      { ...pair, labels: new Uint8Array(30) },
      { kind: 'time', times, meanBlock: 1 },
      options,
    )
    expect([none.estimate, none.low, none.pValue, none.resamples]).toEqual([NaN, NaN, NaN, 0])
  })
})

import { describe, expect, it } from 'vitest'
import { topClass } from '../../../../workers/hrm/evaluation/oneClass.ts'
import { logLoss } from '../../../../workers/hrm/evaluation/properScores.ts'
import { atTemperature, fitTemperature } from '../../../../workers/hrm/evaluation/temperature.ts'
import { drawnForecasts } from './drawnRows.ts'

describe('temperature scaling', () => {
  it.each([0.4, 1, 2.5])(
    'finds the temperature by which a calibrated forecast was distorted: %d',
    (truth) => {
      const { probabilities, labels } = drawnForecasts(6000, 3, 1)
      const distorted = atTemperature(probabilities, 3, 1 / truth)
      expect(fitTemperature(distorted, labels) / truth).toBeCloseTo(1, 1)
    },
  )
  it('has the smallest log loss of all temperatures', () => {
    const { probabilities, labels } = drawnForecasts(300, 4, 2)
    const best = fitTemperature(probabilities, labels)
    const lossAt = (temperature: number) => logLoss(atTemperature(probabilities, 4, temperature))(labels)
    for (const factor of [0.5, 0.9, 0.999, 1.001, 1.1, 2])
      expect(lossAt(best * factor)).toBeGreaterThan(lossAt(best))
  })
  it('changes no decision, and keeps the order of odds', () => {
    const { probabilities, labels } = drawnForecasts(200, 3, 3)
    const cooled = atTemperature(probabilities, 3, 0.3)
    expect(topClass(cooled, labels).right).toEqual(topClass(probabilities, labels).right)
    for (let row = 0; row < 200; row++) {
      const at = 3 * row
      expect(cooled[at] + cooled[at + 1] + cooled[at + 2]).toBeCloseTo(1, 12)
      const odds = Math.log(probabilities[at] / probabilities[at + 1])
      expect(Math.log(cooled[at] / cooled[at + 1])).toBeCloseTo(odds / 0.3, 9)
    }
    expect(atTemperature(Float64Array.of(0.25, 0.75), 2, 1)[1]).toBeCloseTo(0.75, 14)
  })
  it('goes to its bounds, not to infinity, where all rows are right or all wrong', () => {
    const sure = Float64Array.of(0.8, 0.2, 0.3, 0.7)
    expect(fitTemperature(sure, [0, 1])).toBe(0.01)
    expect(fitTemperature(sure, [1, 0])).toBe(100)
  })
  it('takes a probability of 0 for a very small one', () => {
    const scaled = atTemperature(Float64Array.of(1, 0), 2, 2)
    expect(scaled[1]).toBeCloseTo(Math.sqrt(1e-15), 12)
    expect(Number.isFinite(fitTemperature(Float64Array.of(1, 0, 1, 0), [0, 1]))).toBe(true)
  })
  it('leaves alone what tells nothing', () => {
    expect(fitTemperature(new Float64Array(0), [])).toBe(1)
    expect(fitTemperature(Float64Array.of(0.5, 0.5, 0.5, 0.5), [0, 1])).toBe(1)
    expect(fitTemperature(Float64Array.of(NaN, 0.5), [0])).toBeNaN()
  })
})

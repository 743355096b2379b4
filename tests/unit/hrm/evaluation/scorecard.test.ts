import { expect, it } from 'vitest'
import { scorecard } from '../../../../workers/hrm/evaluation/scorecard.ts'
import { drawnForecasts } from './drawnRows.ts'

it('a scorecard holds a calibrated forecast to what its probabilities promise', () => {
  const { probabilities, labels } = drawnForecasts(5000, 3, 1)
  const card = scorecard(probabilities, labels, 3, 100)
  let entropy = 0
  for (const p of probabilities) entropy -= p * Math.log(p)
  expect(card.logLoss).toBeCloseTo(entropy / 5000, 1)
  expect(card.calibrationError).toBeLessThan(0.03)
  expect(card.byClass.reduce((sum, { baseRate }) => sum + baseRate, 0)).toBeCloseTo(1, 12)
  expect(card.byClass.reduce((sum, { brier }) => sum + brier, 0)).toBeCloseTo(card.brier, 12)
  for (const { averagePrecision, baseRate, rocAuc, precisionAtCalls } of card.byClass) {
    expect(rocAuc).toBeGreaterThan(0.6)
    expect(averagePrecision).toBeGreaterThan(baseRate)
    expect(precisionAtCalls).toBeGreaterThan(averagePrecision)
  }
})

it('a scorecard of no rows is not a number in every place', () => {
  const card = scorecard(new Float64Array(0), [], 2, 5)
  expect([card.rows, card.logLoss, card.calibrationError, card.byClass[1].rocAuc]).toEqual([0, NaN, NaN, NaN])
})

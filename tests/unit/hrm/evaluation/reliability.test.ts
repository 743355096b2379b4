import { describe, expect, it } from 'vitest'
import { brierScore } from '../../../../workers/hrm/evaluation/properScores.ts'
import { classScores, isClass, topClass } from '../../../../workers/hrm/evaluation/oneClass.ts'
import {
  brierParts,
  calibrationError,
  reliabilityCurve,
  wilsonInterval,
} from '../../../../workers/hrm/evaluation/reliability.ts'
import { drawnForecasts, drawnScores } from './drawnRows.ts'

function oneOf(rows: number, seed: number) {
  const { probabilities, labels } = drawnForecasts(rows, 3, seed)
  return { forecast: classScores(probabilities, 3, 1), labels: isClass(labels, 1) }
}

describe('the reliability curve', () => {
  it('has bins of equal number and lies on the diagonal for a calibrated forecast', () => {
    const { forecast, labels } = oneOf(20_000, 1)
    const curve = reliabilityCurve(forecast, labels, 10)
    expect(Array.from(curve.count)).toEqual(Array.from({ length: 10 }, () => 2000))
    const inside = curve.forecast.filter((value, bin) => curve.low[bin] <= value && value <= curve.high[bin])
    expect(inside.length).toBeGreaterThanOrEqual(8)
    expect(calibrationError(curve)).toBeLessThan(0.015)
    expect(curve.forecast).toEqual(curve.forecast.slice().sort())
  })
  it('lies below it for a forecast that promises too much', () => {
    const { forecast, labels } = oneOf(5000, 2)
    const curve = reliabilityCurve(
      forecast.map((value) => Math.min(1, value + 0.2)),
      labels,
      5,
    )
    curve.forecast.forEach((value, bin) => expect(value).toBeGreaterThan(curve.high[bin]))
    expect(calibrationError(curve)).toBeCloseTo(0.2, 1)
  })
  it('never puts rows of one probability into two bins', () => {
    const { scores, labels } = drawnScores(500, 3)
    const curve = reliabilityCurve(scores, labels, 4)
    expect(curve.count.reduce((sum, count) => sum + count)).toBe(500)
    expect(curve.count.length).toBeLessThanOrEqual(4)
    expect(reliabilityCurve(new Float64Array(50).fill(0.3), labels.slice(0, 50)).count).toEqual(
      Int32Array.of(50),
    )
  })
  it('is empty, and its figures not numbers, where there is nothing to draw', () => {
    const none = reliabilityCurve([], [])
    expect(none.count).toHaveLength(0)
    expect(calibrationError(none)).toBeNaN()
    expect(brierParts(none, NaN).resolution).toBeNaN()
    expect(reliabilityCurve([0.2, NaN], [0, 1]).count).toHaveLength(0)
  })
})

describe('the parts of the Brier score', () => {
  it('add up to it, and leave nothing within bins where rows of a bin are alike', () => {
    const { scores, labels } = drawnScores(2000, 4)
    const brier = brierScore(scores)(labels)
    const parts = brierParts(reliabilityCurve(scores, labels, 2000), brier)
    expect(parts.withinBins).toBeCloseTo(0, 12)
    expect(parts.reliability - parts.resolution + parts.uncertainty).toBeCloseTo(brier, 12)
  })
  it('for a calibrated forecast are uncertainty less resolution', () => {
    const { forecast, labels } = oneOf(20_000, 5)
    const parts = brierParts(reliabilityCurve(forecast, labels), brierScore(forecast)(labels))
    expect(parts.reliability).toBeLessThan(0.001)
    expect(parts.resolution).toBeGreaterThan(0.02)
    expect(Math.abs(parts.withinBins)).toBeLessThan(0.005)
  })
})

describe("Wilson's interval", () => {
  it('agrees with SciPy, and stays within 0 and 1', () => {
    expect(wilsonInterval(8, 10).low).toBeCloseTo(0.4901624715, 9)
    expect(wilsonInterval(8, 10).high).toBeCloseTo(0.9433178485, 9)
    expect(wilsonInterval(0, 10).low).toBeCloseTo(0, 14)
    expect(wilsonInterval(10, 10).high).toBeCloseTo(1, 14)
    expect(wilsonInterval(0, 10).high).toBeGreaterThan(0.2)
  })
})

describe('the most probable class', () => {
  it('is what a forecast of several classes is held to', () => {
    const { confidence, right } = topClass(Float64Array.of(0.2, 0.5, 0.3, 0.6, 0.1, 0.3), [1, 2])
    expect(Array.from(confidence)).toEqual([0.5, 0.6])
    expect(Array.from(right)).toEqual([1, 0])
  })
})

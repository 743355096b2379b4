import { expect, it } from 'vitest'
import { CorporateActions, nearestRatio } from '../../../../workers/backtest/structures/splits.ts'
import { panelOf } from './smallMarket.ts'

it('knows splits by their ratios, whatever dividend falls on the same day', () => {
  expect([7.03, 1.99, 1.5, 0.1, 0.0503, 20].map(nearestRatio)).toEqual([7, 2, 1.5, 0.1, 0.05, 20])
})

it('tells splits from dividends by the raw factors, and sums the dividends of a year to a yield', () => {
  const days = 300
  // A dividend of 1 % every 63 days, and a split of 2 for 1 on day 150.
  const factor = Array.from(
    { length: days },
    (_, day) => 1.01 ** (4 - Math.floor(day / 63)) * (day < 150 ? 2 : 1),
  )
  const actions = new CorporateActions(panelOf([Array.from({ length: days }, () => 50)], [factor]))
  expect([149, 150, 151].map((day) => actions.splitOn(0, day))).toEqual([1, 2, 1])
  expect(actions.dividendYield(0, 299)).toBeCloseTo(4 * Math.log(1.01), 4)
  expect(actions.dividendYield(0, 20)).toBe(0)
})

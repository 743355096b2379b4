import { expect, it } from 'vitest'
import { chainsOfAnotherFuture, chainsUntil, sliceOf } from '../../../workers/quant/chainTables.ts'
import { chainOf } from '../backtest/structures/smallMarket.ts'

const quote = (day: number, strike: number) =>
  ({ day, spot: 100 + day, expiry: 60, strike, right: 1, mid: strike / 10 }) as const
const chains = chainOf([quote(1, 90), quote(1, 100), quote(3, 90), quote(5, 100), quote(5, 110)])

it('knows after a cut what was quoted up to the day, and nothing else', () => {
  const known = chainsUntil(chains, 3)
  expect(Array.from(known.slices.day)).toEqual([1, 3])
  expect(sliceOf(known, 1)).toEqual(sliceOf(chains, 1))
  expect(known.rows.strike).toHaveLength(3)
})

it('has the same past before another future', () => {
  const other = chainsOfAnotherFuture(chains, 3, () => 2)
  expect([0, 1].map((slice) => sliceOf(other, slice))).toEqual([0, 1].map((slice) => sliceOf(chains, slice)))
  expect(Array.from(sliceOf(other, 2).rows.bid)).toEqual(
    Array.from(sliceOf(chains, 2).rows.bid, (bid) => 2 * bid),
  )
})

import { expect, test } from 'vitest'
import { statusOf } from '../../../../workers/backtest/options/status.ts'
import type { ChainTables } from '../../../../workers/quant/chainTables.ts'

test('chains are told by underlying: days, contracts, and days on which the share has a price', () => {
  const column = Float64Array.of(1, 2, 3, 4, 5, 6)
  const chains: ChainTables = {
    underlyings: { symbol: ['AAA', 'BBB'], quoted: [true, false] },
    slices: {
      underlying: Int32Array.of(0, 0, 1),
      day: Int32Array.of(100, 107, 107),
      spot: Float64Array.of(50, NaN, NaN),
      first: Int32Array.of(0, 2, 3, 6),
    },
    rows: {
      expiry: Int32Array.of(120, 120, 120, 120, 120, 120),
      strike: column,
      right: Int8Array.of(1, -1, 1, 1, 1, 1),
      bid: column,
      ask: column,
      last: column,
      volume: column,
      openInterest: column,
      vendorVol: column,
    },
    problems: [{ count: 3, text: '3 quotes come again.' }],
  }
  expect(statusOf(chains)).toEqual({
    underlyings: [
      {
        symbol: 'AAA',
        days: Int32Array.of(100, 107),
        contracts: Int32Array.of(2, 1),
        quoted: true,
        priced: 1,
      },
      { symbol: 'BBB', days: Int32Array.of(107), contracts: Int32Array.of(3), quoted: false, priced: 0 },
    ],
    contracts: 6,
    problems: ['3 quotes come again.'],
  })
})

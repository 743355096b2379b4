import { expect, test } from 'vitest'
import { parseReport, stringifyReport } from '../../../src/state/reportJson.ts'

test('typed arrays, NaN and the infinities survive the journey through JSON', () => {
  const value = {
    equity: Float64Array.of(100_000, 0.5, Number.NaN),
    dates: Int32Array.of(-3, 18_000),
    metrics: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -1.25],
    text: '</script><b>',
    nothing: null,
  }
  expect(parseReport(stringifyReport(value))).toEqual(value)
})

test('a long list of equal records comes back as it was, up to the precision of a picture', () => {
  const trades = Array.from({ length: 40 }, (_, i) => ({
    symbol: i,
    profit: i / 8 - 2,
    stop: i % 2 ? Number.NaN : i + 0.5,
    exitReason: i % 3 ? 'stop' : 'end',
    ambiguous: i % 2 === 0,
  }))
  expect(parseReport(stringifyReport({ trades }))).toEqual({ trades })
})

test('lists of unequal records are left alone', () => {
  const list = Array.from({ length: 20 }, (_, i) => (i % 2 ? { a: i } : { b: [i] }))
  expect(parseReport(stringifyReport(list))).toEqual(list)
})

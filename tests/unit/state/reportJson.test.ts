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

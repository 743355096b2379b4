import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  LEAST_TAIL,
  negativeBinomialLogDensity,
  negativeBinomialTail,
} from '../../../workers/quant/negativeBinomial.ts'

/** In fixed point, with digits enough for a first term of 1e-200. */
const ONE = 10n ** 300n

/**
 * P(X ≥ count) of a negative binomial with a whole size and mean = size × odds, odds a fraction: by whole numbers,
 * one term after another.
 */
function exactTail(count: number, size: number, odds: [number, number]): number {
  const [above, under] = odds.map(BigInt)
  let term = ONE
  for (let i = 0; i < size; i++) term = (term * under) / (under + above)
  let below = 0n
  let tail = 0n
  for (let k = 0; k < count || term > tail / 10n ** 20n; k++) {
    if (k < count) below += term
    else tail += term
    term = (term * above * BigInt(size + k)) / ((under + above) * BigInt(k + 1))
  }
  const digits = (value: bigint) => Number(`${value}e-300`)
  return below < ONE / 2n ? digits(ONE - below) : digits(tail)
}

function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(relative)
}

describe('the tail of counts', () => {
  test.each([
    [1, 1, [1, 1000]],
    [3, 2, [1, 60]],
    [0, 5, [3, 1]],
    [12, 10, [1, 1]],
    [40, 3, [4, 1]],
    [90, 20, [1, 1]],
    [250, 8, [5, 1]],
    [500, 10, [20, 1]],
    [150, 10, [20, 1]],
    [2000, 12, [40, 1]],
    [300, 400, [1, 2]],
    [700, 900, [1, 2]],
  ] as [number, number, [number, number]][])(
    'of %d or more, size %d, odds %j, is the sum of its terms',
    (count, size, odds) => {
      const actual = negativeBinomialTail(count, (size * odds[0]) / odds[1], size)
      expectClose(actual, exactTail(count, size, odds), 1e-11)
    },
  )

  test('of Poisson counts is the known one', () => {
    // 1 − e⁻², 1 − 5 e⁻², and P(X ≥ 30) of mean 3 by the sum of its terms
    expectClose(negativeBinomialTail(1, 2, Infinity), 0.8646647167633873, 1e-14)
    expectClose(negativeBinomialTail(3, 2, Infinity), 0.32332358381693654, 1e-14)
    let term = Math.exp(-3)
    for (let k = 1; k <= 30; k++) term *= 3 / k
    let sum = 0
    for (let k = 31; k < 80; k++) {
      sum += term
      term *= 3 / k
    }
    expectClose(negativeBinomialTail(30, 3, Infinity), sum, 1e-13)
  })

  test('large Poisson counts: both sides of the mean join, and a huge size is the same', () => {
    for (const count of [900, 999, 1000, 1001, 1100, 1400]) {
      const tail = negativeBinomialTail(count, 1000, Infinity)
      const next = negativeBinomialTail(count + 1, 1000, Infinity)
      const density = Math.exp(negativeBinomialLogDensity(count, 1000, Infinity))
      expect(Math.abs(tail - next - density)).toBeLessThan(1e-13 + 1e-10 * density)
      expectClose(negativeBinomialTail(count, 1000, 1e13), tail, 1e-6)
    }
  })

  test('falls from 1 by the density, whatever the mean and the size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.double({ min: 0.01, max: 2000, noNaN: true }),
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        (count, mean, size) => {
          const tail = negativeBinomialTail(count, mean, size)
          const next = negativeBinomialTail(count + 1, mean, size)
          const density = Math.exp(negativeBinomialLogDensity(count, mean, size))
          expect(tail).toBeGreaterThan(0)
          expect(tail).toBeLessThanOrEqual(1)
          expect(Math.abs(tail - next - density)).toBeLessThanOrEqual(1e-12 + 1e-9 * density)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('never becomes 0, nor anything but a number', () => {
    expect(negativeBinomialTail(200, 1e-3, Infinity)).toBe(LEAST_TAIL)
    expect(negativeBinomialTail(1e6, 1, 1000)).toBe(LEAST_TAIL)
    expect(negativeBinomialTail(1, 0, 5)).toBe(LEAST_TAIL)
    expect(negativeBinomialTail(0, 0, 5)).toBe(1)
    expect(negativeBinomialTail(NaN, 1, 5)).toBeNaN()
    expect(negativeBinomialTail(1, 1, 0)).toBeNaN()
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, log } from '../../../workers/quant/elementary.ts'

const unitsInTheLastPlace = (actual: number, expected: number) =>
  Math.abs(actual - expected) / Math.max(Number.MIN_VALUE, Math.abs(expected) * Number.EPSILON)

describe('the own logarithm and exponential', () => {
  it('agree with the engine to the last place or two', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(unitsInTheLastPlace(log(x), Math.log(x))).toBeLessThanOrEqual(2)
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(unitsInTheLastPlace(exp(x), Math.exp(x))).toBeLessThanOrEqual(2)
      }),
      { numRuns: 2000 },
    )
  })

  it('know their limits', () => {
    expect(log(0)).toBe(-Infinity)
    expect(log(-1)).toBeNaN()
    expect(log(Infinity)).toBe(Infinity)
    expect(log(1)).toBe(0)
    expect(exp(0)).toBe(1)
    expect(exp(800)).toBe(Infinity)
    expect(exp(-800)).toBe(0)
    expect(exp(NaN)).toBeNaN()
  })

  it('are the only ones that the simulated market uses: no approximate function of the engine', () => {
    const folder = new URL('../../../datasets/', import.meta.url)
    const approximate =
      /Math\.(exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot|random)\b|\*\*/
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    for (const name of files.filter((file) => file.endsWith('.ts'))) {
      const code = readFileSync(new URL(name, folder), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      expect(approximate.exec(code)?.[0], name).toBeUndefined()
    }
  })
})

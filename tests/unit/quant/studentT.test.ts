import { describe, expect, it } from 'vitest'
import { normalCdf } from '../../../workers/quant/normal.ts'
import { studentTwoSided } from '../../../workers/quant/studentT.ts'

describe("Student's t, both tails", () => {
  it('agrees with SciPy 1.x from the middle to far out, with few degrees of freedom and with many', () => {
    const known = [
      [2, 1, 0.2951672353008665],
      [0.5, 3, 0.651447964848151],
      [3.5, 7, 0.009993040881885549],
      [12, 30, 5.580185415199261e-13],
      [1.96, 1900, 0.05014176112962386],
      [30, 12, 1.1773181907018936e-12],
      [0.001, 5, 0.9992407867721976],
      [8, 200, 9.879200909330596e-14],
      [60, 5, 2.4336377589983804e-8],
    ]
    for (const [t, freedom, p] of known)
      expect(Math.abs(studentTwoSided(-t, freedom) / p - 1)).toBeLessThan(1e-11)
  })

  it('is Cauchy with one degree and nearly normal with very many', () => {
    expect(studentTwoSided(1, 1)).toBeCloseTo(0.5, 14)
    expect(studentTwoSided(2, 1e6)).toBeCloseTo(2 * normalCdf(-2), 6)
  })

  it('is 1 at nought, 0 at infinity, and nothing without degrees of freedom', () => {
    expect(studentTwoSided(0, 4)).toBe(1)
    expect(studentTwoSided(-Infinity, 4)).toBe(0)
    expect(studentTwoSided(1, 0)).toBeNaN()
    expect(studentTwoSided(NaN, 4)).toBeNaN()
  })
})

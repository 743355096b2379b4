import { describe, expect, it } from 'vitest'
import {
  optimalBlockLength,
  percentileInterval,
  stationaryIndices,
} from '../../../workers/quant/bootstrap.ts'
import { Random } from '../../../workers/quant/random.ts'

function indices(n: number, meanBlock: number, seed: number, resample: number): Int32Array {
  const out = new Int32Array(n)
  stationaryIndices(out, meanBlock, seed, resample)
  return out
}
/** Roughly normal, which is all that is needed here. */
function noise(n: number, seed: number): Float64Array {
  const random = new Random(seed)
  return Float64Array.from({ length: n }, () => {
    let sum = -6
    for (let k = 0; k < 12; k++) sum += random.uniform()
    return sum
  })
}
function autoregressive(n: number, memory: number, seed: number): Float64Array {
  let value = 0
  return noise(n, seed).map((shock) => (value = memory * value + shock))
}

describe('the stationary bootstrap', () => {
  it('draws the same days for the same seed and resample, and others for the next', () => {
    expect(indices(500, 10, 1, 0)).toEqual(indices(500, 10, 1, 0))
    expect(indices(500, 10, 1, 0)).not.toEqual(indices(500, 10, 1, 1))
    expect(indices(500, 10, 1, 0)).not.toEqual(indices(500, 10, 2, 0))
  })
  it('draws blocks of the mean length asked for, and single days for a length of 1', () => {
    const n = 1000
    let breaks = 0
    for (let resample = 0; resample < 100; resample++) {
      const drawn = indices(n, 8, 3, resample)
      for (let i = 1; i < n; i++) if (drawn[i] !== (drawn[i - 1] + 1) % n) breaks++
    }
    expect((100 * n) / breaks).toBeGreaterThan(7.7)
    expect((100 * n) / breaks).toBeLessThan(8.3)
    const single = indices(n, 1, 3, 0)
    const runs = single.filter((day, i) => i > 0 && day === (single[i - 1] + 1) % n).length
    expect(runs).toBeLessThan(10)
  })
  it('draws every day about equally often', () => {
    const counts = new Int32Array(50)
    for (let resample = 0; resample < 2000; resample++) {
      for (const day of indices(50, 5, 11, resample)) counts[day]++
    }
    expect(Math.min(...counts)).toBeGreaterThan(1750)
    expect(Math.max(...counts)).toBeLessThan(2250)
  })
  it('gives the mean of a series with memory its true, wider uncertainty', () => {
    const n = 2000
    const x = autoregressive(n, 0.6, 5)
    const spread = (meanBlock: number) => {
      const means = Array.from({ length: 400 }, (_, resample) => {
        const drawn = indices(n, meanBlock, 21, resample)
        return drawn.reduce((sum, day) => sum + x[day], 0) / n
      })
      const centre = means.reduce((sum, value) => sum + value, 0) / means.length
      return Math.sqrt(means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / means.length)
    }
    // The standard error of an AR(1) mean is 1 ÷ ((1 − 0.6)·√n).
    const truth = 1 / (0.4 * Math.sqrt(n))
    expect(spread(optimalBlockLength(x)) / truth).toBeGreaterThan(0.8)
    expect(spread(optimalBlockLength(x)) / truth).toBeLessThan(1.2)
    expect(spread(1) / truth).toBeLessThan(0.6)
  })
})

describe('the automatic block length', () => {
  it('is close to the theory for a series with known memory, and grows with it', () => {
    // AR(1): G = 2ρ/(1 − ρ²) per variance, so b = (G²n)^⅓ with the spectrum ((1 + ρ)/(1 − ρ)).
    const theory = (memory: number, n: number) => {
      const slope = (2 * memory) / (1 - memory) ** 2
      const spectrum = (1 + memory) / (1 - memory)
      return Math.cbrt((slope / spectrum) ** 2 * n)
    }
    for (const memory of [0.3, 0.6, 0.8]) {
      const lengths = Array.from({ length: 20 }, (_, seed) =>
        optimalBlockLength(autoregressive(2500, memory, seed)),
      ).sort((a, b) => a - b)
      const median = (lengths[9] + lengths[10]) / 2
      expect(median / theory(memory, 2500), `memory ${memory}`).toBeGreaterThan(0.7)
      expect(median / theory(memory, 2500), `memory ${memory}`).toBeLessThan(1.3)
    }
    const independent = optimalBlockLength(noise(2500, 1))
    expect(independent).toBeLessThan(6)
  })
  it.each([
    [0, 500, 1, 1.8269690913634409],
    [0.3, 1260, 2, 5.4964975547342885],
    [0.9, 800, 4, 42.468609354896465],
    [-0.4, 1000, 5, 9.346972534345676],
    [0.97, 300, 7, 26.425278866983806],
  ])('agrees with the Python package arch: memory %d, %d days, seed %d', (memory, n, seed, length) => {
    expect(optimalBlockLength(autoregressive(n, memory, seed))).toBeCloseTo(length, 9)
  })
  it('does not depend on scale or level', () => {
    const x = autoregressive(800, 0.5, 3)
    const length = optimalBlockLength(x)
    expect(optimalBlockLength(x.map((value) => 0.001 * value + 5))).toBeCloseTo(length, 6)
  })
  it('is 1 where there is nothing to measure, and never above its bound', () => {
    expect(optimalBlockLength([])).toBe(1)
    expect(optimalBlockLength([1, 2, NaN])).toBe(1)
    expect(optimalBlockLength(new Float64Array(100).fill(0.1))).toBe(1)
    const trend = Float64Array.from({ length: 400 }, (_, i) => i)
    expect(optimalBlockLength(trend)).toBeLessThanOrEqual(60)
  })
})

describe('the percentile interval', () => {
  it('holds the middle of the resampled values', () => {
    const values = Array.from({ length: 1001 }, (_, i) => i / 1000).reverse()
    const { low, high } = percentileInterval([NaN, ...values])
    expect(low).toBeCloseTo(0.025, 12)
    expect(high).toBeCloseTo(0.975, 12)
    expect(percentileInterval([]).low).toBeNaN()
  })
})

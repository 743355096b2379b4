import { describe, expect, it } from 'vitest'
import { minimise } from '../../../../workers/hrm/baselines/lbfgs.ts'
import type { Smooth } from '../../../../workers/hrm/baselines/lbfgs.ts'

const each = () => Promise.resolve()

describe('L-BFGS', () => {
  it('finds the bottom of a bowl whose axes differ a thousandfold', async () => {
    const bowl: Smooth = (x, gradient) => {
      let value = 0
      x.forEach((entry, i) => {
        const stiffness = 1000 ** (i / 19)
        value += (stiffness / 2) * (entry - i) ** 2
        gradient[i] = stiffness * (entry - i)
      })
      return value
    }
    const found = await minimise(bowl, new Float64Array(20), { tolerance: 1e-9, iterations: 400 }, each)
    expect(found.converged).toBe(true)
    found.x.forEach((entry, i) => expect(entry).toBeCloseTo(i, 8))
  })
  it("follows Rosenbrock's bent valley to its end", async () => {
    const valley: Smooth = ([x, y], gradient) => {
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x)
      gradient[1] = 200 * (y - x * x)
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2
    }
    const found = await minimise(valley, Float64Array.of(-1.2, 1), { tolerance: 1e-8, iterations: 100 }, each)
    expect(found.converged).toBe(true)
    expect(found.x[0]).toBeCloseTo(1, 7)
    expect(found.x[1]).toBeCloseTo(1, 7)
  })
  it('says so where it is stopped before the bottom, and never ends above where it began', async () => {
    const quartic: Smooth = ([x], gradient) => {
      gradient[0] = 4 * x ** 3
      return x ** 4
    }
    const found = await minimise(quartic, Float64Array.of(3), { tolerance: 0, iterations: 3 }, each)
    expect(found.converged).toBe(false)
    expect(found.value).toBeLessThan(81)
  })
  it('stops where it is told to', async () => {
    const slope: Smooth = (x, gradient) => (gradient.fill(1), x[0])
    const stop = () => Promise.reject(new Error('enough'))
    await expect(minimise(slope, Float64Array.of(0), { tolerance: 0, iterations: 5 }, stop)).rejects.toThrow(
      'enough',
    )
  })
})

import { exp, log } from '../../workers/quant/elementary.ts'
import type { Random } from '../random.ts'

/** Poisson by products of uniforms (Knuth), in portions small enough for the exponential. */
export function poisson(mean: number, random: Random): number {
  let count = 0
  for (let left = mean; left > 0; left -= 50) {
    const least = exp(-Math.min(left, 50))
    let product = random.uniform()
    while (product > least) {
      count++
      product *= random.uniform()
    }
  }
  return count
}

/** Gamma with a shape ≥ 1 and mean 1 (Marsaglia and Tsang, 2000). */
export function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    if (log(random.uniform()) < 0.5 * x * x + d - d * v + d * log(v)) return (d * v) / shape
  }
}

/** Negative binomial: variance = mean + mean² ÷ size, size ≥ 1. */
export function negativeBinomial(mean: number, size: number, random: Random): number {
  return poisson(mean * gamma(size, random), random)
}

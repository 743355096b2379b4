import type { Option } from '../../../../workers/quant/options.ts'

/** American price by the binomial tree of J. Cox, S. Ross and M. Rubinstein (1979): nothing in it is ours. */
export function lattice(
  { right, spot, strike, years, rate, dividendYield, vol }: Option,
  steps: number,
): number {
  const dt = years / steps
  const up = Math.exp(vol * Math.sqrt(dt))
  const p = (Math.exp((rate - dividendYield) * dt) - 1 / up) / (up - 1 / up)
  const discount = Math.exp(-rate * dt)
  const [above, below] = [discount * p, discount * (1 - p)]
  const sign = right === 'call' ? 1 : -1
  // What exercise brings at every place of the tree: up ^ (k − steps), k = 0 … 2 steps.
  const gain = Float64Array.from(
    { length: 2 * steps + 1 },
    (_, k) => sign * (spot * up ** (k - steps) - strike),
  )
  const values = new Float64Array(steps + 1)
  for (let i = 0; i <= steps; i++) values[i] = Math.max(0, gain[2 * i])
  for (let step = steps - 1; step >= 0; step--) {
    const offset = steps - step
    for (let i = 0; i <= step; i++) {
      const held = above * values[i + 1] + below * values[i]
      const now = gain[2 * i + offset]
      values[i] = held > now ? held : now
    }
  }
  return values[0]
}

import { exp } from '../elementary.ts'

const STEPS = 800

/**
 * American put by the binomial tree of J. Cox, S. Ross and M. Rubinstein (1979), the mean of an even and an
 * odd number of steps; slow, for the rare option whose region of exercise has two boundaries.
 */
export function binomialPut(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): number {
  return (
    (tree(spot, strike, years, rate, dividendYield, vol, STEPS) +
      tree(spot, strike, years, rate, dividendYield, vol, STEPS + 1)) /
    2
  )
}

function tree(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  steps: number,
): number {
  const dt = years / steps
  const move = vol * Math.sqrt(dt)
  const up = exp(move)
  const discount = exp(-rate * dt)
  // A drift beyond the reach of a step would make a probability of more than 1.
  const probability = Math.min(1, Math.max(0, (exp((rate - dividendYield) * dt) - 1 / up) / (up - 1 / up)))
  const spots = Float64Array.from({ length: 2 * steps + 1 }, (_, i) => spot * exp((i - steps) * move))
  const values = new Float64Array(steps + 1)
  for (let i = 0; i <= steps; i++) values[i] = Math.max(0, strike - spots[2 * i])
  for (let step = steps - 1; step >= 0; step--) {
    for (let i = 0; i <= step; i++) {
      const held = discount * (probability * values[i + 1] + (1 - probability) * values[i])
      values[i] = Math.max(held, strike - spots[2 * i + steps - step])
    }
  }
  return values[0]
}

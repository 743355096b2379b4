import { blackScholes, type Option } from '../../../../workers/quant/options.ts'

/**
 * American price by a binomial tree with Black–Scholes values one step before expiry, extrapolated from two
 * sizes (Broadie and Detemple 1996): slow, simple, and nothing in common with collocation.
 */
export function binomialBlackScholes(option: Option, steps: number): number {
  return 2 * tree(option, 2 * steps) - tree(option, steps)
}

function tree({ right, spot, strike, years, rate, dividendYield, vol }: Option, steps: number): number {
  const dt = years / steps
  const up = Math.exp(vol * Math.sqrt(dt))
  const discount = Math.exp(-rate * dt)
  const probability = (Math.exp((rate - dividendYield) * dt) - 1 / up) / (up - 1 / up)
  const sign = right === 'call' ? 1 : -1
  const values = Array.from({ length: steps }, (_, i) => {
    const at = spot * up ** (2 * i - steps + 1)
    const held = blackScholes({ right, spot: at, strike, years: dt, rate, dividendYield, vol }).price
    return Math.max(held, sign * (at - strike))
  })
  for (let step = steps - 2; step >= 0; step--) {
    let at = spot * up ** -step
    for (let i = 0; i <= step; i++) {
      const held = discount * (probability * values[i + 1] + (1 - probability) * values[i])
      values[i] = Math.max(held, sign * (at - strike))
      at *= up * up
    }
  }
  return values[0]
}

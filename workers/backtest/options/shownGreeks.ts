import type { Greeks as Slopes } from '../../quant/options/european.ts'
import type { Greeks } from './contract.ts'

/** As shown: vega and rho for a point (0.01), theta for a day, all times so many shares. */
export function shownGreeks({ delta, gamma, vega, theta, rho }: Slopes, shares: number): Greeks {
  return {
    delta: shares * delta,
    gamma: shares * gamma,
    vega: (shares * vega) / 100,
    theta: (shares * theta) / 365,
    rho: (shares * rho) / 100,
  }
}

export function sumGreeks(all: readonly Greeks[]): Greeks {
  const sum = { delta: 0, gamma: 0, vega: 0, theta: 0, rho: 0 }
  for (const greeks of all) {
    sum.delta += greeks.delta
    sum.gamma += greeks.gamma
    sum.vega += greeks.vega
    sum.theta += greeks.theta
    sum.rho += greeks.rho
  }
  return sum
}

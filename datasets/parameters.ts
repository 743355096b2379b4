import { YEAR, type GarchSpec } from './returns.ts'

/** How returns are made up; yearly figures where nothing else is said. The oracle knows these. */

/** Share of the variance that happens while the exchange is shut. */
export const OVERNIGHT = 0.36

/** Expected return of the market. */
export const PREMIUM = 0.08

export const MARKET_VOLATILITY = 0.17
export const SECTOR_VOLATILITY = 0.115
/** Typical volatility that a company does not share with anyone. */
export const OWN_VOLATILITY = 0.285

/** Moves of all companies that the benchmark, heavy with giants, does not share; wilder when the market falls. */
export const BREADTH_VOLATILITY = 0.05
export const BREADTH_PER_FALL = 1.1

export const BENCHMARK_BETA = 1.2
export const BENCHMARK_VOLATILITY = 0.21

/** Log volume per usual deviation of the day's return. */
export const VOLUME_PER_SURPRISE = 0.2
/** Returns beyond so many usual deviations bring no more volume. */
export const MOST_SURPRISE = 4

export const MARKET_GARCH: Omit<GarchSpec, 'deviation'> = {
  alpha: 0.025,
  gamma: 0.155,
  beta: 0.88,
  freedom: 8,
  boundedVariance: 0.988,
}
export const OWN_GARCH: Omit<GarchSpec, 'deviation'> = {
  alpha: 0.13,
  gamma: 0,
  beta: 0.865,
  freedom: 4.5,
  boundedVariance: 0.94,
}

/** The deviation of a day, from a yearly one. */
export const daily = (yearly: number) => yearly / Math.sqrt(YEAR)

/** Variance of an ordinary day of a company. */
export function usualVariance(beta: number, ownVolatility: number): number {
  return (
    (beta * beta * MARKET_VOLATILITY * MARKET_VOLATILITY +
      BREADTH_VOLATILITY * BREADTH_VOLATILITY +
      SECTOR_VOLATILITY * SECTOR_VOLATILITY +
      ownVolatility * ownVolatility) /
    YEAR
  )
}

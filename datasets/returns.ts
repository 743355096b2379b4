import type { Random } from './random.ts'

/** Trading days of a year, to turn yearly figures into daily ones. */
export const YEAR = 252

/** Days run before the first one that is kept, so that volatility starts where it likes to be. */
const WARM_UP = 300

export interface GarchSpec {
  /** Long-run standard deviation of a day. */
  deviation: number
  /** Weight of the last squared return; `gamma` is added to it after a fall. */
  alpha: number
  gamma: number
  /** Weight of the last variance. */
  beta: number
  /** Degrees of freedom of the shocks. */
  freedom: number
  /** Mean of min(z², 16) of those shocks: what is left of their variance when news counts up to 4 deviations. */
  boundedVariance: number
}

/** One freak day must not set a company on fire for a year: news beyond so many deviations counts as so many. */
const NEWS_BOUND = 4
/** Nor is a shock drawn beyond so many deviations of its day, nor a day wilder than so many usual ones. */
const SHOCK_BOUND = 7
const DEVIATION_BOUND = 3

export interface Shocks {
  /** [days] returns of mean 0. */
  value: Float64Array
  /** [days] standard deviation of each day as known the evening before. */
  deviation: Float64Array
}

/**
 * A GJR-GARCH(1,1) series (Glosten, Jagannathan and Runkle, 1993) with Student's t shocks:
 * h′ = ω + (α + γ·[r < 0]) min(r², 16 h) + β h, with ω such that the long-run variance is as stated, and h
 * never above 9 times that.
 */
export function garch(days: number, spec: GarchSpec, random: Random): Shocks {
  const { deviation, alpha, gamma, beta, freedom, boundedVariance } = spec
  const longRun = deviation * deviation
  const omega = longRun * (1 - (alpha + gamma / 2) * boundedVariance - beta)
  const shocks: Shocks = { value: new Float64Array(days), deviation: new Float64Array(days) }
  const ceiling = DEVIATION_BOUND * DEVIATION_BOUND * longRun
  let variance = longRun
  for (let day = -WARM_UP; day < days; day++) {
    const sd = Math.sqrt(variance)
    const value = sd * boundedStudent(freedom, random)
    if (day >= 0) {
      shocks.value[day] = value
      shocks.deviation[day] = sd
    }
    const news = Math.min(value * value, NEWS_BOUND * NEWS_BOUND * variance)
    variance = Math.min(ceiling, omega + (alpha + (value < 0 ? gamma : 0)) * news + beta * variance)
  }
  return shocks
}

/** Independent Student's t shocks of constant deviation. */
export function independent(days: number, deviation: number, freedom: number, random: Random): Shocks {
  const shocks: Shocks = {
    value: new Float64Array(days),
    deviation: new Float64Array(days).fill(deviation),
  }
  for (let day = 0; day < days; day++) shocks.value[day] = deviation * boundedStudent(freedom, random)
  return shocks
}

/** Student's t of variance 1; the one draw in many thousands that no market has seen is drawn again. */
function boundedStudent(freedom: number, random: Random): number {
  for (;;) {
    const value = random.student(freedom)
    if (value > -SHOCK_BOUND && value < SHOCK_BOUND) return value
  }
}

/**
 * How sure a measured Sharpe ratio is. Everywhere the Sharpe ratio is that of one period (not a year), the
 * kurtosis raw (3 for a normal).
 *
 * Bailey & López de Prado, "The Sharpe ratio efficient frontier", J. Risk 15 (2012), and "The deflated Sharpe
 * ratio", J. Portfolio Management 40 (2014).
 */
import { normalCdf, normalQuantile } from './normal.ts'

const eulerMascheroni = 0.5772156649015329

/** (n − 1) × variance of the estimated Sharpe ratio: 1 − γ₃·SR + (γ₄ − 1)/4 · SR² (Mertens 2002). */
function estimationVariance(sharpe: number, skew: number, kurtosis: number): number {
  return 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe
}

/** Probability that the true Sharpe ratio exceeds the benchmark's; NaN with fewer than two observations. */
export function probabilisticSharpe(given: {
  sharpe: number
  observations: number
  skew: number
  kurtosis: number
  /** 0 unless given. */
  benchmarkSharpe?: number
}): number {
  const { sharpe, observations, skew, kurtosis, benchmarkSharpe = 0 } = given
  if (!(observations >= 2)) return NaN
  const spread = Math.sqrt(estimationVariance(sharpe, skew, kurtosis))
  return normalCdf(((sharpe - benchmarkSharpe) * Math.sqrt(observations - 1)) / spread)
}

/**
 * Expected largest Sharpe ratio among independent trials without any skill:
 * √V·((1 − γ)Φ⁻¹(1 − 1/N) + γΦ⁻¹(1 − 1/(N·e))); 0 for a single trial.
 */
export function expectedMaximumSharpe(trials: number, trialSharpeVariance: number): number {
  if (!(trials >= 1)) return NaN
  if (trials === 1) return 0
  // The upper tail is taken as the lower one of the opposite sign, which keeps 1/N exact for large N.
  const first = -normalQuantile(1 / trials)
  const second = -normalQuantile(1 / (trials * Math.E))
  return (
    Math.sqrt(trialSharpeVariance) * Math.max(0, (1 - eulerMascheroni) * first + eulerMascheroni * second)
  )
}

/** Probabilistic Sharpe ratio against what the best of so many trials shows by luck alone. */
export function deflatedSharpe(given: {
  sharpe: number
  observations: number
  skew: number
  kurtosis: number
  trials: number
  /** Variance of the Sharpe ratios of the trials, per period. */
  trialSharpeVariance: number
}): number {
  const { trials, trialSharpeVariance, ...rest } = given
  return probabilisticSharpe({
    ...rest,
    benchmarkSharpe: expectedMaximumSharpe(trials, trialSharpeVariance),
  })
}

/**
 * Observations needed to say with the confidence given that the true Sharpe ratio exceeds the benchmark's:
 * 1 + (1 − γ₃·SR + (γ₄ − 1)/4 · SR²)·(Φ⁻¹(confidence) ÷ (SR − SR*))². Infinity where the measured one does
 * not exceed it.
 */
export function minimumTrackRecord(given: {
  sharpe: number
  skew: number
  kurtosis: number
  /** 0 unless given. */
  benchmarkSharpe?: number
  /** 0.95 unless given. */
  confidence?: number
}): number {
  const { sharpe, skew, kurtosis, benchmarkSharpe = 0, confidence = 0.95 } = given
  if (sharpe <= benchmarkSharpe) return Infinity
  const distance = normalQuantile(confidence) / (sharpe - benchmarkSharpe)
  return 1 + estimationVariance(sharpe, skew, kurtosis) * distance * distance
}

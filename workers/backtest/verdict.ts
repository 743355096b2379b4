import { normalCdf } from '../quant/normal.ts'
import type { Flag, ReportTrade, Verdict } from './api.ts'
import { notTested, type Robustness } from './robustness.ts'
import { daysPerYear } from './sizing.ts'

const enoughTrades = 30
const enoughPower = 0.5
const significant = 0.05
const convincing = 0.8

export interface VerdictInputs {
  flags: Flag[]
  trades: ReportTrade[]
  /** Of the daily returns of the whole run. */
  days: number
  skew: number
  kurtosis: number
  trials: number
  pValue: number
  /** Probability that the out-of-sample alpha is above 0; null without an out-of-sample part. */
  outOfSample: number | null
  robustness: Robustness
}

/** Most trades of which no two are held at the same time: by exit, each that starts after the last one ended. */
export function nonOverlapping(trades: ReportTrade[]): number {
  let count = 0
  let free = -1
  for (const { entryDay, exitDay } of [...trades].sort((a, b) => a.exitDay - b.exitDay)) {
    if (entryDay <= free) continue
    count++
    free = exitDay
  }
  return count
}

/**
 * Chance that this many days show a true Sharpe ratio of 1 a year at the 5 % level, one-sided, with the
 * standard error of the probabilistic Sharpe ratio.
 */
export function powerOf(days: number, skew: number, kurtosis: number): number {
  const sharpe = 1 / Math.sqrt(daysPerYear)
  const normal = Number.isFinite(skew) && Number.isFinite(kurtosis)
  const variance = normal ? 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe : 1
  const inErrors = (sharpe * Math.sqrt(Math.max(0, days - 1))) / Math.sqrt(Math.max(variance, 1e-9))
  return normalCdf(inErrors - 1.6448536269514722)
}

/**
 * Whether the reruns of `robustnessOf` can change the verdict: only where everything else speaks for the run.
 * They cost a simulation per symbol.
 */
export function robustnessMatters(inputs: Omit<VerdictInputs, 'robustness'>): boolean {
  const flags = inputs.flags.filter(({ id }) => id !== 'survivorship')
  return verdictOf({ ...inputs, flags, robustness: notTested }).kind === 'hard to explain by luck'
}

const hundredths = (share: number) => `${Math.round(100 * share)} of 100`
const percent = (fraction: number) => `${(100 * fraction).toFixed(1).replace('-', '−')} %`

/**
 * Whether the result may be luck, in the fixed order: not assessable, too little data, consistent with
 * luck, hard to explain by luck, fragile. Data without delisted symbols cap it at fragile. That rows do not say
 * when they were known cannot happen here: a bar is known at its close, a signal on its date.
 */
export function verdictOf(inputs: VerdictInputs): Verdict {
  const { flags, trades, days, skew, kurtosis, trials, pValue, outOfSample, robustness } = inputs
  const broken = flags.filter((flag) => flag.severity === 'red')
  if (broken.length > 0) {
    return { kind: 'not assessable', because: broken.map((flag) => flag.text).join(' ') }
  }
  const apart = nonOverlapping(trades)
  if (apart < enoughTrades) {
    return { kind: 'too little data', because: tooFew(apart, trades.length) }
  }
  const power = powerOf(days, skew, kurtosis)
  if (power < enoughPower) {
    return {
      kind: 'too little data',
      because: `${days.toLocaleString('en-GB')} days would show a true Sharpe ratio of 1 in only ${hundredths(power)} cases.`,
    }
  }
  const after = trials === 1 ? 'After one trial' : `After ${trials.toLocaleString('en-US')} trials`
  const chance = `${after}, chance alone does as well in ${hundredths(pValue)} reruns (p = ${pValue.toFixed(pValue < 0.01 ? 3 : 2)}).`
  if (pValue > significant) {
    const worst = flags.find(({ id }) => id === 'concentrated' || id === 'costs')
    return { kind: 'consistent with luck', because: worst === undefined ? chance : `${chance} ${worst.text}` }
  }
  const weakness = weaknessOf(outOfSample, robustness, flags)
  if (weakness !== null) return { kind: 'fragile', because: `${chance} But ${weakness}` }
  return {
    kind: 'hard to explain by luck',
    because: `${chance} It holds out of sample, a day late, and without any one symbol.`,
  }
}

function tooFew(apart: number, trades: number): string {
  if (trades === 0) return 'There are no trades.'
  const counted = apart === trades ? `${trades}` : `${apart} of ${trades}`
  return `Only ${counted} trades do not overlap in time; below ${enoughTrades} nothing can be said.`
}

function weaknessOf(
  outOfSample: number | null,
  { delayed, weakest }: Robustness,
  flags: Flag[],
): string | null {
  if (outOfSample === null) return 'no part was kept apart to test it on.'
  if (!(outOfSample > convincing)) {
    return `out of sample the alpha is above 0 with a probability of only ${percent(outOfSample)}.`
  }
  if (!(delayed > 0)) return `one day later the out-of-sample alpha is ${percent(delayed)} a year.`
  if (weakest !== null && !(weakest.alpha > 0)) {
    return `without ${weakest.symbol} the out-of-sample alpha is ${percent(weakest.alpha)} a year.`
  }
  if (flags.some(({ id }) => id === 'survivorship')) {
    return 'the data hold no symbol that was delisted, which flatters every result.'
  }
  return null
}

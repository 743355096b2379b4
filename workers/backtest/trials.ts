import { Charger } from './resampling/charger.ts'
import { Maxima } from './resampling/maxima.ts'
import type { Resampler } from './resampling/resampler.ts'
import { Moments } from './moments.ts'
import type { StoredMoments } from './moments.ts'
import { TrialIds } from './trialIds.ts'
import type { TrialId } from './trialKey.ts'

/** One thing that was tried: daily excess returns after beta, on the calendar of its panel. */
export interface Trial {
  /** Of system, parameters, data and range. */
  id: TrialId
  /** The benchmark it was measured against; another one is another look at the same trial. */
  against: string
  /** Day of the panel on which the first value fell. */
  firstDay: number
  /** [days of the run − 1] */
  excess: Float64Array
  /** Of its daily returns, per day; for the deflated Sharpe ratio. */
  sharpe: number
}

/** What charging a trial says of it; NaN where its returns do not vary. */
export interface Charged {
  /** Mean of the daily excess returns ÷ its standard error. */
  t: number
  /** √n × mean, for White's reality check. */
  statistic: number
}

/** Trials of somebody else, or of another visit: their number, their Sharpe ratios, and the running maxima. */
export interface CarriedTrials {
  trials: number
  /** One of them that is known by its number; null = none. */
  shown: TrialId | null
  sharpes: StoredMoments
  studentised: Int16Array
  plain: Int16Array
}

/** Single looks that are remembered, so that going back to one costs nothing. */
const mostLooks = 4096

/**
 * Everything that was tried, charged for as one family. Of each trial only its number and its effect on the
 * largest t-value of every resample are kept, so that adding one costs the same however many came before, and the
 * correlation between trials is counted exactly.
 */
export class TrialFamily {
  readonly maxima = new Maxima()
  readonly ids = new TrialIds()
  readonly sharpes = new Moments()
  /** Trials that came in by a link: counted, but not known one by one. */
  carried = 0
  private readonly looks = new Map<string, Charged>()

  /** Distinct trials so far. */
  get trials(): number {
    return this.carried + this.ids.size
  }

  /** Variance of the trials' Sharpe ratios per day; 0 of fewer than two. */
  get sharpeVariance(): number {
    return this.sharpes.variance
  }

  /** Counts a trial and charges it. */
  add(trial: Trial, resampler: Resampler): Charged {
    const look = `${trial.id} ${trial.against}`
    const known = this.looks.get(look)
    if (known !== undefined) return known
    const charger = new Charger(resampler)
    const lane = charger.put(trial.firstDay, trial.excess, trial.excess.length)
    charger.run(this.maxima)
    this.count(trial.id, trial.sharpe)
    const charged = { t: charger.t[lane], statistic: charger.statistic[lane] }
    if (this.looks.size >= mostLooks) this.looks.clear()
    this.looks.set(look, charged)
    return charged
  }

  /** Counts a trial whose maxima are merged apart, as a sweep does. False where it was known. */
  count(id: TrialId, sharpe: number): boolean {
    const isNew = this.ids.add(id)
    if (isNew && Number.isFinite(sharpe)) this.sharpes.add(sharpe)
    return isNew
  }

  /** Share of chance's best t-values that reach this one: (1 + #{max t* ≥ t}) ÷ (B + 1). */
  pValue({ t }: Charged): number {
    return this.maxima.pValue(t)
  }

  /** White's reality check of the trial against everything tried. */
  realityCheck({ statistic }: Charged): number {
    return this.maxima.realityCheck(statistic)
  }

  /** True where these trials would change nothing: a link that comes back to where it was made. */
  covers({ trials, studentised, plain }: CarriedTrials): boolean {
    return (
      trials <= this.trials &&
      studentised.every((value, b) => value <= this.maxima.studentised[b]) &&
      plain.every((value, b) => value <= this.maxima.plain[b])
    )
  }

  /** Adds trials of which only the sum is known. */
  carry(other: CarriedTrials): void {
    if (this.covers(other)) return
    const knowsOne = other.shown !== null && other.trials > 0 && this.ids.add(other.shown)
    this.carried += other.trials - Number(knowsOne)
    this.sharpes.merge(other.sharpes)
    this.maxima.merge(other)
  }

  clear(): void {
    this.maxima.clear()
    this.ids.clear()
    this.sharpes.clear()
    this.carried = 0
    this.looks.clear()
  }
}

import { resamples } from './calendarDraws.ts'
import type { Calendar } from './calendarDraws.ts'

/** One thing that was tried: daily excess returns after beta, on the calendar of its panel. */
export interface Trial {
  /** What makes it a trial of its own: system, parameters, data and range. */
  key: string
  /** The benchmark it was measured against; another one is another look at the same trial. */
  against: string
  /** Day of the panel on which the first value fell. */
  firstDay: number
  /** [days of the run − 1] */
  excess: Float64Array
  /** The days of its panel. */
  calendar: Calendar
}

/** A family as it travels: the number of trials and the running maxima. */
export interface StoredFamily {
  trials: number
  maxima: number[]
}

/**
 * Everything that was tried, charged for as one family. Of each trial only its effect on the largest
 * t-value of every resample is kept, so that adding one costs the same however many came before, and the
 * correlation between trials is counted exactly.
 *
 * Statistic: t = mean of the daily excess returns ÷ its standard error, the deviation of the resampled means
 * (stationary bootstrap, Politis and Romano 1994). Resampled t-values are centred on the measured mean,
 * except for trials so bad (t < −√(2 ln ln n)) that they cannot be the best by chance: these keep their own
 * mean (Hansen 2005, “A test for superior predictive ability”).
 */
export class TrialFamily {
  private readonly maxima = new Float64Array(resamples).fill(-Infinity)
  private readonly keys = new Set<string>()
  private readonly looks = new Map<string, number>()
  private restored = 0

  /** Distinct trials so far. */
  get trials(): number {
    return this.restored + this.keys.size
  }

  /**
   * Counts the trial and returns its t-value; NaN when its returns do not vary.
   *
   * @param counts [resamples × days] how often each day of its calendar is drawn
   */
  add(trial: Trial, counts: Uint8Array): number {
    this.keys.add(trial.key)
    const look = `${trial.key} ${trial.against}`
    const known = this.looks.get(look)
    if (known !== undefined) return known
    const t = this.measure(trial, counts)
    this.looks.set(look, t)
    return t
  }

  /** Share of chance's best t-values that reach this one: (1 + #{max t* ≥ t}) ÷ (B + 1). */
  pValue(t: number): number {
    if (Number.isNaN(t)) return 1
    let reached = 0
    for (const maximum of this.maxima) if (maximum >= t) reached++
    return (1 + reached) / (resamples + 1)
  }

  store(): StoredFamily {
    return { trials: this.trials, maxima: [...this.maxima] }
  }

  /** Adds the trials of another session to this family. */
  restore({ trials, maxima }: StoredFamily): void {
    this.restored += trials
    for (let b = 0; b < resamples; b++) this.maxima[b] = Math.max(this.maxima[b], maxima[b] ?? -Infinity)
  }

  private measure({ firstDay, excess, calendar }: Trial, counts: Uint8Array): number {
    const n = excess.length
    let sum = 0
    let varies = false
    for (const value of excess) {
      sum += value
      varies ||= value !== excess[0]
    }
    if (!varies) return NaN
    const mean = sum / n
    const means = new Float64Array(resamples)
    let meanOfMeans = 0
    for (let b = 0; b < resamples; b++) {
      const row = b * calendar.days + firstDay
      let drawn = 0
      let total = 0
      for (let i = 0; i < n; i++) {
        const times = counts[row + i]
        drawn += times
        total += times * excess[i]
      }
      // A short range may be missed by a whole resample.
      means[b] = drawn > 0 ? total / drawn : mean
      meanOfMeans += means[b] / resamples
    }
    let squares = 0
    for (const value of means) squares += (value - meanOfMeans) ** 2
    const error = Math.sqrt(squares / (resamples - 1))
    if (!(error > 0)) return NaN
    const t = mean / error
    const hopeless = t < -Math.sqrt(2 * Math.log(Math.log(Math.max(3, n))))
    const centre = hopeless ? 0 : mean
    for (let b = 0; b < resamples; b++) {
      const drawn = (means[b] - centre) / error
      if (drawn > this.maxima[b]) this.maxima[b] = drawn
    }
    return t
  }
}

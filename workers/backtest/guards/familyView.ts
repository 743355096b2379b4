import type { Charged, TrialFamily } from '../trials.ts'

/** What the guards need to know of everything that was tried. */
export interface FamilyView {
  /** Distinct trials, this run among them. */
  trials: number
  /** Variance of the Sharpe ratios per day over the trials, each of its whole run; 0 of fewer than two. */
  sharpeVariance: number
  /** p-value of this run by White's reality check. */
  realityCheck: number
  /** p-value of this run as the verdict has it. */
  pValue: number
  /** Daily returns of distinct trials on the same days. */
  series: {
    /** At most 500. */
    count: number
    days: number
    /** Probability of backtest overfitting over all of them; NaN where it cannot be told. */
    overfitting(): Promise<number>
  }
}

export function familyViewOf(
  family: TrialFamily,
  charged: Charged,
  series: FamilyView['series'],
): FamilyView {
  return {
    trials: family.trials,
    sharpeVariance: family.sharpeVariance,
    realityCheck: family.realityCheck(charged),
    pValue: family.pValue(charged),
    series,
  }
}

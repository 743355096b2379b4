import type { Outcome, Part } from '../api.ts'

/** A finished run as it is compared. */
export interface ComparedRun {
  /** [days] epoch days */
  dates: Int32Array
  /** [days] on any scale */
  equity: Float64Array
  /** First out-of-sample day; null = the run has no split. */
  splitFrom: number | null
  /** Yearly rate that idle cash earned, over which the Sharpe ratio counts. */
  cashRate: number
}

export const comparedFigures = ['meanReturn', 'sharpe', 'cagr', 'maxDrawdown'] as const
/**
 * Of the daily returns of the common days: their mean; (mean − cash) ÷ sample deviation × √252; growth a year of
 * 252 days; the deepest drawdown, ≤ 0.
 */
export type ComparedFigure = (typeof comparedFigures)[number]

export interface Measure {
  /** NaN where undefined. */
  value: number
  /** NaN where there are too few days. */
  low: number
  high: number
}

/** One stretch of the common days. */
export interface ComparedPart {
  part: Part
  /** Epoch days of the first and the last return, and how many there are. */
  from: number
  to: number
  days: number
  /** Mean length of the blocks that were drawn, in days. */
  meanBlock: number
  /** [runs] by figure, with 95 % intervals. */
  values: Record<ComparedFigure, Measure>[]
  /**
   * [runs] run − base; 0 for the base itself. Their intervals hold together at 95 % over the runs compared
   * (Bonferroni).
   */
  differences: Record<ComparedFigure, Measure>[]
}

export interface Comparison {
  /** [days] days on which every run has a close */
  dates: Int32Array
  /** [runs] by day, 1 on the first common day */
  equity: Float64Array[]
  /** Index of the first day that is out of sample for every run that has a split; dates.length without one. */
  split: number
  /** The runs begin their out-of-sample part on different days, so the latest was taken. */
  splitsDiffer: boolean
  /** Runs without a split beside runs with one: nothing of theirs is out of sample. */
  withoutSplit: number[]
  /** What the differences are held against: index of the run. */
  base: number
  /** Out of sample first; the whole where no run has a split. A part of fewer than two days is left out. */
  parts: ComparedPart[]
}

export interface CompareApi {
  /** Fails with a sentence where the runs have no two days in common. */
  compareRuns(runs: ComparedRun[], base: number): Promise<Outcome<Comparison>>
}

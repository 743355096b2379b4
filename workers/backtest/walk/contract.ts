import type { ParamValue } from '../../systems/system.ts'
import type { RunRequest } from '../api.ts'
import type { Axis, Design, SweepMetric } from '../sweep/contract.ts'

/** Optimise on one stretch of days, trade the next with what was best, move on. All lengths in trading days. */
export interface WalkSpec {
  /** Its split is ignored: every test window is out of sample. */
  request: RunRequest
  axes: Axis[]
  design: Design
  train: number
  test: number
  /** Anchored: training always begins on the first day; else it rolls with the test. */
  anchored: boolean
  /** Left out between the end of training and the test, so that nothing of one reaches into the other. */
  gap: number
  /** Days after an earlier test window that do not count in a later training. */
  embargo: number
  /** What is optimised on the training days. */
  objective: Exclude<SweepMetric, 'trades' | 'winRate'>
}

export interface WalkNumbers {
  /** Of the daily returns of the window, a year. */
  sharpe: number
  annualReturn: number
  maxDrawdown: number
  alpha: number
  trades: number
}

export interface WalkFold {
  /** Epoch days, inclusive. */
  trainFrom: number
  trainTo: number
  testFrom: number
  testTo: number
  /** Values of the axes that were best in training; empty where none traded: the fold holds cash. */
  params: Record<string, ParamValue>
  /** Of the best, in training, without the days of an embargo: the promise. NaN where nothing was chosen. */
  promised: WalkNumbers
  /** Of the same settings in the test: what came of it. Lots are closed at the end of every window. */
  got: WalkNumbers
  /** Combinations tried in training. */
  tried: number
}

export interface WalkResult {
  spec: WalkSpec
  folds: WalkFold[]
  /** [days] epoch days of all test windows, one after the other. */
  dates: Int32Array
  /** [days] out-of-sample equity, stitched; 1 before the first day. */
  equity: Float64Array
  /** [days] what the equity would be if every test window had earned what its training promised, day by day. */
  promised: Float64Array
  /** [days] benchmark over the same days, from 1; empty without one. */
  benchmark: Float64Array
  /** Over all test windows, and the mean of the promises. */
  got: WalkNumbers
  promisedMean: WalkNumbers
  /** Walk-forward efficiency: annual return got ÷ annual return promised; NaN where nothing was promised. */
  efficiency: number
  /** Of the stitched out-of-sample equity against everything tried; the trainings are charged for. */
  pValue: number
  trials: number
  /** 95 % stationary bootstrap interval of the out-of-sample Sharpe ratio. */
  sharpeInterval: { low: number; high: number }
}

export interface WalkStatus {
  state: 'running' | 'done' | 'cancelled' | 'failed'
  /** In training, from 1. */
  fold: number
  folds: number
  /** Combinations of all folds. */
  done: number
  total: number
  message: string
}

import type { ParamValue } from '../../systems/system.ts'
import type { Part, RunRequest } from '../api.ts'

/** One swept parameter and the values it takes, ascending where they are numbers. */
export interface Axis {
  param: string
  values: ParamValue[]
}

/**
 * Which combinations of the axes are run. `grid`: all of them; axes that only change the rules turn fastest. `latin`: so many
 * drawn by Latin hypercube (McKay, Beckman & Conover 1979): every axis is cut into `count` strata and each
 * stratum is used once, so that few runs still see the whole of every axis.
 */
export type Design = { kind: 'grid' } | { kind: 'latin'; count: number; seed: number }

/** More combinations than this are refused. */
export const mostCombinations = 1_000_000

export interface SweepSpec {
  /** System, data range, split, benchmark, and the value of every parameter that is not swept. */
  request: RunRequest
  /** At least one. */
  axes: Axis[]
  design: Design
}

/** What is kept of every combination, for each part of the run. */
export const sweepMetrics = ['sharpe', 'totalReturn', 'maxDrawdown', 'alpha', 'trades', 'winRate'] as const
export type SweepMetric = (typeof sweepMetrics)[number]

export type SweepState = 'running' | 'paused' | 'done' | 'cancelled' | 'failed'

export interface SweepStatus {
  id: string
  spec: SweepSpec
  state: SweepState
  /** Combinations of the design. */
  total: number
  /** Of these finished, the impossible ones included. */
  done: number
  /** Combinations that break a rule between parameters (a fast average slower than the slow one): not run. */
  impossible: number
  /** Over the last seconds; 0 while nothing runs. */
  perSecond: number
  /** NaN while it cannot be told. */
  secondsLeft: number
  workers: number
  /** Prices are shared with the workers (SharedArrayBuffer); else each has a copy. */
  shared: boolean
  /** Where the combinations are computed, and why there: one sentence. */
  device: 'cpu' | 'gpu'
  deviceNote: string
  /** Workers that died and were replaced; their share was done again. */
  replaced: number
  /** Combinations whose daily returns are kept for the guards. */
  seriesKept: number
  /** Why it failed; '' otherwise. */
  message: string
}

/** A map of one metric over two axes; what lies behind a cell (other axes, or a bin of many values) is summed up. */
export interface SweepMapQuery {
  x: string
  /** Null with a single axis. */
  y: string | null
  metric: SweepMetric
  part: Part
  /** Over the combinations behind a cell: the best one, or the median. */
  show: 'best' | 'median'
}

export interface SweepMap {
  query: SweepMapQuery
  /** [columns] and [rows] the values of the axes; of a bin of several, its middle one. */
  x: ParamValue[]
  y: ParamValue[]
  /** [rows × columns] row-major; NaN where nothing has been computed or nothing is possible. */
  values: Float32Array
  /** [rows × columns] combinations behind the cell that have been computed. */
  counts: Int32Array
  /** [rows × columns] index of the best combination behind the cell; −1 = none. */
  best: Int32Array
  /** [rows × columns] median of the cell and those beside it (eight neighbours; two with one axis). */
  neighbours: Float32Array
}

/** One combination with its surroundings. */
export interface SweepCell {
  index: number
  /** Values of the axes. */
  params: Record<string, ParamValue>
  /** By part: the metrics. */
  metrics: Partial<Record<Part, Record<SweepMetric, number>>>
  /** Of the metric asked for, over the combinations one step away on every axis (grid), or the nearest ones. */
  neighbours: { count: number; median: number; worst: number }
  /**
   * 0–1: how much of its lead over the median of all combinations the surroundings share. 1 = a plateau, 0 = a
   * lonely peak: (median of the neighbours − median of all) ÷ (value − median of all), clipped.
   */
  plateau: number
}

export interface SweepSummary {
  metric: SweepMetric
  part: Part
  /** Computed so far, the impossible ones left out. */
  computed: number
  /** Best by the metric, then best by the median of their neighbours; at most twelve each. */
  best: SweepCell[]
  robust: SweepCell[]
  /** Of the metric over all combinations computed. */
  median: number
  /** Share of combinations above 0 (of the metric). */
  positive: number
  /** Forty equal bins of the metric between its 0.5 % and 99.5 % quantiles: edges [41] and counts [40]. */
  histogram: { edges: Float32Array; counts: Int32Array }
  /** Probability of backtest overfitting over the series kept; NaN where there are too few. */
  pbo: number
  /** Strategies that went into it. */
  pboStrategies: number
}

/** A sweep that a reload interrupted, or that was paused. */
export interface StoredSweep {
  id: string
  spec: SweepSpec
  total: number
  done: number
  /** When it was last written, milliseconds since 1970. */
  savedAt: number
  /** It was made of the prices that are in use now. */
  samePrices: boolean
}

import type { DemandTables } from '../../quant/demandTables.ts'

/** How unusual counts are told from usual ones. */
export interface DetectionSettings {
  /** Calendar days before the day that say what is usual. */
  window: number
  /** Least MAD, in tickets; 0 = none. */
  madFloor: number
  /** Whether each weekday is compared with its own kind. */
  weekdays: boolean
  /** Whether a lasting change of level restarts the window. */
  shifts: boolean
}

/** [days of all ticket series] aligned with `DemandTables.tickets.value`; NaN while unknown. */
export interface Detection {
  settings: DetectionSettings
  /** Of the adjusted counts of the window, see `detectAnomalies`. */
  baseline: Float64Array
  mad: Float64Array
  /** Of the adjusted count of the day. */
  score: Float64Array
  /** Factor of the day's weekday: adjusted = count ÷ ratio; 1 without the adjustment. */
  ratio: Float64Array
  /** Count expected on the day, and the size of its negative binomial (Infinity = Poisson). */
  expected: Float64Array
  size: Float64Array
  /** Probability of a count as large as the day's or larger. */
  tail: Float64Array
  /** +1, −1 on the day on which a lasting rise or fall of the level is recognised, else 0. */
  shift: Int8Array
  /** First epoch day on whose close the score may be used: every count of its window is known. */
  known: Int32Array
}

export type TicketSeries = DemandTables['tickets']

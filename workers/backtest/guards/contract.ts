import type { Unit } from '../../systems/system.ts'

/** In the order in which they are shown and computed: cheap ones first. */
export const guardIds = [
  'probabilisticSharpe',
  'deflatedSharpe',
  'minimumTrackRecord',
  'realityCheck',
  'overfitting',
  'breakEvenCosts',
  'capacity',
  'independentBets',
  'leaveYearOut',
  'drawdownFan',
  'delay',
  'leaveSymbolOut',
  'parameterJitter',
  'randomEntries',
  'shiftedSignals',
] as const
export type GuardId = (typeof guardIds)[number]

/**
 * `passes` and `doubt` are what the guard says by itself; none of them is the verdict. `unknown`: it cannot be
 * measured here, and `finding` says why.
 */
export type GuardState = 'passes' | 'doubt' | 'unknown'

/** What the guard says in a picture and in the table behind it: an item, a rerun, or the bar to be cleared. */
export interface GuardRow {
  label: string
  /** Of the unit of the rows. */
  value: number
}

export interface Guard {
  id: GuardId
  label: string
  state: GuardState
  /** NaN where unknown. */
  value: number
  unit: Unit | 'ratio' | 'probability'
  /** Short sentence: what was found here, with the numbers. */
  finding: string
  /** One sentence a newcomer understands: what is asked and why it matters. */
  plain: string
  /** The formula, as text. */
  formula: string
  /** Author, year, title. */
  source: string
  /** Of `rows`, `reruns` and `measured`, where `value` is a share or a probability that comes of them. */
  rowUnit: Guard['unit']
  /** The figure of the run itself, to be seen beside rows and reruns. */
  measured: number
  /** The same figure of all reruns, ascending; empty where there are none. */
  reruns: Float64Array
  rows: GuardRow[]
  /** Of the drawdown fan alone. */
  fan?: {
    /** [points] days since the start of the part judged */
    day: Int32Array
    /** [points] fractions ≤ 0, the deepest since the point before: 5, 50 and 95 % quantiles over the resamples */
    low: Float64Array
    middle: Float64Array
    high: Float64Array
    /** [points] what was measured */
    actual: Float64Array
  }
}

/** What the guard is, known before it has been computed: the page draws its place from this. */
export type GuardText = Pick<Guard, 'id' | 'label' | 'plain' | 'formula' | 'source'>

/** Which days of an event study count. */
export interface StudyDays {
  /** Trading days relative to the event, both included. */
  estimation: [number, number]
  window: [number, number]
  /** Inclusive epoch days; null = all. */
  from: number | null
  to: number | null
}

export interface EventStudyTest {
  id: 'patell' | 'bmp' | 'kolari-pynnonen' | 'corrado'
  name: string
  statistic: number
  p: number
  /** What it takes for granted, one sentence. */
  assumes: string
  formula: string
  source: string
}

/** What prices did around events. */
export interface StudyFigures {
  events: number
  leftOut: { count: number; why: string }[]
  /** [window days] */
  days: Int32Array
  /** [window days] mean over events, and the mean CAR with its 95 % interval (bootstrap over events). */
  meanAbnormal: Float64Array
  meanCar: Float64Array
  carLow: Float64Array
  carHigh: Float64Array
  tests: EventStudyTest[]
  /** Mean correlation of the abnormal returns across events in the estimation window, and how many share days. */
  crossCorrelation: number
  overlapping: number
  /** [events] */
  each: { symbol: string; day: number; car: number }[]
}

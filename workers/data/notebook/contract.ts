import type { Outcome } from '../api.ts'

/** What a person wrote on a run. */
export interface RunLabels {
  /** '' = not named. */
  name: string
  tags: string[]
  note: string
}

/** A headline number with its 95 % interval, of the part that the verdict is about. */
export interface RunMetric {
  id: string
  label: string
  /** As `Metric.unit` of the backtest. */
  unit: string
  /** NaN where undefined. */
  value: number
  /** NaN where there is no interval. */
  low: number
  high: number
  benchmark: number
}

/** A run that was finished, without its curve. */
export interface RunFacts {
  /** Fragment that reproduces it, the hash of its result included. */
  link: string
  system: string
  /** Hash of the result, hex. */
  result: string
  simulated: boolean
  /** First and last epoch day, and the first out of sample; null = no split. */
  from: number
  to: number
  splitFrom: number | null
  benchmark: string | null
  /** The part that headlines and verdict are about: `all` without a split, else `outOfSample`. */
  part: string
  /** Trades of that part. */
  trades: number
  headlines: RunMetric[]
  verdict: { kind: string; because: string }
  pValue: number
  /** Trials that the p-value was charged for. */
  charged: number
}

export interface NotebookRun extends RunFacts, RunLabels {
  /** Of link and result: the same settings with the same numbers are one run. */
  id: string
  /** Epoch milliseconds at which it was first finished. */
  at: number
}

/** Every day of a run. */
export interface RunCurve {
  /** [days] epoch days */
  dates: Int32Array
  /** [days] equity ÷ capital: 1 at the start */
  equity: Float64Array
  /** [days] the same of the benchmark; empty without one */
  benchmark: Float64Array
}

export interface NotebookList {
  /** Newest first. */
  runs: NotebookRun[]
  /** A sentence where the browser keeps nothing: runs stay until the page is closed. '' = they are kept. */
  off: string
  /** Runs that are there but cannot be read. */
  unreadable: number
}

export interface NotebookApi {
  notebook(): Promise<Outcome<NotebookList>>
  /** Keeps a finished run; one that is there already keeps its time and its labels, and takes the newer verdict. */
  keepRun(facts: RunFacts, curve: RunCurve): Promise<Outcome<NotebookRun>>
  runCurve(id: string): Promise<Outcome<RunCurve>>
  /** Replaces what is written on a run. */
  labelRun(id: string, labels: RunLabels): Promise<Outcome<NotebookRun>>
  /** Until the page is closed `putBackRuns` undoes it. */
  deleteRuns(ids: string[]): Promise<Outcome<null>>
  putBackRuns(ids: string[]): Promise<Outcome<null>>
  /** The runs in the order given, without their curves. */
  exportRuns(ids: string[], format: 'csv' | 'json'): Promise<Outcome<Blob>>
  /** Called when another tab has changed the notebook. */
  onNotebookChange(callback: () => void): Promise<void>
}

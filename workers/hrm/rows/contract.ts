import type { RowScores, ScoringModel } from '../../quant/rows.ts'
import type { HrmOutcome, TrainableMode, TrainingSettings } from '../api.ts'

/** Rows that another worker hands over, named by their content. */
export interface RowsTask {
  kind: 'rows'
  /** Hash of the dataset; '' = whatever is there. */
  dataset: string
  /** The model is told what a row is about (its `entity`), and may learn it by heart; absent = false. */
  identity?: boolean
}

/** Who stands on the ladder. */
export type LadderModel =
  | { kind: 'base-rate' }
  /** one of the dataset's fixed rules, by its name */
  | { kind: 'rule'; rule: string }
  | { kind: 'logistic-regression' }
  | { kind: 'boosted-trees' }
  | { kind: 'gru' }
  | { kind: 'hrm'; mode: TrainableMode }

export interface LadderRequest {
  models: LadderModel[]
  /** Of the neural ones. */
  settings: Partial<TrainingSettings>
  /** Rows of `labels[0]` a model may be called on, per year: the coverage. */
  callsPerYear: number
  seed: number
}

/** One rung: what a model is worth on the untouched rows. */
export interface Rung {
  model: LadderModel
  name: string
  phase: 'waiting' | 'fitting' | 'done' | 'failed'
  /** 0–1 while fitting. */
  done: number
  message: string
  seconds: number
  /** Null until done. */
  scores: { test: RungScores; unseen: RungScores } | null
  /** Set for models that can be asked afterwards. */
  scoring: ScoringModel | null
}

/** Of the event head: the class `target` against all others; 95 % intervals by the block bootstrap over days. */
export interface RungScores {
  rows: number
  positives: number
  baseRate: number
  averagePrecision: Estimate
  rocAuc: number
  brier: number
  logLoss: number
  precisionAtCalls: Estimate
  /** Mean calendar days from a right call to its announcement. */
  leadTime: number
  calibrationError: number
  /** [bins] */
  reliability: { confidence: number; share: number; rows: number }[]
  /** Average precision − that of the best baseline of the same ladder; null for that baseline itself. */
  difference: { to: string; estimate: number; low: number; high: number; p: number } | null
}

export interface Estimate {
  value: number
  low: number
  high: number
}

export interface LadderStatus {
  /** Hash of the dataset. */
  dataset: string
  rungs: Rung[]
  phase: 'running' | 'finished' | 'cancelled' | 'failed'
  message: string | null
}

/** What `HrmApi` answers about rows beside their training, which it trains, stores and lists as it does puzzles. */
export interface RowsApi {
  /** `source`: a `RowSource` of the backtest worker answers on it. `scorer`: a `RowScorer` is exposed on it. */
  connectRows(source: MessagePort, scorer: MessagePort): void
  watchLadder(listener: (status: LadderStatus) => void): void
  /** Resolves when it has begun; one ladder or training at a time. */
  startLadder(request: LadderRequest): Promise<HrmOutcome<null>>
  cancelLadder(): Promise<void>
  /** The checkpoint that came with the page; null where none fits these rows. */
  packagedModel(baseUrl: string): Promise<HrmOutcome<ScoringModel | null>>
  /** Models that can be asked: packaged, stored trainings of rows, rungs of the ladder. */
  scoringModels(): Promise<HrmOutcome<ScoringModel[]>>
}

export type { RowScores, ScoringModel }

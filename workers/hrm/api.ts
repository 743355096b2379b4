import type { HrmMode } from './model/config.ts'
import type { RowsApi, RowsTask } from './rows/contract.ts'

export type * from './rows/contract.ts'

/** The page draws shares with their intervals. */
export { wilsonInterval } from './evaluation/reliability.ts'

/** A backend of tfjs, best first. */
export type BackendName = 'webgpu' | 'wasm' | 'cpu'

/** What computes, and why; said on screen. */
export interface BackendReport {
  backend: BackendName
  /** One sentence: "The GPU (…) was 8 times faster than WebAssembly in a short measurement." */
  why: string
  /** Name of the GPU, where one was found, software included. */
  adapter: string | null
  /** The adapter computes in software: slower than WebAssembly by orders of magnitude, never chosen unasked. */
  software: boolean
  /** Milliseconds of the same small work on each backend that was tried. */
  probe: Partial<Record<BackendName, number>>
  /** Names of the fused kernels in use. */
  kernels: string[]
}

/** A crossed border as a value: errors lose all but name and message on their way through Comlink. */
export type HrmOutcome<T> =
  { ok: true; value: T } | { ok: false; code: HrmErrorCode; message: string; detail: string }

export type HrmErrorCode =
  | 'bad-setting'
  | 'bad-checkpoint'
  | 'no-backend'
  | 'storage-full'
  | 'no-model'
  | 'no-rows'
  | 'busy'
  | 'unexpected'

/** Tasks the worker makes by itself, without any finance. */
export type PuzzleTask = { kind: 'sudoku' } | { kind: 'maze' }

/** All that can be trained on. */
export type TrainingTask = PuzzleTask | RowsTask

export type TrainableMode = HrmMode | 'transformer-without-loop'

export interface TrainingSettings {
  mode: TrainableMode
  hiddenSize: number
  /** Blocks per level; the transformer gets as many as both levels together. */
  layers: number
  heads: number
  haltMaxSteps: number
  batchRows: number
  learningRate: number
  warmUpSteps: number
  weightDecay: number
  optimiser: 'adam-atan2' | 'adamw'
  /** Global norm above which a gradient is scaled down; null = off. */
  clipNorm: number | null
  steps: number
  /** Steps between validations, and between checkpoints. */
  validateEvery: number
  /** Validations without a better loss before training stops; null = it goes on to the end. */
  patience: number | null
  seed: number
}

export interface TrainingRequest<Task extends TrainingTask = PuzzleTask> {
  task: Task
  settings: TrainingSettings
  backend: BackendName | 'auto'
}

/** One point of the training curve: means since the point before. */
export interface TrainingPoint {
  step: number
  /** Loss of the outputs per row. */
  loss: number
  /** Share of cells right, and of whole rows, of the rows that halted. */
  accuracy: number
  exact: number
  /** Mean segments a row took. */
  depth: number
  learningRate: number
}

/** On puzzles of grids, or rows, that training never sees, every row running all its segments. */
export interface ValidationPoint {
  step: number
  loss: number
  accuracy: number
  exact: number
}

export interface TrainingStatus<Task extends TrainingTask = PuzzleTask> {
  id: string
  /** Of rows: with the hash of those it is trained on. */
  task: Task
  settings: TrainingSettings
  backend: BackendReport
  phase: 'preparing' | 'training' | 'paused' | 'finished' | 'stopped-early' | 'cancelled' | 'failed'
  /** What a person should know: what was resumed, what was lost, why it stopped. */
  message: string | null
  step: number
  parameters: number
  stepsPerSecond: number
  /** Seconds; null until it can be told. */
  timeLeft: number | null
  training: TrainingPoint[]
  validation: ValidationPoint[]
  /** Step of the last checkpoint that is stored; null = none. */
  storedStep: number | null
}

export interface StoredRun<Task extends TrainingTask = PuzzleTask> {
  id: string
  task: Task
  settings: TrainingSettings
  step: number
  /** Epoch milliseconds. */
  storedAt: number
  bytes: number
  exact: number | null
}

/** A puzzle on its way through the segments: what the model says after each. */
export interface Refinement {
  task: PuzzleTask
  /** Cells across and down. */
  width: number
  height: number
  /** What is given, per cell; 0 = open. Sudoku: digits. Maze: 1 wall, 2 free, 3 start, 4 goal. */
  given: Int32Array
  solution: Int32Array
  segments: {
    /** The likeliest value per cell. */
    values: Int32Array
    /** Its probability per cell. */
    confidence: Float32Array
    /** q_halt and q_continue as probabilities. */
    halt: number
    keepOn: number
  }[]
}

/**
 * A worker whose GPU is lost ends by an error that says so, because only a new one can compute on it again: the
 * page starts another and lets it go on with `continueRun`.
 */
export interface HrmApi<Task extends TrainingTask = PuzzleTask> extends RowsApi {
  /** One listener for the life of the worker: it hears of whatever this worker trains. */
  watch(listener: (status: TrainingStatus<Task>) => void): void
  /** Finds out what can compute here, with a short measurement; `wanted` overrides the choice. */
  backend(wanted: BackendName | 'auto'): Promise<HrmOutcome<BackendReport>>
  /** Starts a training; resolves once it runs, with its id. Only one runs at a time. */
  train(request: TrainingRequest<Task>): Promise<HrmOutcome<string>>
  /** Each takes effect within a step. */
  pause(): Promise<void>
  resume(): Promise<void>
  cancel(): Promise<void>
  /** Stores a checkpoint now (the tab hides). */
  store(): Promise<void>
  /** Goes on from the last good checkpoint of a run. */
  continueRun(id: string, backend: BackendName | 'auto'): Promise<HrmOutcome<string>>
  /** Puzzles, unless rows are asked for. */
  storedRuns(of?: 'puzzles' | 'rows'): Promise<HrmOutcome<StoredRun<Task>[]>>
  deleteRun(id: string): Promise<HrmOutcome<null>>
  /** The last checkpoint of a run as a safetensors file. */
  exportRun(id: string): Promise<HrmOutcome<Uint8Array>>
  /** Takes a safetensors file of ours in as a run, of puzzles or of rows; answers its id. */
  importRun(file: Uint8Array, name: string): Promise<HrmOutcome<string>>
  /** Lets the model of the current or last run work on an unseen puzzle, segment by segment. */
  refine(puzzle: number): Promise<HrmOutcome<Refinement>>
}

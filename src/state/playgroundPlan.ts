import type {
  BackendName,
  PuzzleTask,
  TrainableMode,
  TrainingRequest,
  TrainingSettings,
} from '../../workers/hrm/api.ts'

export type PlanSettings = Omit<TrainingSettings, 'mode'>

/** What a person wants trained; travels in the link, and never starts anything by itself. */
export interface PlaygroundPlan {
  task: PuzzleTask['kind']
  /** Several are trained one after the other, to be compared; in the order of `trainableModes`. */
  modes: TrainableMode[]
  backend: BackendName | 'auto'
  settings: PlanSettings
}

export const puzzleTasks: PuzzleTask['kind'][] = ['sudoku', 'maze']
export const trainableModes: TrainableMode[] = ['hrm-v1', 'trm', 'transformer', 'transformer-without-loop']
export const backendChoices: (BackendName | 'auto')[] = ['auto', 'webgpu', 'wasm', 'cpu']
export const optimisers: TrainingSettings['optimiser'][] = ['adam-atan2', 'adamw']

/** Puzzles that validation is on: of grids and mazes that training never sees, each of which counts once. */
export const unseenPuzzles: Record<PuzzleTask['kind'], number> = { sudoku: 88, maze: 104 }

export function defaultPlaygroundPlan(): PlaygroundPlan {
  return {
    task: 'sudoku',
    modes: ['hrm-v1'],
    backend: 'auto',
    settings: {
      hiddenSize: 64,
      layers: 1,
      heads: 4,
      haltMaxSteps: 4,
      batchRows: 32,
      learningRate: 1e-3,
      warmUpSteps: 100,
      weightDecay: 0.1,
      optimiser: 'adam-atan2',
      clipNorm: null,
      steps: 2_000,
      validateEvery: 100,
      patience: null,
      seed: 1,
    },
  }
}

export type NumberSetting = {
  [K in keyof PlanSettings]: PlanSettings[K] extends number | null ? K : never
}[keyof PlanSettings]

/** What a number may be; `off` = it may be left out. */
export interface Bounds {
  least: number
  most: number
  whole: boolean
  off: boolean
}

const whole = (least: number, most: number): Bounds => ({ least, most, whole: true, off: false })
const real = (least: number, most: number): Bounds => ({ least, most, whole: false, off: false })

/** Wide enough to play, narrow enough that one step never holds a worker for minutes. */
export const bounds: Record<NumberSetting, Bounds> = {
  hiddenSize: whole(8, 256),
  layers: whole(1, 4),
  heads: whole(1, 16),
  haltMaxSteps: whole(1, 16),
  batchRows: whole(1, 256),
  learningRate: real(1e-6, 1),
  warmUpSteps: whole(0, 100_000),
  weightDecay: real(0, 10),
  clipNorm: { ...real(1e-3, 1_000), off: true },
  steps: whole(1, 100_000),
  validateEvery: whole(1, 10_000),
  patience: { ...whole(1, 1_000), off: true },
  seed: whole(0, 2 ** 31 - 1),
}

/** Why the plan cannot be trained and what to do, in a sentence; null where it can. */
export function playgroundProblem({ modes, settings }: PlaygroundPlan): string | null {
  const { hiddenSize, heads } = settings
  if (modes.length === 0) return 'Choose at least one model.'
  // Rotary positions turn the numbers of a head in pairs.
  if (hiddenSize % (2 * heads) !== 0)
    return `A width of ${hiddenSize} cannot be shared by ${heads} attention heads in even parts: take a multiple of ${2 * heads}.`
  return null
}

/** One training per mode, on the same puzzles with the same seed. */
export function requestsOf({ task, modes, backend, settings }: PlaygroundPlan): TrainingRequest[] {
  return modes.map((mode) => ({ task: { kind: task }, settings: { mode, ...settings }, backend }))
}

import type { TrainingSettings } from '../api.ts'
import type { HrmConfig, Weights } from '../model/index.ts'
import type { Curves } from '../training/curves.ts'
import type { FeatureScaler } from '../training/dataSource.ts'
import type { StoredCarry } from './storedCarry.ts'

/** All that a training needs to go on as if it had never stopped. */
export interface Checkpoint {
  /** What is trained on, as JSON; its kind says how the data are made. */
  task: { kind: string }
  settings: TrainingSettings
  config: HrmConfig
  dataHash: string
  scalers: FeatureScaler[] | null
  /** Steps taken. */
  step: number
  /** Rows drawn from the data so far. */
  drawn: number
  random: [number, number, number, number]
  curves: Curves
  /** Temperature of every head for these weights; null = not fitted, or of no meaning for the task. */
  calibration: Record<string, number> | null
  /** Parameters, initial states and the table of identities, by the names of the reference. */
  weights: Weights
  /** Both moments of every parameter, `<name>.m` and `<name>.v`. */
  moments: Weights
  /** Running averages of the parameters; null where the mode has none. */
  average: Weights | null
  /** The parameters of the validation with the smallest loss; null where none is looked for. */
  best: BestWeights | null
  carry: StoredCarry
}

export interface BestWeights {
  step: number
  loss: number
  weights: Weights
}

/** Name of the first tensor that holds a number which is none; null = all are finite. */
export function notFinite({ weights, moments, average, carry }: Checkpoint): string | null {
  const all = { ...weights, ...moments, ...average, z_H: carry.zH, z_L: carry.zL }
  const found = Object.entries(all).find(([, { data }]) => !data.every(Number.isFinite))
  return found?.[0] ?? null
}

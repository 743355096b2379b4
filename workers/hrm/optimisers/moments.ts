import type * as tf from '@tensorflow/tfjs'
import type { HrmModel, Weights } from '../model/index.ts'
import type { UpdateAttributes } from './optimiser.ts'

/** What an optimiser needs of a model. */
export type Trained = Pick<HrmModel, 'parameters' | 'assign' | 'parameterCount'>

/** What an optimiser remembers of past gradients: m and v of every parameter of a model. */
export interface Moments {
  /** One step: moves the moments, and with them the parameters of the model. */
  move(gradients: Record<string, tf.Tensor>, attributes: UpdateAttributes): void
  /** Both moments of every parameter, by `momentNames`. */
  read(): Promise<Weights>
  /** Takes what `read` gave, complete and of the right sizes. */
  restore(moments: Weights): void
  dispose(): void
}

export function momentNames(parameter: string): [m: string, v: string] {
  return [`${parameter}.m`, `${parameter}.v`]
}

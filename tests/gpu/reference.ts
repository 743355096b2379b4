import * as tf from '@tensorflow/tfjs'
import { createModel } from '../../workers/hrm/model/index.ts'
import type { Batch, HrmModel } from '../../workers/hrm/model/index.ts'

/** A tensor as the files of the reference write it. */
export interface Stored {
  shape: number[]
  dtype: string
  data: number[]
}

/** Reads a file of `../shared/parity/hrm`, in the browser or in Node. */
export type ReadReference = <T>(path: string) => Promise<T>

export function tensorOf({ shape, dtype, data }: Stored): tf.Tensor {
  return tf.tensor(data, shape, dtype === 'int32' ? 'int32' : 'float32')
}

/** Folders of the two models the reference was run with. */
export const variants = [
  { name: 'without prefix', folder: '' },
  { name: 'with the identity prefix', folder: 'puzzle/' },
]

/** The model of a variant with the reference's weights, on the backend in use. */
export async function referenceModel(read: ReadReference, folder: string): Promise<HrmModel> {
  const file = await read<Record<string, number>>(`${folder}config.json`)
  const stored = await read<Record<string, Stored>>(`${folder}weights.json`)
  const weights = Object.fromEntries(
    Object.entries(stored).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
  )
  return createModel(
    {
      hiddenSize: file['hidden_size'],
      heads: file['num_heads'],
      expansion: file['expansion'],
      hLayers: file['H_layers'],
      lLayers: file['L_layers'],
      hCycles: file['H_cycles'],
      lCycles: file['L_cycles'],
      sequenceLength: file['seq_len'],
      vocabulary: file['vocab_size'],
      puzzleIds: file['num_puzzle_identifiers'],
      puzzleWidth: file['puzzle_emb_ndim'],
      haltMaxSteps: file['halt_max_steps'],
      explorationProbability: file['halt_exploration_prob'],
      ropeTheta: file['rope_theta'],
      normEpsilon: file['rms_norm_eps'],
    },
    weights,
  )
}

export async function referenceBatches(read: ReadReference, folder: string): Promise<Batch[]> {
  const file = await read<Record<string, Record<string, Stored>>>(`${folder}inputs.json`)
  return ['batch_1', 'batch_2'].map((name) => ({
    rows: file[name]['inputs'].shape[0],
    inputs: Int32Array.from(file[name]['inputs'].data),
    labels: Int32Array.from(file[name]['labels'].data),
    puzzleIds: Int32Array.from(file[name]['puzzle_identifiers'].data),
  }))
}

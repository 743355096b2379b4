import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { createModel, type Batch, type HrmConfig, type HrmModel } from '../../../workers/hrm/model/index.ts'
import { sharedJson } from '../shared.ts'

/** A tensor as the parity files write it. */
export interface Stored {
  shape: number[]
  dtype: string
  data: number[]
}

export function parityFile<T>(...path: string[]): T {
  return sharedJson<T>('parity', 'hrm', ...path)
}

export function tensorOf({ shape, dtype, data }: Stored): tf.Tensor {
  return tf.tensor(data, shape, dtype === 'int32' ? 'int32' : 'float32')
}

export const variants = [
  { name: 'without prefix', folder: [] },
  { name: 'with the identity prefix', folder: ['puzzle'] },
] as const

export type Variant = (typeof variants)[number]

/** The model of a variant, with the weights of the reference. */
export function parityModel({ folder }: Variant): HrmModel {
  const stored = parityFile<Record<string, Stored>>(...folder, 'weights.json')
  const weights = Object.fromEntries(
    Object.entries(stored).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
  )
  return createModel(parityConfig(parityFile(...folder, 'config.json')), weights)
}

type StoredConfig = Record<string, number | string>

function parityConfig(file: StoredConfig): HrmConfig {
  const number = (name: string) => {
    if (typeof file[name] !== 'number') throw new Error(`config.json has no number ${name}`)
    return file[name]
  }
  return {
    input: { kind: 'tokens' },
    outputs: [{ kind: 'tokens' }],
    outerLoop: true,
    hiddenSize: number('hidden_size'),
    heads: number('num_heads'),
    expansion: number('expansion'),
    hLayers: number('H_layers'),
    lLayers: number('L_layers'),
    hCycles: number('H_cycles'),
    lCycles: number('L_cycles'),
    sequenceLength: number('seq_len'),
    vocabulary: number('vocab_size'),
    puzzleIds: number('num_puzzle_identifiers'),
    puzzleWidth: number('puzzle_emb_ndim'),
    haltMaxSteps: number('halt_max_steps'),
    explorationProbability: number('halt_exploration_prob'),
    ropeTheta: number('rope_theta'),
    normEpsilon: number('rms_norm_eps'),
    positions: 'rope',
    innerMultiple: 256,
    mode: 'hrm-v1',
  }
}

export function parityBatches({ folder }: Variant): [Batch, Batch] {
  const file = parityFile<Record<string, Record<string, Stored>>>(...folder, 'inputs.json')
  const batch = (name: string): Batch => ({
    rows: file[name]['inputs'].shape[0],
    inputs: Int32Array.from(file[name]['inputs'].data),
    labels: Int32Array.from(file[name]['labels'].data),
    puzzleIds: Int32Array.from(file[name]['puzzle_identifiers'].data),
  })
  return [batch('batch_1'), batch('batch_2')]
}

/** Largest difference of a tensor and a stored one, over the largest stored size (at least 1e-12). */
export async function distance(found: tf.Tensor, { shape, data }: Stored): Promise<number> {
  expect(found.shape).toEqual(shape)
  const values = await found.data()
  const size = Math.max(1e-12, ...data.map(Math.abs))
  return Math.max(0, ...data.map((value, i) => Math.abs(value - values[i]))) / size
}

export async function cosine(found: tf.Tensor, { shape, data }: Stored): Promise<number> {
  expect(found.shape).toEqual(shape)
  const values = await found.data()
  let [dot, own, other] = [0, 0, 0]
  data.forEach((value, i) => {
    dot += value * values[i]
    own += value * value
    other += values[i] * values[i]
  })
  return own === 0 && other === 0 ? 1 : dot / Math.sqrt(own * other)
}

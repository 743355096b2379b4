import * as tf from '@tensorflow/tfjs'
import { headName, sizesOf, type HrmConfig } from './config.ts'

/** Rows for one step. What is not given counts as 0. */
export interface Batch {
  rows: number
  /** Token ids [rows × S], or features [rows × S × width]. */
  inputs: Int32Array | Float32Array
  /**
   * [rows × label width], row-major: S labels of the tokens head if there is one, then one for each head of
   * classes, in the order of the heads. −100 = no label.
   */
  labels: Int32Array
  /** [rows × heads of values]; NaN = no target. */
  targets?: Float32Array
  /** Level of each token [rows × S], 0 … levels − 1; for input of features. */
  levels?: Int32Array
  /** Bucket of each token's age [rows × S], 0 … ageBuckets − 1; for input of features. */
  ages?: Int32Array
  /** [rows]; 0 … puzzleIds − 1. */
  puzzleIds?: Int32Array
}

/** What goes on from segment to segment; row by row, each with its own data. */
export interface Carry {
  /** [rows, prefix + S, D] */
  zH: tf.Tensor3D
  /** [rows, prefix + S, D] */
  zL: tf.Tensor3D
  /** Segments each row has taken. */
  steps: Int32Array
  /** 1 = the row is done: it gets fresh data and initial states before its next segment. */
  halted: Uint8Array
  data: Batch
}

/** Labels per row. */
export function labelWidth(config: HrmConfig): number {
  return config.outputs.reduce(
    (sum, head) => sum + (head.kind === 'tokens' ? config.sequenceLength : head.kind === 'classes' ? 1 : 0),
    0,
  )
}

/** Where each head finds its labels or targets within a row. */
export function columnOf(config: HrmConfig, name: string): number {
  const head = config.outputs.find((each) => headName(each) === name)
  let column = 0
  for (const other of config.outputs) {
    if (other === head) break
    if (head?.kind === 'value') column += other.kind === 'value' ? 1 : 0
    else column += other.kind === 'tokens' ? config.sequenceLength : other.kind === 'classes' ? 1 : 0
  }
  return column
}

export function emptyCarry(config: HrmConfig, rows: number): Carry {
  const { total } = sizesOf(config)
  const { sequenceLength, hiddenSize, input } = config
  const size = rows * sequenceLength
  return {
    zH: tf.zeros([rows, total, hiddenSize]),
    zL: tf.zeros([rows, total, hiddenSize]),
    steps: new Int32Array(rows),
    halted: new Uint8Array(rows).fill(1),
    data: {
      rows,
      inputs: input.kind === 'tokens' ? new Int32Array(size) : new Float32Array(size * input.width),
      labels: new Int32Array(rows * labelWidth(config)).fill(-100),
    },
  }
}

export function disposeCarry({ zH, zL }: Carry): void {
  zH.dispose()
  zL.dispose()
}

/** The batch the segment works on: rows that halted take the new one, the others keep what they had. */
export function replaceData(carry: Carry, fresh: Batch): Batch {
  const { rows } = carry.data
  if (fresh.rows !== rows) throw new RangeError(`The batch has ${fresh.rows} rows; the carry has ${rows}.`)
  const { halted, data } = carry
  if (halted.every((each) => each === 1)) return fresh
  return {
    rows,
    inputs: merged(halted, data.inputs, fresh.inputs),
    labels: merged(halted, data.labels, fresh.labels),
    targets: optional(halted, data.targets, fresh.targets, Float32Array),
    levels: optional(halted, data.levels, fresh.levels, Int32Array),
    ages: optional(halted, data.ages, fresh.ages, Int32Array),
    puzzleIds: optional(halted, data.puzzleIds, fresh.puzzleIds, Int32Array),
  }
}

function merged<T extends Int32Array | Float32Array>(halted: Uint8Array, old: T, fresh: T): T {
  const out = old.slice() as T
  const width = fresh.length / halted.length
  halted.forEach((done, row) => {
    if (done) out.set(fresh.subarray(row * width, (row + 1) * width), row * width)
  })
  return out
}

function optional<T extends Int32Array | Float32Array>(
  halted: Uint8Array,
  old: T | undefined,
  fresh: T | undefined,
  kind: new (length: number) => T,
): T | undefined {
  if (!fresh && !old) return undefined
  const length = (fresh ?? old)?.length ?? 0
  return merged(halted, old ?? new kind(length), fresh ?? new kind(length))
}

/** States before the segment: `initial` [D] at every position of rows that halted, else as they were. */
export function resetStates(states: tf.Tensor3D, halted: Uint8Array, initial: tf.Tensor1D): tf.Tensor3D {
  if (halted.every((done) => done === 0)) return states.clone()
  // Added to zeros, because to repeat a tensor takes tfjs's WASM backend a hundred times longer.
  const everywhere = (x: tf.Tensor) => tf.add<tf.Tensor3D>(tf.zeros(states.shape), x)
  const start = everywhere(tf.reshape(initial, [1, 1, -1]))
  if (halted.every((done) => done === 1)) return start
  const done = everywhere(tf.tensor3d(halted, [halted.length, 1, 1], 'float32'))
  return tf.where<tf.Tensor3D>(tf.cast(done, 'bool'), start, states)
}

/** Segments each row has taken after the one that starts from this carry. */
export function takenAfter({ steps, halted }: Pick<Carry, 'steps' | 'halted'>): Int32Array {
  return steps.map((taken, row) => (halted[row] ? 1 : taken + 1))
}

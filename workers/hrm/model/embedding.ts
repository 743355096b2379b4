import * as tf from '@tensorflow/tfjs'
import { linear } from '../ops/linear.ts'
import type { Batch } from './carry.ts'
import { sizesOf, type HrmConfig } from './config.ts'

type Parameters = Record<string, tf.Tensor>

/**
 * The input of every L update: √D · (identity prefix, then tokens) → [B, prefix + S, D].
 * @param prefix the rows of the identity table for this batch [B, puzzleWidth], where there is one
 */
export function embed(
  config: HrmConfig,
  parameters: Parameters,
  batch: Batch,
  prefix: tf.Tensor2D | null,
): tf.Tensor3D {
  const { hiddenSize, sequenceLength } = config
  const { rows } = batch
  const flat =
    config.input.kind === 'tokens' ? ofTokens(parameters, batch) : ofFeatures(config, parameters, batch)
  let x = tf.reshape(flat, [rows, sequenceLength, hiddenSize]) // [B, S, D]
  if (prefix) x = tf.concat([spread(config, prefix), x], 1) // [B, prefix + S, D]
  if (config.positions === 'learned')
    x = tf.mul(tf.add(x, parameters['embed_pos.embedding_weight']), Math.SQRT1_2)
  return tf.mul(x, Math.sqrt(hiddenSize))
}

function ofTokens(parameters: Parameters, batch: Batch): tf.Tensor2D {
  return rowsOf(parameters['embed_tokens.embedding_weight'], batch.inputs as Int32Array, 'token')
}

/** A projection of the features, and a learned vector each for the token's level and its age. */
function ofFeatures(config: HrmConfig, parameters: Parameters, batch: Batch): tf.Tensor2D {
  if (config.input.kind !== 'features') throw new TypeError('The input is not of features.')
  const { width } = config.input
  const tokens = batch.rows * config.sequenceLength
  const features = tf.tensor2d(batch.inputs, [tokens, width], 'float32')
  const projected = linear(features, parameters['embed_features.weight'] as tf.Tensor2D)
  const none = new Int32Array(tokens)
  const level = rowsOf(parameters['embed_levels.embedding_weight'], batch.levels ?? none, 'level')
  const age = rowsOf(parameters['embed_ages.embedding_weight'], batch.ages ?? none, 'bucket of age')
  return tf.add(tf.add(projected, level), age)
}

/**
 * Rows of a table [V, D] by id → [N, D]. As a product with one-hot rows, because WASM has no gradient of
 * gather (tfjs lacks UnsortedSegmentSum there). Throws a RangeError for an id that has no row.
 */
function rowsOf(table: tf.Tensor, ids: Int32Array, what: string): tf.Tensor2D {
  const [count] = table.shape
  const oneHot = new Float32Array(ids.length * count)
  ids.forEach((id, i) => {
    if (!(id >= 0 && id < count)) throw new RangeError(`The ${what} ${id} is not 0 to ${count - 1}.`)
    oneHot[i * count + id] = 1
  })
  return linear(tf.tensor2d(oneHot, [ids.length, count]), tf.transpose(table as tf.Tensor2D))
}

/** [B, puzzleWidth] → [B, prefix, D], zeros at its end. */
function spread(config: HrmConfig, prefix: tf.Tensor2D): tf.Tensor3D {
  const { prefix: positions } = sizesOf(config)
  const { hiddenSize, puzzleWidth } = config
  const padded = tf.pad(prefix, [
    [0, 0],
    [0, positions * hiddenSize - puzzleWidth],
  ])
  return tf.reshape(padded, [prefix.shape[0], positions, hiddenSize])
}

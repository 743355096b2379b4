import * as tf from '@tensorflow/tfjs'
import {
  binaryCrossEntropy,
  ignoredLabel,
  softmaxCrossEntropy,
  stablemaxCrossEntropy,
} from '../ops/crossEntropy.ts'
import { withoutGradient } from '../ops/withoutGradient.ts'
import { columnOf, labelWidth, type Batch } from './carry.ts'
import { headName, type HeadSpec, type HrmConfig } from './config.ts'
import type { Outputs } from './heads.ts'

/** Scalars; sums over rows, as the reference back-propagates them before it divides by the batch. */
export interface LossTensors {
  /** Loss of the outputs. */
  lm: tf.Scalar
  qHalt: tf.Scalar
  qContinue: tf.Scalar
  /** lm + ½ (qHalt + qContinue) */
  total: tf.Scalar
  /** Per row: share of valid labels that are met [B]. */
  accuracy: tf.Tensor1D
  /** Per row: 1 where every valid label of the first head is met, also where there is none [B]. */
  right: tf.Tensor1D
}

/** A GPU may divide n by n a rounding below 1; no row is long enough to come this near with a miss. */
const roundedOne = 1 - 1e-6

/**
 * @param continueTarget what q_continue is drawn to [B]; null = the mode does not learn it
 */
export function lossesOf(
  config: HrmConfig,
  outputs: Outputs,
  batch: Batch,
  continueTarget: tf.Tensor1D | null,
): LossTensors {
  const lm = config.outputs
    .map((head) => lossOfHead(config, head, outputs.heads[headName(head)], batch))
    .reduce((sum, loss) => tf.add(sum, loss))
  const accuracy = withoutGradient(() => accuracyOf(config, outputs, batch))
  const right = withoutGradient(() => tf.cast<tf.Tensor1D>(tf.greaterEqual(accuracy, roundedOne), 'float32'))
  const qHalt = tf.sum<tf.Scalar>(binaryCrossEntropy(outputs.qHalt, right))
  const qContinue = continueTarget
    ? tf.sum<tf.Scalar>(binaryCrossEntropy(outputs.qContinue, continueTarget))
    : tf.scalar(0)
  const total = tf.add<tf.Scalar>(lm, tf.mul(0.5, tf.add(qHalt, qContinue)))
  return { lm, qHalt, qContinue, total, accuracy, right }
}

function lossOfHead(config: HrmConfig, head: HeadSpec, logits: tf.Tensor, batch: Batch): tf.Scalar {
  if (head.kind === 'tokens') {
    const { labels, weights } = tokenLabels(config, batch)
    const flat = tf.reshape<tf.Rank.R2>(logits, [labels.length, config.vocabulary]) // [B·S, V]
    const perToken = stablemaxCrossEntropy(flat, tf.tensor1d(labels, 'int32')) // [B·S]
    return tf.sum(tf.mul(perToken, tf.tensor1d(weights)))
  }
  if (head.kind === 'classes') {
    const labels = tf.tensor1d(columnLabels(config, head, batch), 'int32')
    return tf.mul(tf.sum(softmaxCrossEntropy(logits as tf.Tensor2D, labels)), head.weight)
  }
  const wanted = valueTargets(config, head, batch)
  const known = Float32Array.from(wanted, (value) => Number(!Number.isNaN(value)))
  const error = tf.sub(
    tf.reshape(logits, [batch.rows]),
    tf.tensor1d(wanted.map((value) => (Number.isNaN(value) ? 0 : value))),
  )
  return tf.mul(tf.sum(tf.mul(tf.square(error), tf.tensor1d(known))), head.weight)
}

/** Share of the first head's valid labels met, per row; 1 for a row without any. [B] */
function accuracyOf(config: HrmConfig, outputs: Outputs, batch: Batch): tf.Tensor1D {
  const head = config.outputs[0]
  if (head.kind === 'value') return tf.ones([batch.rows])
  const labels =
    head.kind === 'tokens' ? tokenLabels(config, batch).labels : columnLabels(config, head, batch)
  const wide = labels.length / batch.rows
  const valid = new Float32Array(batch.rows)
  labels.forEach((label, i) => (valid[Math.floor(i / wide)] += Number(label !== ignoredLabel)))
  // A row without valid labels counts as right: one more than the 0 of 0 it met.
  const none = valid.map((count) => Number(count === 0))
  const predicted = tf.reshape(tf.argMax(outputs.logits, -1), [batch.rows, wide])
  const met = tf.sum(
    tf.cast(
      tf.equal(tf.cast(predicted, 'int32'), tf.tensor2d(labels, [batch.rows, wide], 'int32')),
      'float32',
    ),
    1,
  )
  return tf.div(tf.add(met, tf.tensor1d(none)), tf.maximum(tf.tensor1d(valid), 1))
}

/** Labels of the tokens head [B·S] and 1 / (valid labels of the row) for each. */
function tokenLabels(config: HrmConfig, batch: Batch): { labels: Int32Array; weights: Float32Array } {
  const { sequenceLength: s } = config
  const [width, column] = [labelWidth(config), columnOf(config, 'lm')]
  const labels = new Int32Array(batch.rows * s)
  const weights = new Float32Array(batch.rows * s)
  for (let row = 0; row < batch.rows; row++) {
    const own = batch.labels.subarray(row * width + column, row * width + column + s)
    labels.set(own, row * s)
    const valid = own.reduce((count, label) => count + Number(label !== ignoredLabel), 0)
    weights.fill(1 / Math.max(valid, 1), row * s, (row + 1) * s)
  }
  return { labels, weights }
}

function columnLabels(config: HrmConfig, head: HeadSpec, batch: Batch): Int32Array {
  const [width, column] = [labelWidth(config), columnOf(config, headName(head))]
  return Int32Array.from({ length: batch.rows }, (_, row) => batch.labels[row * width + column])
}

function valueTargets(config: HrmConfig, head: HeadSpec, batch: Batch): Float32Array {
  const width = config.outputs.filter(({ kind }) => kind === 'value').length
  const column = columnOf(config, headName(head))
  return Float32Array.from({ length: batch.rows }, (_, row) => batch.targets?.[row * width + column] ?? NaN)
}

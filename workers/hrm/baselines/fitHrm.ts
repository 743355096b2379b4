import * as tf from '@tensorflow/tfjs'
import type { TrainingSettings } from '../api.ts'
import { createModel, disposeCarry, type Batch, type HrmConfig, type Weights } from '../model/index.ts'
import { EpochRows } from '../training/epochRows.ts'
import { modelConfig } from '../training/modelConfig.ts'
import { Trainer } from '../training/trainer.ts'
import { trainToEnd } from '../training/trainToEnd.ts'
import { checkTask } from './classifier.ts'
import type { Classifier, Table, Task } from './classifier.ts'
import type { Run } from './run.ts'
import { fitStepScaler, rowMajor } from './sequences.ts'
import { softmax } from './softmax.ts'

/** Small enough for some thousands of rows; a step is one segment. */
export const usualHrm: TrainingSettings = {
  mode: 'hrm-v1',
  hiddenSize: 32,
  layers: 1,
  heads: 4,
  haltMaxSteps: 4,
  batchRows: 64,
  learningRate: 5e-4,
  warmUpSteps: 50,
  weightDecay: 0.1,
  optimiser: 'adam-atan2',
  clipNorm: null,
  steps: 1_500,
  validateEvery: 50,
  patience: 6,
  seed: 1,
}

export interface HrmClassifier extends Classifier {
  parameterCount: number
  /** Steps kept: those of the smallest loss on validation. */
  steps: number
}

/**
 * The model of the paper in any of its modes over the steps of each row, oldest first, as a classifier among
 * the others: `mode: 'transformer'` is the transformer of equal size. Heads read position 0, so an empty
 * summary token stands before the steps. Features are standardised by training rows, a missing one is taken
 * for its mean; every row runs all its segments. The result holds no tensors.
 *
 * Throws a RangeError where the features of a row do not divide into the steps, a NotANumberError where the
 * loss is no number.
 *
 * @param steps of the sequence that a row of the table holds
 */
export async function fitHrm(
  task: Task,
  steps: number,
  options: Partial<TrainingSettings> = {},
  run: Run = {},
): Promise<HrmClassifier> {
  checkTask(task)
  const settings = { ...usualHrm, ...options }
  const { table, labels, classes, train, validation } = task
  const width = table.width / steps
  const scaler = fitStepScaler(table, steps, train)
  const config = modelConfig(settings, {
    // Level 0 is the summary token, level 1 the steps.
    input: { kind: 'features', width, levels: 2, ageBuckets: 1 },
    outputs: [{ kind: 'classes', name: answer, classes, weight: 1 }],
    sequenceLength: steps + 1,
    vocabulary: 1,
  })
  const batchOf = (other: Table, rows: Int32Array, labelOf: (row: number) => number): Batch =>
    withSummary(rowMajor(other, steps, rows, scaler), steps, width, Int32Array.from(rows, labelOf))
  const order = new EpochRows(train.length, settings.seed)
  const labelOf = (row: number) => labels[row]
  const trainer = Trainer.start({
    task: { kind: 'rows' },
    settings,
    config,
    source: {
      next: (count, _random, drawn) => {
        const rows = order.take(count, drawn).map((i) => train[i])
        return batchOf(table, rows, labelOf)
      },
      validation: piecesOf(validation).map((rows) => batchOf(table, rows, labelOf)),
      hash: '',
      scalers: null,
    },
  })
  try {
    const kept = await trainToEnd(trainer, settings.steps, run)
    const weights = await trainer.answering(() => trainer.model.weights())
    return {
      parameterCount: trainer.model.parameterCount(),
      steps: kept,
      probabilities: (other, rows) =>
        probabilitiesOf(config, weights, (some) => batchOf(other, some, noLabel), rows),
    }
  } finally {
    trainer.dispose()
  }
}

const answer = 'answer'
/** Rows read at once where nothing is learnt. */
const readAtOnce = 512
const noLabel = () => -100

function piecesOf(rows: Int32Array): Int32Array[] {
  const pieces: Int32Array[] = []
  for (let from = 0; from < rows.length; from += readAtOnce)
    pieces.push(rows.subarray(from, from + readAtOnce))
  return pieces
}

/** Sequences [rows × steps × width] behind an empty summary token each. */
function withSummary(sequences: Float32Array, steps: number, width: number, labels: Int32Array): Batch {
  const rows = labels.length
  const inputs = new Float32Array(rows * (steps + 1) * width)
  const levels = new Int32Array(rows * (steps + 1)).fill(1)
  for (let row = 0; row < rows; row++) {
    const own = sequences.subarray(row * steps * width, (row + 1) * steps * width)
    inputs.set(own, (row * (steps + 1) + 1) * width)
    levels[row * (steps + 1)] = 0
  }
  return { rows, inputs, levels, labels }
}

/** [rows × classes], after the last segment. */
async function probabilitiesOf(
  config: HrmConfig,
  weights: Weights,
  batchOf: (rows: Int32Array) => Batch,
  rows: Int32Array,
): Promise<Float64Array> {
  const model = createModel(config, weights)
  try {
    const pieces: number[] = []
    for (const some of piecesOf(rows)) {
      const batch = batchOf(some)
      let carry = model.initialCarry(batch.rows)
      for (let running = true; running;) {
        const { carry: next, outputs } = await model.segment(carry, batch, { training: false })
        disposeCarry(carry)
        carry = next
        running = carry.halted.includes(0)
        if (!running) pieces.push(...(await outputs.logits.data()))
        tf.dispose(outputs)
      }
      disposeCarry(carry)
    }
    const out = Float64Array.from(pieces)
    const classes = out.length / rows.length
    for (let at = 0; at < out.length; at += classes) softmax(out, at, classes)
    return out
  } finally {
    model.dispose()
  }
}

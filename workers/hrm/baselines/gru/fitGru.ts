import * as tf from '@tensorflow/tfjs'
import { Random } from '../../../quant/random.ts'
import { logLoss } from '../../evaluation/properScores.ts'
import { Optimiser } from '../../optimisers/optimiser.ts'
import { baseRates } from '../baseRate.ts'
import { checkTask } from '../classifier.ts'
import type { Classifier, Table, Task } from '../classifier.ts'
import { breather } from '../run.ts'
import type { Run } from '../run.ts'
import { softmax } from '../softmax.ts'
import { gruLogits } from './network.ts'
import type { GruParameters } from './network.ts'
import { fitStepScaler, stepMajor } from '../sequences.ts'
import { parametersOf, TrainedGru } from './trainedGru.ts'

export interface GruOptions {
  units: number
  learningRate: number
  weightDecay: number
  /** rows of a training step */
  batch: number
  /** most passes over the training rows */
  epochs: number
  /** epochs without a smaller log loss on validation after which training stops */
  patience: number
  seed: number
}

export const usualGru: GruOptions = {
  units: 32,
  learningRate: 0.003,
  weightDecay: 0.01,
  batch: 64,
  epochs: 60,
  patience: 8,
  seed: 1,
}

export interface GruClassifier extends Classifier {
  parameterCount: number
  /**
   * epochs kept: those of the smallest log loss on validation, none where the base rates were never beaten, all
   * where there is no validation
   */
  epochs: number
}

/**
 * A GRU over the steps of each row, oldest first, trained with AdamW on the backend in use. Features are
 * standardised by training rows, each on one scale in all steps; a missing one is taken for its mean. The
 * result holds no tensors, so there is nothing to dispose, and it outlives a lost device.
 *
 * Throws a RangeError where the features of a row do not divide into the steps, an Error where the loss is not
 * a number in the first epoch; later, training ends with the best epoch before.
 *
 * @param steps of the sequence that a row of the table holds
 */
export async function fitGru(
  task: Task,
  steps: number,
  options: Partial<GruOptions> = {},
  run: Run = {},
): Promise<GruClassifier> {
  checkTask(task)
  const { units, learningRate, weightDecay, batch, epochs, patience, seed } = { ...usualGru, ...options }
  const { table, labels, classes, train, validation } = task
  const scaler = fitStepScaler(table, steps, train)
  const sizes = { width: table.width / steps, units, classes }
  const random = new Random(seed)
  const breathe = breather(run)
  const validationLabels = Array.from(validation, (row) => labels[row])
  const gru = new TrainedGru(sizes, baseRates(task), random)
  const adamW = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay } as const
  const optimiser = new Optimiser(gru, adamW)
  const lossSum = tf.tidy(() => tf.variable(tf.scalar(0), false))

  /** [rows asked for × classes], by the parameters as they are */
  const probabilities = async (parameters: GruParameters, other: Table, rows: Int32Array) => {
    const out = new Float64Array(rows.length * classes)
    for (let from = 0; from < rows.length; from += readAtOnce) {
      const some = rows.subarray(from, from + readAtOnce)
      const logits = tf.tidy(() =>
        gruLogits(
          parameters,
          tf.tensor3d(stepMajor(other, steps, some, scaler), [steps, some.length, sizes.width]),
        ),
      )
      out.set(await logits.data(), from * classes)
      logits.dispose()
    }
    for (let at = 0; at < out.length; at += classes) softmax(out, at, classes)
    return out
  }

  const lossOnValidation = async () =>
    logLoss(await probabilities(gru.parameters, table, validation))(validationLabels)

  /** One pass over the training rows in a new order; returns the mean loss. */
  const epoch = async () => {
    const order = random.shuffle(train.slice())
    tf.tidy(() => lossSum.assign(tf.scalar(0)))
    for (let from = 0; from < order.length; from += batch) {
      const rows = order.subarray(from, from + batch)
      const sequences = stepMajor(table, steps, rows, scaler)
      const { loss, gradients } = gru.gradients(
        sequences,
        steps,
        Int32Array.from(rows, (row) => labels[row]),
      )
      optimiser.apply(gradients, learningRate, 1 / rows.length)
      tf.tidy(() => lossSum.assign(tf.add(lossSum, loss)))
      tf.dispose([loss, gradients])
      await breathe()
    }
    const [sum] = await lossSum.data()
    return sum / order.length
  }

  try {
    let best = { epochs: 0, loss: await lossOnValidation(), stored: await gru.read() }
    for (let done = 1; done <= epochs && done - best.epochs <= patience; done++) {
      const trainLoss = await epoch()
      if (!Number.isFinite(trainLoss)) {
        if (done > 1) break
        throw new Error('The loss of the GRU is not a number: a smaller learning rate may help.')
      }
      const validationLoss = await lossOnValidation()
      if (validation.length === 0 || validationLoss < best.loss)
        best = { epochs: done, loss: validationLoss, stored: await gru.read() }
      run.onProgress?.({ done, total: epochs, trainLoss, validationLoss })
    }
    return {
      parameterCount: gru.parameterCount(),
      epochs: best.epochs,
      probabilities: async (other, rows) => {
        const parameters = parametersOf(best.stored, sizes)
        try {
          return await probabilities(parameters, other, rows)
        } finally {
          tf.dispose(parameters)
        }
      },
    }
  } finally {
    lossSum.dispose()
    optimiser.dispose()
    gru.dispose()
  }
}

/** Rows read at once where nothing is learnt. */
const readAtOnce = 512

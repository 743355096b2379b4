import * as tf from '@tensorflow/tfjs'
import { disposeCarry, type Batch, type HrmModel } from '../model/index.ts'
import { lossesOf } from '../model/losses.ts'
import { ignoredLabel } from '../ops/crossEntropy.ts'

/** Means over the rows that have a label. */
export interface ValidationResult {
  loss: number
  accuracy: number
  exact: number
}

/**
 * Lets the model answer rows it was not trained on, every row running all its segments.
 * @param goesOn asked before each segment; once it says no, null is returned
 */
export async function validate(
  model: HrmModel,
  batches: Batch[],
  goesOn: () => Promise<boolean>,
): Promise<ValidationResult | null> {
  const sums = { rows: 0, loss: 0, accuracy: 0, exact: 0 }
  for (const batch of batches) {
    const result = await validateBatch(model, batch, goesOn)
    if (!result) return null
    const labelled = labelledRows(batch)
    sums.rows += labelled.length
    sums.loss += result.loss
    for (const row of labelled) {
      sums.accuracy += result.accuracy[row]
      sums.exact += result.right[row]
    }
  }
  const { rows, loss, accuracy, exact } = sums
  return { loss: loss / rows, accuracy: accuracy / rows, exact: exact / rows }
}

async function validateBatch(
  model: HrmModel,
  batch: Batch,
  goesOn: () => Promise<boolean>,
): Promise<{ loss: number; accuracy: Float32Array; right: Float32Array } | null> {
  let carry = model.initialCarry(batch.rows)
  try {
    for (;;) {
      if (!(await goesOn())) return null
      const { carry: next, outputs } = await model.segment(carry, batch, { training: false })
      disposeCarry(carry)
      carry = next
      const done = carry.halted.every((halted) => halted === 1)
      const summary = done ? summaryOf(model, outputs, batch) : null
      tf.dispose(outputs)
      if (!summary) continue
      const numbers = (await summary.data()) as Float32Array
      summary.dispose()
      return {
        loss: numbers[0],
        accuracy: numbers.slice(1, 1 + batch.rows),
        right: numbers.slice(1 + batch.rows),
      }
    }
  } finally {
    disposeCarry(carry)
  }
}

/** Loss, then accuracy and rightness per row [1 + 2 × rows], so that they are read at once. */
function summaryOf(model: HrmModel, outputs: Parameters<typeof lossesOf>[1], batch: Batch): tf.Tensor1D {
  return tf.tidy(() => {
    const { lm, accuracy, right } = lossesOf(model.config, outputs, batch, null)
    return tf.concat1d([tf.reshape<tf.Rank.R1>(lm, [1]), accuracy, right])
  })
}

/** Without a single label in the batch its targets are numbers, which every row has. */
function labelledRows({ rows, labels }: Batch): number[] {
  const width = labels.length / rows
  const all = Array.from({ length: rows }, (_, row) => row)
  if (width === 0) return all
  return all.filter((row) =>
    labels.subarray(row * width, (row + 1) * width).some((label) => label !== ignoredLabel),
  )
}

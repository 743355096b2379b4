import type { TrainingPoint, ValidationPoint } from '../api.ts'
import type { Losses, Metrics } from '../model/index.ts'

/** Points a curve of a whole training has at most; more cannot be seen. */
const mostPoints = 400

/** What was measured so far, and the sums towards the next point. */
export interface Curves {
  training: TrainingPoint[]
  validation: ValidationPoint[]
  pending: Sums
}

interface Sums {
  steps: number
  /** Of the loss per row. */
  loss: number
  /** Rows that halted, and sums over them. */
  rows: number
  accuracy: number
  exact: number
  depth: number
}

const nothing: Sums = { steps: 0, loss: 0, rows: 0, accuracy: 0, exact: 0, depth: 0 }

export const emptyCurves: Curves = { training: [], validation: [], pending: nothing }

/** The curves after one more step; a point is set at regular steps, once a row has halted since the last. */
export function withStep(
  curves: Curves,
  step: {
    number: number
    /** Steps of the whole training. */
    of: number
    rows: number
    learningRate: number
    losses: Losses
    metrics: Metrics
  },
): Curves {
  const { pending } = curves
  const { metrics, losses, rows } = step
  const sums: Sums = {
    steps: pending.steps + 1,
    loss: pending.loss + losses.lm / rows,
    rows: pending.rows + metrics.count,
    accuracy: pending.accuracy + metrics.accuracy,
    exact: pending.exact + metrics.exactAccuracy,
    depth: pending.depth + metrics.steps,
  }
  const due = step.number % Math.ceil(step.of / mostPoints) === 0
  if (!due || sums.rows === 0) return { ...curves, pending: sums }
  const point: TrainingPoint = {
    step: step.number,
    loss: sums.loss / sums.steps,
    accuracy: sums.accuracy / sums.rows,
    exact: sums.exact / sums.rows,
    depth: sums.depth / sums.rows,
    learningRate: step.learningRate,
  }
  return { ...curves, training: [...curves.training, point], pending: nothing }
}

export function withValidation(curves: Curves, point: ValidationPoint): Curves {
  return { ...curves, validation: [...curves.validation, point] }
}

import type { RowDataset, RowScores } from '../../quant/rows.ts'
import type { TrainingSettings } from '../api.ts'
import type { Run } from '../baselines/run.ts'
import { Trainer } from '../training/trainer.ts'
import { trainToEnd } from '../training/trainToEnd.ts'
import type { Curves } from '../training/curves.ts'
import { scoringModel } from './scoringModel.ts'
import { networkName } from './networkName.ts'
import { RowNetwork } from './rowNetwork.ts'
import type { RowsModel } from './rowsModel.ts'
import { rowsTraining } from './rowsTraining.ts'
import type { ScoredRows } from './rowTables.ts'

/** Small enough for some thousands of rows, and to score them within seconds; a step is one segment. */
export const usualRows: TrainingSettings = {
  mode: 'hrm-v1',
  hiddenSize: 32,
  layers: 1,
  heads: 2,
  haltMaxSteps: 2,
  batchRows: 64,
  learningRate: 1e-3,
  warmUpSteps: 40,
  weightDecay: 0.1,
  optimiser: 'adam-atan2',
  clipNorm: null,
  steps: 500,
  validateEvery: 50,
  patience: 4,
  seed: 1,
}

export interface FittedRows extends RowsModel {
  /** Step whose weights were kept. */
  step: number
  parameterCount: number
  curves: Curves
  /** @param rows which of them, in this order; absent = all */
  score(table: ScoredRows, rows?: Int32Array): Promise<RowScores>
  /** Lets go of the tensors that scoring keeps. */
  dispose(): void
}

/**
 * Trains a network on rows, keeps the weights of the smallest loss on validation, and fits its temperatures there.
 * Throws a NotANumberError where the loss is no number, a RangeError where there is nothing to train on.
 *
 * @param identity the model is told what a row is about
 */
export async function fitRows(
  dataset: RowDataset,
  settings: Partial<TrainingSettings> = {},
  run: Run = {},
  { identity = false, id = 'fitted' }: { identity?: boolean; id?: string } = {},
): Promise<FittedRows> {
  const all = { ...usualRows, ...settings }
  const training = rowsTraining(dataset, all, identity)
  const { config, scalers } = training
  const trainer = Trainer.start(training)
  try {
    const step = await trainToEnd(trainer, all.steps, run)
    await trainer.calibrate()
    const model: RowsModel = {
      weights: await trainer.answering(() => trainer.model.weights()),
      config,
      scalers,
      calibration: trainer.calibration ?? {},
      scoring: scoringModel(dataset, id, networkName(all, step, identity), all.mode),
    }
    const network = new RowNetwork(model)
    return {
      ...model,
      step,
      parameterCount: trainer.model.parameterCount(),
      curves: trainer.curves,
      score: (table, rows) => network.score(table, rows),
      dispose: () => network.dispose(),
    }
  } finally {
    trainer.dispose()
  }
}

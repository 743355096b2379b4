import type { RowDataset, RowScores } from '../../quant/rows.ts'
import type { TrainableMode, TrainingSettings } from '../api.ts'
import type { Run } from '../baselines/run.ts'
import { modelConfig } from '../training/modelConfig.ts'
import { Trainer } from '../training/trainer.ts'
import { trainToEnd } from '../training/trainToEnd.ts'
import type { Curves } from '../training/curves.ts'
import { describeModel } from './describeModel.ts'
import { RowNetwork } from './rowNetwork.ts'
import { fitRowScalers } from './rowScalers.ts'
import type { RowsModel } from './rowsModel.ts'
import { rowsShape } from './rowsShape.ts'
import { rowsSource } from './rowsSource.ts'
import type { ScoredRows } from './rowTables.ts'
import { fitTemperatures } from './temperatures.ts'

/** Small enough for some thousands of rows, and to score them within seconds; a step is one segment. */
export const usualRows: TrainingSettings = {
  mode: 'hrm-v1',
  hiddenSize: 32,
  layers: 1,
  heads: 4,
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
  score(rows: ScoredRows): Promise<RowScores>
  /** Lets go of the tensors that scoring keeps. */
  dispose(): void
}

/** How the modes are called where rows are concerned. */
export const modeNames: Record<TrainableMode, string> = {
  'hrm-v1': 'HRM',
  trm: 'TRM',
  transformer: 'Transformer with outer loop',
  'transformer-without-loop': 'Transformer',
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
  const trainer = Trainer.start(training)
  const { config } = training
  let fitted: { step: number; weights: RowsModel['weights']; curves: Curves; parameterCount: number }
  try {
    const step = await trainToEnd(trainer, all.steps, run)
    fitted = {
      step,
      weights: await trainer.answering(() => trainer.model.weights()),
      curves: trainer.curves,
      parameterCount: trainer.model.parameterCount(),
    }
  } finally {
    trainer.dispose()
  }
  const scoring = describeModel(dataset, id, networkName(all, fitted.step, identity))
  const { scalers } = training
  const raw: RowsModel = { weights: fitted.weights, config, scalers, calibration: {}, scoring }
  const { validation } = dataset.split
  const uncalibrated = new RowNetwork(raw)
  const said = await uncalibrated.score(dataset, validation, run).finally(() => uncalibrated.dispose())
  const model = { ...raw, calibration: fitTemperatures(said, dataset.labels, validation) }
  const network = new RowNetwork(model)
  return {
    ...model,
    step: fitted.step,
    parameterCount: fitted.parameterCount,
    curves: fitted.curves,
    score: (rows) => network.score(rows),
    dispose: () => network.dispose(),
  }
}

/** “HRM, 32 wide, 420 steps” */
export function networkName({ mode, hiddenSize }: TrainingSettings, step: number, identity: boolean): string {
  return `${modeNames[mode]}, ${hiddenSize} wide, ${step} steps${identity ? ', told who' : ''}`
}

/** What is trained, how, and on which rows. */
export function rowsTraining(dataset: RowDataset, settings: TrainingSettings, identity: boolean) {
  if (dataset.split.train.length === 0) throw new RangeError('There are no rows to train on.')
  const config = modelConfig(settings, rowsShape(dataset, settings.hiddenSize, identity))
  const scalers = fitRowScalers(dataset)
  const source = rowsSource(dataset, config, scalers, settings.seed)
  return { task: { kind: 'rows', dataset: dataset.hash, identity }, settings, config, source, scalers }
}

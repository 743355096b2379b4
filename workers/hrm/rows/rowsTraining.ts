import type { RowDataset } from '../../quant/rows.ts'
import type { TrainingSettings } from '../api.ts'
import { modelConfig } from '../training/modelConfig.ts'
import { fitRowScalers } from './rowScalers.ts'
import { rowsShape } from './rowsShape.ts'
import { rowsSource } from './rowsSource.ts'
import { storedRowsTask } from './storedRowsTask.ts'

/**
 * What is trained, how, and on which rows. Throws a RangeError where there is nothing to train on.
 * @param identity the model is told what a row is about
 */
export function rowsTraining(dataset: RowDataset, settings: TrainingSettings, identity: boolean) {
  if (dataset.split.train.length === 0) throw new RangeError('There are no rows to train on.')
  const config = modelConfig(settings, rowsShape(dataset, settings.hiddenSize, identity))
  const scalers = fitRowScalers(dataset)
  const source = rowsSource(dataset, config, scalers, settings.seed)
  return { task: storedRowsTask(dataset, identity), settings, config, source, scalers }
}

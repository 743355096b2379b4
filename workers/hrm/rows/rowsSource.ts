import type { RowDataset } from '../../quant/rows.ts'
import type { HrmConfig } from '../model/index.ts'
import type { DataSource, FeatureScaler } from '../training/dataSource.ts'
import { EpochRows } from '../training/epochRows.ts'
import { piecesOf } from './pieces.ts'
import { labelledBatch } from './rowBatch.ts'
import { scoreRows } from './scoreRows.ts'
import { fitTemperatures } from './temperatures.ts'

/** The training rows of a dataset in epochs, its validation rows beside them. */
export function rowsSource(
  dataset: RowDataset,
  config: HrmConfig,
  scalers: FeatureScaler[],
  seed: number,
): DataSource {
  const { train, validation } = dataset.split
  const order = new EpochRows(train.length, seed)
  return {
    next: (count, _random, drawn) => {
      const rows = order.take(count, drawn).map((i) => train[i])
      return labelledBatch(dataset, rows, scalers, config)
    },
    validation: piecesOf(validation).map((rows) => labelledBatch(dataset, rows, scalers, config)),
    hash: dataset.hash,
    scalers,
    async calibrate(model) {
      const said = await scoreRows(model, { scalers, calibration: {} }, dataset, validation)
      return fitTemperatures(said, dataset.labels, validation)
    },
  }
}

import type { RowDataset } from '../../quant/rows.ts'
import type { Batch, HrmConfig } from '../model/index.ts'
import { ignoredLabel } from '../ops/crossEntropy.ts'
import type { FeatureScaler } from '../training/dataSource.ts'
import { scaledSequences, valueScaler } from './rowScalers.ts'
import { levelsOf, type ScoredRows } from './rowTables.ts'

/** Some rows of a table as a batch without labels. */
export function rowBatch(
  table: ScoredRows,
  rows: Int32Array,
  scalers: FeatureScaler[],
  config: Pick<HrmConfig, 'puzzleWidth' | 'puzzleIds' | 'outputs'>,
): Batch {
  const { length, levels, ages } = table.sequence
  const empty = levelsOf(table) - 1
  const batchLevels = new Int32Array(rows.length * length)
  const batchAges = new Int32Array(rows.length * length)
  rows.forEach((row, i) => {
    for (let token = 0; token < length; token++) {
      const level = levels[row * length + token]
      batchLevels[i * length + token] = level < 0 ? empty : level
      batchAges[i * length + token] = level < 0 ? 0 : ages[row * length + token]
    }
  })
  const heads = config.outputs.filter(({ kind }) => kind === 'classes').length
  return {
    rows: rows.length,
    inputs: scaledSequences(table, rows, scalers),
    labels: new Int32Array(rows.length * heads).fill(ignoredLabel),
    levels: batchLevels,
    ages: batchAges,
    ...(config.puzzleWidth > 0 && { puzzleIds: identities(table.entity, rows, config.puzzleIds) }),
  }
}

/** Some rows of a dataset with their labels, and the value to be foretold standardised. */
export function labelledBatch(
  dataset: RowDataset,
  rows: Int32Array,
  scalers: FeatureScaler[],
  config: Pick<HrmConfig, 'puzzleWidth' | 'puzzleIds' | 'outputs'>,
): Batch {
  const batch = rowBatch(dataset, rows, scalers, config)
  const { mean, deviation } = valueScaler(scalers)
  const targets = new Float32Array(rows.length)
  rows.forEach((row, i) => {
    dataset.labels.forEach(
      ({ values }, head) => (batch.labels[i * dataset.labels.length + head] = values[row]),
    )
    targets[i] = deviation > 0 ? (dataset.value.values[row] - mean) / deviation : NaN
  })
  return { ...batch, targets }
}

/** Entity + 1; 0 is nobody, whose row of the table is never trained, as are those of entities without training rows. */
function identities(entity: Int32Array | undefined, rows: Int32Array, known: number): Int32Array {
  return rows.map((row) => {
    const id = (entity?.[row] ?? -1) + 1
    return id > 0 && id < known ? id : 0
  })
}

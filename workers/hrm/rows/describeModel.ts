import type { RowDataset, ScoringModel } from '../../quant/rows.ts'
import { featuresOf } from './rowTables.ts'

/** What is told of a model that was trained on a dataset. */
export function describeModel(dataset: RowDataset, id: string, name: string): ScoringModel {
  const { split, hash } = dataset
  return {
    id,
    name,
    features: featuresOf(dataset),
    trainedUntil: lastSettled(dataset, split.train),
    validatedUntil: Math.max(lastSettled(dataset, split.train), lastSettled(dataset, split.validation)),
    dataset: hash,
    packaged: false,
  }
}

function lastSettled({ resolved }: RowDataset, rows: Int32Array): number {
  return rows.reduce((last, row) => Math.max(last, resolved[row]), -Infinity)
}

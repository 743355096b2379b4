import type { RowDataset, ScoringModel } from '../../quant/rows.ts'
import { featuresOf } from './rowTables.ts'

/** What a model that was trained on a dataset knows of it. */
export type TrainedOn = Pick<ScoringModel, 'features' | 'trainedUntil' | 'validatedUntil' | 'dataset'>

export function trainedOn(dataset: RowDataset): TrainedOn {
  const { split, hash } = dataset
  const trainedUntil = lastSettled(dataset, split.train)
  return {
    features: featuresOf(dataset),
    trainedUntil,
    validatedUntil: Math.max(trainedUntil, lastSettled(dataset, split.validation)),
    dataset: hash,
  }
}

/** @param kind mode of a network, or name of a baseline */
export function scoringModel(dataset: RowDataset, id: string, name: string, kind = 'hrm-v1'): ScoringModel {
  return { id, name, kind, ...trainedOn(dataset), packaged: false }
}

function lastSettled({ resolved }: RowDataset, rows: Int32Array): number {
  return rows.reduce((last, row) => Math.max(last, resolved[row]), -Infinity)
}

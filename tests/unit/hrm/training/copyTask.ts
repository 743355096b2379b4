import type { TrainingSettings } from '../../../../workers/hrm/api.ts'
import type { Batch } from '../../../../workers/hrm/model/index.ts'
import type { DataSource } from '../../../../workers/hrm/training/dataSource.ts'
import { modelConfig, type DataShape } from '../../../../workers/hrm/training/modelConfig.ts'
import type { Training } from '../../../../workers/hrm/training/trainer.ts'
import { Random } from '../../../../workers/quant/random.ts'

export const copyShape: DataShape = { sequenceLength: 4, vocabulary: 5 }

/** Rows whose every label is the token it stands at: the smallest thing there is to learn. */
export function copyRows(rows: number, random: Random): Batch {
  const { sequenceLength, vocabulary } = copyShape
  const inputs = Int32Array.from({ length: rows * sequenceLength }, () => random.below(vocabulary))
  return { rows, inputs, labels: inputs.slice() }
}

export function copySource(): DataSource {
  return {
    next: (rows, random) => copyRows(rows, random),
    validation: [copyRows(6, new Random(99)), copyRows(3, new Random(98))],
    hash: 'copy',
    scalers: null,
  }
}

export const tinySettings: TrainingSettings = {
  mode: 'hrm-v1',
  hiddenSize: 8,
  layers: 1,
  heads: 2,
  haltMaxSteps: 3,
  batchRows: 4,
  learningRate: 5e-3,
  warmUpSteps: 3,
  weightDecay: 0.01,
  optimiser: 'adam-atan2',
  clipNorm: null,
  steps: 12,
  validateEvery: 4,
  patience: null,
  seed: 1,
}

export function copyTraining(settings: Partial<TrainingSettings> = {}, source = copySource()): Training {
  const all = { ...tinySettings, ...settings }
  // The inner width of the reference would be most of so small a model.
  const config = { ...modelConfig(all, copyShape), innerMultiple: 8 }
  return { task: { kind: 'copy' }, settings: all, config, source }
}

/** Never stops a validation. */
export const goesOn = () => Promise.resolve(true)

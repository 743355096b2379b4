import type { RowDataset } from '../../quant/rows.ts'
import type { TrainingSettings, TrainingTask } from '../api.ts'
import type { Checkpoint } from '../checkpoint/checkpoint.ts'
import { CheckpointError } from '../checkpoint/metadata.ts'
import { rowsSource } from '../rows/rowsSource.ts'
import { rowsTraining } from '../rows/rowsTraining.ts'
import { readRowsTask } from '../rows/storedRowsTask.ts'
import { modelConfig } from './modelConfig.ts'
import { HrmProblem } from './outcome.ts'
import { isPuzzleTask, puzzleData } from './puzzleTask.ts'
import type { TrainingData } from './trainingData.ts'

/** Where rows come from: those of a hash, '' = whatever is there. */
export type RowsByHash = (hash: string) => Promise<RowDataset>

/** What a new training is made of. `stored` is what its checkpoints say of the task. */
export async function dataFor(
  task: TrainingTask,
  settings: TrainingSettings,
  rows: RowsByHash,
): Promise<{ task: TrainingTask; stored: { kind: string }; data: TrainingData }> {
  if (task.kind === 'rows') {
    const { dataset: hash, identity = false } = task
    const dataset = await rows(hash)
    const { train, validation } = dataset.split
    if (train.length === 0 || validation.length === 0)
      throw new HrmProblem(
        'no-rows',
        'There are too few rows: none are left to train on, or none to choose by.',
      )
    const { task: stored, config, source } = rowsTraining(dataset, settings, identity)
    return {
      task: { kind: 'rows', dataset: dataset.hash, identity },
      stored,
      data: { source, config, puzzles: null },
    }
  }
  const { puzzles, source, shape } = await puzzleData(task)
  return { task, stored: task, data: { source, puzzles, config: modelConfig(settings, shape) } }
}

/**
 * The data a checkpoint was trained on, made anew.
 * @throws CheckpointError or HrmProblem where they are not the same
 */
export async function dataOfCheckpoint(
  { task: stored, dataHash, config, scalers, settings }: Checkpoint,
  rows: RowsByHash,
): Promise<{ task: TrainingTask; data: TrainingData }> {
  const task = taskOf(stored)
  if (!task) throw new CheckpointError(`It was trained on “${stored.kind}”, which is not known here.`)
  if (task.kind === 'rows') {
    const dataset = await rows(dataHash)
    const source = rowsSource(dataset, config, scalers ?? [], settings.seed)
    return { task, data: { source, config, puzzles: null } }
  }
  const { puzzles, source, shape } = await puzzleData(task)
  if (
    source.hash !== dataHash ||
    config.sequenceLength !== shape.sequenceLength ||
    config.vocabulary !== shape.vocabulary
  )
    throw new CheckpointError('It was trained on other puzzles than this version of the page makes.')
  return { task, data: { source, config, puzzles } }
}

/** What a checkpoint says it was trained on; null where that is not known here. */
export function taskOf(stored: { kind: string }): TrainingTask | null {
  const ofRows = readRowsTask(stored)
  if (ofRows) return { kind: 'rows', dataset: ofRows.dataset, identity: ofRows.identity }
  return isPuzzleTask(stored) ? stored : null
}

import * as tf from '@tensorflow/tfjs'
import type { RowScores } from '../../quant/rows.ts'
import type { Run } from '../baselines/run.ts'
import { createModel, type HrmModel } from '../model/index.ts'
import { HrmProblem } from '../training/outcome.ts'
import type { RowsModel } from './rowsModel.ts'
import { scoreRows } from './scoreRows.ts'
import { featuresOf, levelsOf, type ScoredRows } from './rowTables.ts'

/** A network that scores rows, kept on the backend between calls. */
export class RowNetwork {
  private loaded: { network: HrmModel; backend: string } | null = null
  /** Scores under way, which a network that is let go still finishes. */
  private working = 0
  private unwanted = false

  constructor(private readonly model: RowsModel) {}

  /**
   * @param rows which of them, in this order; absent = all
   * @throws HrmProblem where the model was trained on other features
   */
  async score(table: ScoredRows, rows: Int32Array = everyRow(table), run: Run = {}): Promise<RowScores> {
    this.check(table)
    this.working += 1
    this.unwanted = false
    try {
      return await scoreRows(this.network(), this.model, table, rows, run)
    } finally {
      this.working -= 1
      if (this.unwanted) this.dispose()
    }
  }

  dispose(): void {
    this.unwanted = this.working > 0
    if (this.unwanted) return
    this.loaded?.network.dispose()
    this.loaded = null
  }

  /** Tensors live on one backend: after a change of it the network is made anew. */
  private network(): HrmModel {
    const backend = tf.getBackend()
    if (this.loaded?.backend !== backend) {
      this.loaded?.network.dispose()
      this.loaded = { network: createModel(this.model.config, this.model.weights), backend }
    }
    return this.loaded.network
  }

  private check(table: ScoredRows): void {
    const problem = misfitOf(this.model, table)
    if (problem) throw new HrmProblem('bad-setting', problem)
  }
}

/** Why a model cannot score rows; null = it can. */
export function misfitOf(
  { scoring, config }: Pick<RowsModel, 'scoring' | 'config'>,
  table: ScoredRows,
): string | null {
  const features = featuresOf(table)
  const other = features.findIndex((name, i) => name !== scoring.features[i])
  if (other >= 0 || features.length !== scoring.features.length)
    return (
      `“${scoring.name}” was trained on ${scoring.features.length} features; these rows have ${features.length}` +
      (other >= 0 ? `, and “${features[other]}” stands where it was not.` : '.')
    )
  const { input, sequenceLength } = config
  if (
    input.kind !== 'features' ||
    sequenceLength !== table.sequence.length ||
    input.levels !== levelsOf(table) ||
    input.ageBuckets !== table.sequence.ageBuckets
  )
    return `“${scoring.name}” was trained on rows of ${sequenceLength} tokens with other levels or ages than these.`
  return null
}

function everyRow({ rows }: ScoredRows): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row)
}

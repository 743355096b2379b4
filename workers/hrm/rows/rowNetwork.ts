import * as tf from '@tensorflow/tfjs'
import type { RowScores } from '../../quant/rows.ts'
import { breather, type Run } from '../baselines/run.ts'
import { softmax } from '../baselines/softmax.ts'
import { createModel, disposeCarry, type HrmModel } from '../model/index.ts'
import { HrmProblem } from '../training/outcome.ts'
import { rowBatch } from './rowBatch.ts'
import { valueScaler } from './rowScalers.ts'
import type { RowsModel } from './rowsModel.ts'
import { piecesOf } from './rowsSource.ts'
import { featuresOf, levelsOf, type ScoredRows } from './rowTables.ts'

/** A network that scores rows, kept on the backend between calls. */
export class RowNetwork {
  private loaded: { network: HrmModel; backend: string } | null = null

  constructor(private readonly model: RowsModel) {}

  /**
   * Every row runs all its segments; what it says does not depend on the rows beside it.
   * @param rows which of them, in this order; absent = all
   * @throws HrmProblem where the model was trained on other features
   */
  async score(table: ScoredRows, rows: Int32Array = everyRow(table), run: Run = {}): Promise<RowScores> {
    this.check(table)
    const breathe = breather(run)
    const network = this.network()
    const { config, scalers, calibration } = this.model
    const said = new Answers(this.model, rows.length)
    let from = 0
    for (const piece of piecesOf(rows)) {
      const batch = rowBatch(table, piece, scalers, config)
      let carry = network.initialCarry(batch.rows)
      try {
        for (let segment = 0, running = true; running; segment++) {
          const { carry: next, outputs } = await network.segment(carry, batch, { training: false })
          disposeCarry(carry)
          carry = next
          running = carry.halted.includes(0)
          const { qHalt, qContinue, heads } = outputs
          try {
            said.addHalting(from, segment, await qHalt.data(), await qContinue.data())
            if (!running)
              for (const [name, logits] of Object.entries(heads))
                said.addHead(from, name, (await logits.data()) as Float32Array, calibration[name] ?? 1)
          } finally {
            tf.dispose(outputs)
          }
        }
      } finally {
        disposeCarry(carry)
      }
      from += piece.length
      await breathe()
    }
    return said.scores
  }

  dispose(): void {
    this.loaded?.network.dispose()
    this.loaded = null
  }

  /** Tensors live on one backend: after a change of it the network is made anew. */
  private network(): HrmModel {
    const backend = tf.getBackend()
    if (this.loaded?.backend !== backend) {
      this.dispose()
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

/** Collects what a network says, batch by batch. */
class Answers {
  readonly scores: RowScores
  private readonly segments: number

  constructor(
    private readonly model: RowsModel,
    rows: number,
  ) {
    const { config } = model
    const halts = config.outerLoop && config.haltMaxSteps > 1
    this.segments = halts ? config.haltMaxSteps : 0
    this.scores = {
      probabilities: Object.fromEntries(
        config.outputs.flatMap((head) =>
          head.kind === 'classes' ? [[head.name, new Float32Array(rows * head.classes)]] : [],
        ),
      ),
      value: new Float32Array(rows).fill(NaN),
      halting: new Float32Array(rows * this.segments),
      segments: this.segments,
    }
  }

  /** Above ½ where the row would halt by the rule of its mode. */
  addHalting(from: number, segment: number, qHalt: ArrayLike<number>, qContinue: ArrayLike<number>): void {
    if (this.segments === 0) return
    const against = this.model.config.mode === 'trm' ? () => 0 : (i: number) => qContinue[i]
    for (let i = 0; i < qHalt.length; i++)
      this.scores.halting[(from + i) * this.segments + segment] = 1 / (1 + Math.exp(against(i) - qHalt[i]))
  }

  addHead(from: number, name: string, logits: Float32Array, temperature: number): void {
    const { probabilities, value } = this.scores
    if (name in probabilities) {
      const classes = probabilities[name].length / value.length
      const shares = Float64Array.from(logits, (logit) => logit / temperature)
      for (let at = 0; at < shares.length; at += classes) softmax(shares, at, classes)
      probabilities[name].set(shares, from * classes)
      return
    }
    const { mean, deviation } = valueScaler(this.model.scalers)
    logits.forEach((logit, i) => (value[from + i] = mean + deviation * logit))
  }
}

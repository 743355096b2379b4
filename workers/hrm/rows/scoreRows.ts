import * as tf from '@tensorflow/tfjs'
import type { RowScores } from '../../quant/rows.ts'
import { breather, type Run } from '../baselines/run.ts'
import { softmax } from '../baselines/softmax.ts'
import type { HrmConfig, HrmModel } from '../model/index.ts'
import type { FeatureScaler } from '../training/dataSource.ts'
import { piecesOf } from './pieces.ts'
import { rowBatch } from './rowBatch.ts'
import { valueScaler } from './rowScalers.ts'
import type { RowsModel } from './rowsModel.ts'
import type { ScoredRows } from './rowTables.ts'

/**
 * What a network says of some rows, in their order. Every row runs all its segments; what is said of it does not
 * depend on the rows beside it.
 */
export async function scoreRows(
  network: HrmModel,
  { scalers, calibration }: Pick<RowsModel, 'scalers' | 'calibration'>,
  table: ScoredRows,
  rows: Int32Array,
  run: Run = {},
): Promise<RowScores> {
  const breathe = breather(run)
  const said = new Answers(network.config, rows.length)
  const unit = valueScaler(scalers)
  let from = 0
  for (const piece of piecesOf(rows)) {
    const batch = rowBatch(table, piece, scalers, network.config)
    const segments = network.answers(batch)
    try {
      for (const [segment, { qHalt, qContinue }] of segments.entries())
        said.addHalting(from, segment, await qHalt.data(), await qContinue.data())
      for (const [name, logits] of Object.entries(segments[segments.length - 1].heads))
        said.addHead(from, name, (await logits.data()) as Float32Array, calibration[name] ?? 1, unit)
    } finally {
      for (const { qHalt, qContinue, heads } of segments)
        tf.dispose([qHalt, qContinue, ...Object.values(heads)])
    }
    from += piece.length
    await breathe()
  }
  return said.scores
}

/** Collects what a network says, batch by batch. */
class Answers {
  readonly scores: RowScores
  private readonly segments: number

  constructor(
    private readonly config: HrmConfig,
    rows: number,
  ) {
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
    const against = this.config.mode === 'trm' ? () => 0 : (i: number) => qContinue[i]
    for (let i = 0; i < qHalt.length; i++)
      this.scores.halting[(from + i) * this.segments + segment] = 1 / (1 + Math.exp(against(i) - qHalt[i]))
  }

  addHead(from: number, name: string, logits: Float32Array, temperature: number, unit: FeatureScaler): void {
    const { probabilities, value } = this.scores
    if (name in probabilities) {
      const classes = probabilities[name].length / value.length
      const shares = Float64Array.from(logits, (logit) => logit / temperature)
      for (let at = 0; at < shares.length; at += classes) softmax(shares, at, classes)
      probabilities[name].set(shares, from * classes)
      return
    }
    logits.forEach((logit, i) => (value[from + i] = unit.mean + unit.deviation * logit))
  }
}

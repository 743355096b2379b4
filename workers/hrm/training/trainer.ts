import * as tf from '@tensorflow/tfjs'
import { Random } from '../../quant/random.ts'
import type { TrainingSettings, ValidationPoint } from '../api.ts'
import type { BestWeights, Checkpoint } from '../checkpoint/checkpoint.ts'
import { restoredCarry, storedCarry } from '../checkpoint/storedCarry.ts'
import {
  createModel,
  disposeCarry,
  puzzleGradientName,
  type Carry,
  type HrmConfig,
  type HrmModel,
  type Weights,
} from '../model/index.ts'
import { Optimiser } from '../optimisers/optimiser.ts'
import { learningRateAt } from '../optimisers/schedule.ts'
import { signDescent } from '../optimisers/signDescent.ts'
import { WeightAverage } from '../optimisers/weightAverage.ts'
import { emptyCurves, withStep, withValidation, type Curves } from './curves.ts'
import type { DataSource } from './dataSource.ts'
import { freshRows } from './freshRows.ts'
import { gradientNorm } from './gradientNorm.ts'
import { validate } from './validate.ts'

/** What is trained, how, and on which rows. */
export interface Training {
  task: { kind: string }
  settings: TrainingSettings
  config: HrmConfig
  source: DataSource
}

/** Thrown where a loss or a weight is no number any more; the model is worth nothing from there on. */
export class NotANumberError extends Error {
  override name = 'NotANumberError'
}

/** As published for both optimisers. */
const moments = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8 }
/** Of the running average of the weights in `trm`. */
const averageDecay = 0.999

/** Streams of the seed. */
const streams = { weights: 0, training: 1 }

/**
 * Deep supervision (Wang et al. 2025, "Deep supervision"): a carry that persists per row, one segment, one
 * backward pass and one step of the optimiser at a time. Owns the model and all it needs beside it.
 */
export class Trainer {
  readonly model: HrmModel
  private readonly optimiser: Optimiser
  private readonly average: WeightAverage | null
  private readonly random: Random
  private carry: Carry
  private drawn = 0
  private best: BestWeights | null = null
  private history: Curves = emptyCurves
  private temperatures: Record<string, number> | null = null

  private constructor(
    private readonly training: Training,
    weights: Weights | undefined,
  ) {
    const { settings, config } = training
    this.model = createModel(config, weights, new Random(settings.seed, streams.weights))
    const { optimiser: kind, weightDecay } = settings
    this.optimiser = new Optimiser(this.model, { ...moments, kind, weightDecay })
    this.average = config.mode === 'trm' ? new WeightAverage(this.model, averageDecay) : null
    this.random = new Random(settings.seed, streams.training)
    this.carry = this.model.initialCarry(settings.batchRows)
  }

  static start(training: Training): Trainer {
    return new Trainer(training, undefined)
  }

  /** Goes on where a checkpoint was taken, bit for bit on the same backend. */
  static resume(checkpoint: Checkpoint, source: DataSource): Trainer {
    const { task, settings, config, step, moments, average, best, random, drawn, curves } = checkpoint
    const trainer = new Trainer({ task, settings, config, source }, checkpoint.weights)
    trainer.optimiser.restore({ step, moments })
    if (average) trainer.average?.restore(average)
    trainer.random.state = random
    disposeCarry(trainer.carry)
    trainer.carry = restoredCarry(checkpoint.carry)
    trainer.drawn = drawn
    trainer.best = best
    trainer.history = curves
    trainer.temperatures = checkpoint.calibration
    return trainer
  }

  /** Steps taken. */
  get step(): number {
    return this.optimiser.step
  }

  get curves(): Curves {
    return this.history
  }

  /** Temperature of every head for the weights as they are; null = not fitted. */
  get calibration(): Record<string, number> | null {
    return this.temperatures
  }

  /** Whether unseen rows are to be looked at before the next step; never where there are none. */
  get validationDue(): boolean {
    const { validateEvery, steps } = this.training.settings
    if (this.training.source.validation.length === 0) return false
    const due = this.step > 0 && (this.step % validateEvery === 0 || this.step >= steps)
    return due && this.history.validation.at(-1)?.step !== this.step
  }

  get finished(): boolean {
    return this.step >= this.training.settings.steps
  }

  /** Too many validations have passed without a better loss. */
  get stopsEarly(): boolean {
    const { patience } = this.training.settings
    const { best } = this
    if (patience === null || !best) return false
    return this.history.validation.filter(({ step }) => step > best.step).length >= patience
  }

  /** @throws NotANumberError before anything is changed by such a loss */
  async trainStep(): Promise<void> {
    const { settings, source } = this.training
    const { batchRows: rows, learningRate, warmUpSteps, steps: of, clipNorm } = settings
    const number = this.step + 1
    const rate = learningRateAt(number, { learningRate, warmUpSteps, totalSteps: of, minimumRatio: 1 })
    const batch = freshRows(this.carry, (count) => {
      const drawn = source.next(count, this.random, this.drawn)
      this.drawn += count
      return drawn
    })
    const { model, random } = this
    const { carry, losses, gradients, metrics } = await model.lossAndGradients(this.carry, batch, {
      training: true,
      random,
    })
    disposeCarry(this.carry)
    this.carry = carry
    try {
      if (!Number.isFinite(losses.total))
        throw new NotANumberError(`The loss of step ${number} is no number.`)
      await this.descendIdentities(gradients, rate)
      const trained = Object.keys(model.parameters).map((name) => gradients[name])
      const norm = clipNorm === null ? 0 : (await gradientNorm(trained)) / rows
      const clipping = clipNorm !== null && norm > clipNorm ? clipNorm / norm : 1
      this.optimiser.apply(gradients, rate, clipping / rows)
      this.average?.update()
    } finally {
      tf.dispose(gradients)
    }
    this.temperatures = null
    this.history = withStep(this.history, { number, of, rows, learningRate: rate, losses, metrics })
  }

  /**
   * Looks at the unseen rows, by the weights that answer.
   * @param goesOn asked before each segment; once it says no, nothing has happened and null is returned
   */
  async validate(goesOn: () => Promise<boolean>): Promise<ValidationPoint | null> {
    const result = await this.answering(() => validate(this.model, this.training.source.validation, goesOn))
    if (!result) return null
    const point = { step: this.step, ...result }
    if (!Number.isFinite(point.loss))
      throw new NotANumberError(`The loss on unseen rows after step ${point.step} is no number.`)
    this.history = withValidation(this.history, point)
    if (this.training.settings.patience !== null && point.loss < (this.best?.loss ?? Infinity))
      this.best = { step: point.step, loss: point.loss, weights: await this.answeringWeights() }
    return point
  }

  /** Runs something with the weights that answer in the model: in `trm` the averages, else the last ones. */
  answering<T>(run: () => Promise<T>): Promise<T> {
    return this.average ? this.average.within(run) : run()
  }

  /** Puts the best weights in place of the last ones, once training has ended. Answers their step. */
  returnToBest(): number | null {
    if (!this.best || this.best.step === this.step) return null
    const { weights, step } = this.best
    for (const [name, { shape, data }] of Object.entries(weights))
      this.model.assign(name, tf.tensor(data.slice(), shape, 'float32'))
    this.average?.restore(weights)
    this.temperatures = null
    return step
  }

  /** Fits the temperatures of the weights that answer. Says whether there was anything to fit. */
  async calibrate(): Promise<boolean> {
    const { calibrate } = this.training.source
    if (!calibrate || this.temperatures) return false
    this.temperatures = await this.answering(() => calibrate(this.model))
    return true
  }

  async checkpoint(): Promise<Checkpoint> {
    const { task, settings, config, source } = this.training
    const { step, drawn, best, history: curves, calibration } = this
    const random = this.random.state
    const carry = await storedCarry(this.carry)
    const { moments } = await this.optimiser.state()
    const weights = await this.model.weights()
    const average = this.average ? await this.average.weights() : null
    const { hash: dataHash, scalers } = source
    const data = { task, settings, config, dataHash, scalers }
    return { ...data, step, drawn, random, curves, calibration, weights, moments, average, best, carry }
  }

  dispose(): void {
    disposeCarry(this.carry)
    this.optimiser.dispose()
    this.average?.dispose()
    this.model.dispose()
  }

  private async answeringWeights(): Promise<Weights> {
    if (this.average) return this.average.weights()
    const all = await this.model.weights()
    return Object.fromEntries(Object.keys(this.model.parameters).map((name) => [name, all[name]]))
  }

  /** The table of identities, of which a batch touches few rows, learns apart from everything else. */
  private async descendIdentities(gradients: Record<string, tf.Tensor>, learningRate: number): Promise<void> {
    const { puzzleTable } = this.model
    if (!puzzleTable) return
    const { rows, puzzleIds = new Int32Array(rows) } = this.carry.data
    const rowGradients = (await gradients[puzzleGradientName].data()) as Float32Array
    const { weightDecay } = this.training.settings
    signDescent(puzzleTable, puzzleIds, rowGradients, { learningRate, weightDecay })
  }
}

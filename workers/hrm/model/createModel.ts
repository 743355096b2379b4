import * as tf from '@tensorflow/tfjs'
import { Random } from '../../quant/random.ts'
import type { Rotary } from '../ops/attention.ts'
import { withoutGradient } from '../ops/withoutGradient.ts'
import { ignoredLabel } from '../ops/crossEntropy.ts'
import {
  disposeCarry,
  emptyCarry,
  replaceData,
  resetStates,
  takenAfter,
  type Batch,
  type Carry,
} from './carry.ts'
import { checkConfig, defaultConfig, type HrmConfig } from './config.ts'
import { cyclesOf, type Cycles, type Levels, type States } from './cycles.ts'
import { embed } from './embedding.ts'
import { continueTarget, explorationMinimum, haltedAfter } from './halting.ts'
import { readOut, type Outputs } from './heads.ts'
import { lossesOf } from './losses.ts'
import type { StackSettings } from './stack.ts'
import {
  checkWeights,
  initialWeights,
  parameterSpecs,
  puzzleGradientName,
  puzzleTableName,
  rotaryNames,
  rotaryWeights,
  stacksOf,
  type Weights,
} from './weights.ts'

export interface SegmentOptions {
  /** Rows may halt by q, and q_continue has a target; else every row runs haltMaxSteps segments. */
  training: boolean
  /** Draws of exploration; absent = none. */
  random?: Pick<Random, 'uniform' | 'below'>
  /** In evaluation: rows halt by q as in training, without exploration. To be reported separately. */
  haltEarly?: boolean
}

/** Sums over the rows that halted with this segment and have a valid label, as the reference counts. */
export interface Metrics {
  count: number
  accuracy: number
  exactAccuracy: number
  qHaltAccuracy: number
  steps: number
}

export interface Losses {
  lm: number
  qHalt: number
  qContinue: number
  total: number
}

export interface HrmModel {
  readonly config: HrmConfig
  /** What the optimiser trains, by name; `assign` replaces one. The model owns them. */
  readonly parameters: Readonly<Record<string, tf.Tensor>>
  /** Rows of the identity table [puzzleIds, puzzleWidth], trained apart by sign descent; null without. */
  readonly puzzleTable: Float32Array | null
  /** Numbers the optimiser trains: without the initial states, rotary tables and the identity table. */
  parameterCount(): number
  /** All rows halted: the first segment fills them. The caller disposes a carry (`disposeCarry`). */
  initialCarry(rows: number): Carry
  /** One segment forward; the carry given stays as it is. */
  segment(carry: Carry, batch: Batch, options: SegmentOptions): Promise<{ carry: Carry; outputs: Outputs }>
  /**
   * What is read after each segment, of fresh rows that run them all: as `segment` in evaluation says it from an
   * initial carry, with nothing worked out twice or for nobody. The caller disposes the tensors.
   */
  answers(batch: Batch): Outputs[]
  /**
   * One segment forward and backward: losses are sums over rows, gradients those of `total`, by the names and
   * shapes of the weights (`puzzle_emb.local_weights` per row besides). The caller disposes the gradients.
   */
  lossAndGradients(
    carry: Carry,
    batch: Batch,
    options: SegmentOptions,
  ): Promise<{ carry: Carry; losses: Losses; gradients: Record<string, tf.Tensor>; metrics: Metrics }>
  /** Takes the tensor over and disposes the one before. */
  assign(name: string, value: tf.Tensor): void
  weights(): Promise<Weights>
  dispose(): void
}

/**
 * @param config what is left out is as in `defaultConfig`, the outputs also where there are none
 * @param weights by the names of the reference; absent = fresh ones from `random`
 * @throws ConfigError naming the setting or the weight that does not fit
 */
export function createModel(
  config: Partial<HrmConfig>,
  weights?: Weights,
  random: Random = new Random(0),
): HrmModel {
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined))
  const full: HrmConfig = { ...defaultConfig, ...given }
  if (full.outputs.length === 0) full.outputs = defaultConfig.outputs
  checkConfig(full)
  if (weights) checkWeights(full, weights)
  return new Model(full, weights ?? initialWeights(full, random))
}

class Model implements HrmModel {
  readonly parameters: Record<string, tf.Tensor> = {}
  readonly puzzleTable: Float32Array | null
  private readonly initialHigh: tf.Tensor1D
  private readonly initialLow: tf.Tensor1D
  private readonly settings: StackSettings
  private readonly names: string[]
  private cycles: Cycles

  constructor(
    readonly config: HrmConfig,
    weights: Weights,
  ) {
    this.names = parameterSpecs(config).map(({ name }) => name)
    for (const name of this.names) {
      const { shape, data } = weights[name]
      this.parameters[name] = tf.tensor(data.slice(), shape, 'float32')
    }
    this.initialHigh = tf.tensor1d(weights['H_init'].data.slice())
    this.initialLow = tf.tensor1d(weights['L_init'].data.slice())
    this.puzzleTable = config.puzzleWidth > 0 ? weights[puzzleTableName].data.slice() : null
    const { heads, normEpsilon } = config
    this.settings = { heads, normEpsilon, rotary: rotaryOf(config) }
    this.cycles = cyclesOf(config, levelsOf(config, this.parameters), this.settings)
  }

  parameterCount(): number {
    return Object.values(this.parameters).reduce((sum, { size }) => sum + size, 0)
  }

  initialCarry(rows: number): Carry {
    return emptyCarry(this.config, rows)
  }

  async segment(carry: Carry, batch: Batch, options: SegmentOptions) {
    const data = replaceData(carry, batch)
    const { states, outputs } = tf.tidy(() => {
      const x = embed(this.config, this.parameters, data, this.prefixOf(data))
      const states = this.cycles(this.statesBefore(carry), x)
      return { states, outputs: readOut(this.config, this.parameters, states.zH) }
    })
    const readsQ = options.training || options.haltEarly === true
    const [qHalt, qContinue] = readsQ
      ? ((await Promise.all([outputs.qHalt.data(), outputs.qContinue.data()])) as Float32Array[])
      : [new Float32Array(data.rows), new Float32Array(data.rows)]
    return { carry: this.carryAfter(carry, states, data, qHalt, qContinue, options), outputs }
  }

  answers(batch: Batch): Outputs[] {
    const { config, parameters, maxSteps } = this
    const summaryOnly = config.outputs.every(({ kind }) => kind !== 'tokens')
    const fresh = this.initialCarry(batch.rows)
    const outputs: Outputs[] = []
    tf.tidy(() => {
      const x = embed(config, parameters, batch, this.prefixOf(batch))
      let states = this.statesBefore(fresh)
      for (let segment = 1; segment <= maxSteps; segment++)
        // A tidy of its own, so that a segment's tensors do not wait for the last one.
        states = tf.tidy(() => {
          const next = this.cycles(states, x, summaryOnly && segment === maxSteps)
          outputs.push(keptOutputs(readOut(config, parameters, next.zH)))
          return next
        })
    })
    disposeCarry(fresh)
    return outputs
  }

  async lossAndGradients(carry: Carry, batch: Batch, options: SegmentOptions) {
    const data = replaceData(carry, batch)
    const { gradients, states, summary } = tf.tidy(() => this.differentiate(carry, data, options))
    const numbers = (await summary.data()) as Float32Array
    summary.dispose()
    const [lm, qHaltLoss, qContinueLoss, total] = numbers
    const rows = (part: number) => numbers.subarray(4 + part * data.rows, 4 + (part + 1) * data.rows)
    const [qHalt, qContinue, right, accuracy] = [rows(0), rows(1), rows(2), rows(3)]
    const next = this.carryAfter(carry, states, data, qHalt, qContinue, options)
    const metrics = metricsOf(next, { qHalt, right, accuracy })
    return {
      carry: next,
      losses: { lm, qHalt: qHaltLoss, qContinue: qContinueLoss, total },
      gradients,
      metrics,
    }
  }

  assign(name: string, value: tf.Tensor): void {
    this.parameters[name].dispose()
    this.parameters[name] = value
    this.cycles = cyclesOf(this.config, levelsOf(this.config, this.parameters), this.settings)
  }

  async weights(): Promise<Weights> {
    const tensors = { H_init: this.initialHigh, L_init: this.initialLow, ...this.parameters }
    const named = await Promise.all(
      Object.entries(tensors).map(
        async ([name, tensor]) =>
          [name, { shape: tensor.shape, data: (await tensor.data()).slice() as Float32Array }] as const,
      ),
    )
    const weights: Weights = { ...Object.fromEntries(named), ...rotaryWeights(this.config) }
    if (this.puzzleTable) {
      const { puzzleIds, puzzleWidth } = this.config
      weights[puzzleTableName] = { shape: [puzzleIds, puzzleWidth], data: this.puzzleTable.slice() }
    }
    return weights
  }

  dispose(): void {
    const own = [...Object.values(this.parameters), this.initialHigh, this.initialLow]
    for (const tensor of own) tensor.dispose()
    this.settings.rotary?.cos.dispose()
    this.settings.rotary?.sin.dispose()
  }

  /** The whole step on the tape: what comes back is kept, everything between is let go. */
  private differentiate(carry: Carry, data: Batch, options: SegmentOptions) {
    const { config, names, parameters } = this
    const prefix = this.prefixOf(data)
    const start = this.statesBefore(carry)
    const trained = [...names.map((name) => parameters[name]), ...(prefix ? [prefix] : [])]
    const kept: { states: States; summary: tf.Tensor1D }[] = []
    const { grads } = tf.engine().gradients(
      () => {
        const x = embed(config, parameters, data, prefix)
        const states = this.cycles(start, x)
        const outputs = readOut(config, parameters, states.zH)
        const target = this.targetOf(states, x, takenAfter(carry), options)
        const { lm, qHalt, qContinue, total, right, accuracy } = lossesOf(config, outputs, data, target)
        // One array of everything that is read, so that the GPU is waited for once a step.
        const summary = tf.concat1d([
          tf.stack([lm, qHalt, qContinue, total]) as tf.Tensor1D,
          outputs.qHalt,
          outputs.qContinue,
          right,
          accuracy,
        ])
        kept.push({ states: { zH: tf.keep(states.zH), zL: tf.keep(states.zL) }, summary: tf.keep(summary) })
        return total
      },
      trained,
      undefined,
      true,
    )
    const gradients: Record<string, tf.Tensor> = {}
    names.forEach((name, i) => {
      gradients[name] = grads[i] ?? tf.zerosLike(parameters[name])
    })
    if (prefix) gradients[puzzleGradientName] = grads[names.length]
    return { gradients, ...kept[0] }
  }

  /**
   * What q_continue is drawn to, from one more segment without gradient and without fresh data; null where the
   * mode does not learn it.
   */
  private targetOf(
    states: States,
    x: tf.Tensor3D,
    taken: Int32Array,
    options: SegmentOptions,
  ): tf.Tensor1D | null {
    const { config, parameters } = this
    if (!options.training || config.mode === 'trm' || this.maxSteps === 1) return null
    return withoutGradient(() => {
      const next = readOut(config, parameters, this.cycles(states, x).zH)
      return continueTarget(next, taken, this.maxSteps)
    })
  }

  private statesBefore(carry: Carry): States {
    return {
      zH: resetStates(carry.zH, carry.halted, this.initialHigh),
      zL: resetStates(carry.zL, carry.halted, this.initialLow),
    }
  }

  private carryAfter(
    before: Carry,
    { zH, zL }: States,
    data: Batch,
    qHalt: Float32Array,
    qContinue: Float32Array,
    options: SegmentOptions,
  ): Carry {
    const { explorationProbability, mode } = this.config
    const steps = takenAfter(before)
    const explores = options.training && this.maxSteps > 1 && options.random
    const halted = haltedAfter({
      steps,
      qHalt,
      qContinue,
      haltMaxSteps: this.maxSteps,
      training: options.training || options.haltEarly === true,
      rule: mode === 'trm' ? 'positive' : 'compare',
      minimumSteps: explores
        ? explorationMinimum(data.rows, this.maxSteps, explorationProbability, explores)
        : undefined,
    })
    return { zH, zL, steps, halted, data }
  }

  /** Without the outer loop one segment answers. */
  private get maxSteps(): number {
    return this.config.outerLoop ? this.config.haltMaxSteps : 1
  }

  /** The identities of the batch, [rows, puzzleWidth]; null without. */
  private prefixOf({ rows, puzzleIds }: Batch): tf.Tensor2D | null {
    if (!this.puzzleTable) return null
    const { puzzleWidth } = this.config
    const local = new Float32Array(rows * puzzleWidth)
    for (let row = 0; row < rows; row++) {
      const id = puzzleIds?.[row] ?? 0
      local.set(this.puzzleTable.subarray(id * puzzleWidth, (id + 1) * puzzleWidth), row * puzzleWidth)
    }
    return tf.tensor2d(local, [rows, puzzleWidth])
  }
}

/** Outlives the tidies around it. */
function keptOutputs(outputs: Outputs): Outputs {
  for (const tensor of [outputs.qHalt, outputs.qContinue, ...Object.values(outputs.heads)]) tf.keep(tensor)
  return outputs
}

function rotaryOf(config: HrmConfig): Rotary | null {
  const { [rotaryNames.cos]: cos, [rotaryNames.sin]: sin } = rotaryWeights(config)
  if (config.positions !== 'rope') return null
  const table = ({ shape, data }: Weights[string]) => tf.tensor2d(data, shape as [number, number], 'float32')
  return { cos: table(cos), sin: table(sin) }
}

/** The blocks of each stack by the names of their weights. */
function levelsOf(config: HrmConfig, parameters: Record<string, tf.Tensor>): Levels {
  const levels: Levels = { high: [], low: [] }
  const weight = (name: string) => parameters[name] as tf.Tensor2D
  for (const { name, layers } of stacksOf(config))
    for (let layer = 0; layer < layers; layer++) {
      const at = `${name}.layers.${layer}`
      const blocks = name === 'H_level' ? levels.high : levels.low
      blocks.push({
        qkv: weight(`${at}.self_attn.qkv_proj.weight`),
        o: weight(`${at}.self_attn.o_proj.weight`),
        gateUp: weight(`${at}.mlp.gate_up_proj.weight`),
        down: weight(`${at}.mlp.down_proj.weight`),
      })
    }
  return levels
}

function metricsOf(
  { halted, steps, data }: Carry,
  { qHalt, right, accuracy }: { qHalt: Float32Array; right: Float32Array; accuracy: Float32Array },
): Metrics {
  const sums: Metrics = { count: 0, accuracy: 0, exactAccuracy: 0, qHaltAccuracy: 0, steps: 0 }
  const width = data.labels.length / data.rows
  halted.forEach((done, row) => {
    const labelled = data.labels
      .subarray(row * width, (row + 1) * width)
      .some((label) => label !== ignoredLabel)
    if (!done || !labelled) return
    sums.count += 1
    sums.accuracy += accuracy[row]
    sums.exactAccuracy += right[row]
    sums.qHaltAccuracy += Number(qHalt[row] >= 0 === right[row] >= 0.5)
    sums.steps += steps[row]
  })
  return sums
}

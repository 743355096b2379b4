import * as tf from '@tensorflow/tfjs'
import type { Weights } from '../model/index.ts'
import { fused, runKernel, type KernelName } from '../ops/kernel.ts'
import { momentNames, type Moments, type Trained } from './moments.ts'
import { PackedMoments } from './packedMoments.ts'
import { SeparateMoments } from './separateMoments.ts'

export interface OptimiserSettings {
  kind: 'adam-atan2' | 'adamw'
  /** Decay of the mean of gradients, and of their squares. */
  beta1: number
  beta2: number
  /** Decoupled: a share of lr taken off every parameter at each step, whatever its gradient. */
  weightDecay: number
  /** AdamW only: added to the root; Adam-atan2 has none. */
  epsilon: number
}

/** Everything one update of a parameter needs; a fused kernel gets it as its attributes. */
export type UpdateAttributes = {
  learningRate: number
  /** The gradient is multiplied by it: 1 / rows, times the clipping. */
  gradientScale: number
  /** Counted from 1. */
  step: number
  beta1: number
  beta2: number
  weightDecay: number
  epsilon: number
}

/** A parameter, its gradient and both moments; all of one shape. */
export interface UpdateInputs {
  p: tf.Tensor
  g: tf.Tensor
  m: tf.Tensor
  v: tf.Tensor
}

/** One step of one parameter, composed or fused. */
export type Update = (
  inputs: UpdateInputs,
  attributes: UpdateAttributes,
) => [p: tf.Tensor, m: tf.Tensor, v: tf.Tensor]

/** Trains the parameters of a model; owns two moments for each. */
export class Optimiser {
  private readonly moments: Moments
  private taken = 0

  constructor(
    private readonly model: Trained,
    private readonly settings: OptimiserSettings,
  ) {
    const { kind } = settings
    this.moments = fused('HrmMoments')
      ? new PackedMoments(model, kind)
      : new SeparateMoments(model, updates[kind])
  }

  /** Steps taken so far. */
  get step(): number {
    return this.taken
  }

  /** One step on every parameter; gradients of other names are left alone, none is disposed. */
  apply(gradients: Record<string, tf.Tensor>, learningRate: number, gradientScale: number): void {
    this.taken += 1
    const { beta1, beta2, weightDecay, epsilon } = this.settings
    const attributes = { beta1, beta2, weightDecay, epsilon, learningRate, gradientScale, step: this.taken }
    this.moments.move(gradients, attributes)
  }

  /** Both moments of every parameter, as `<name>.m` and `<name>.v`. */
  async state(): Promise<{ step: number; moments: Weights }> {
    return { step: this.taken, moments: await this.moments.read() }
  }

  /** Goes on from a state; throws a RangeError naming a moment that is missing or of another size. */
  restore({ step, moments }: { step: number; moments: Weights }): void {
    for (const [name, { size }] of Object.entries(this.model.parameters))
      for (const moment of momentNames(name)) {
        const stored = moments[moment] as Weights[string] | undefined
        if (stored?.data.length !== size)
          throw new RangeError(`The optimiser's ${moment} is missing or of another size.`)
      }
    this.moments.restore(moments)
    this.taken = step
  }

  dispose(): void {
    this.moments.dispose()
  }
}

const kernels: Record<OptimiserSettings['kind'], KernelName> = {
  'adam-atan2': 'HrmAdamAtan2',
  adamw: 'HrmAdamW',
}

const updates: Record<OptimiserSettings['kind'], Update> = {
  'adam-atan2': fusedOr('adam-atan2', adamAtan2),
  adamw: fusedOr('adamw', adamW),
}

function fusedOr(kind: OptimiserSettings['kind'], composed: Update): Update {
  return (inputs, attributes) =>
    fused(kernels[kind])
      ? (runKernel(kernels[kind], { ...inputs }, attributes) as ReturnType<Update>)
      : composed(inputs, attributes)
}

/**
 * p ← p(1 − lr·wd) − lr/(1 − β₁ᵗ) · atan2(m, √(v/(1 − β₂ᵗ))): Adam without ε, whose step is bounded whatever
 * the size of the gradient (Everett et al. 2024, arXiv 2407.05872; the correction of m outside, as published
 * by imoneoi/adam-atan2).
 */
export function adamAtan2({ p, g, m, v }: UpdateInputs, attributes: UpdateAttributes): ReturnType<Update> {
  const { learningRate: lr, weightDecay, beta1, beta2, step } = attributes
  const [mean, square] = movedMoments({ g, m, v }, attributes)
  const root = tf.sqrt(tf.div(square, 1 - beta2 ** step))
  // atan2(0, 0) is not 0 on every GPU; no root of a float32 is this small but 0.
  const angle = tf.atan2(mean, tf.maximum(root, 1e-30))
  const moved = tf.sub(tf.mul(p, 1 - lr * weightDecay), tf.mul(angle, lr / (1 - beta1 ** step)))
  return [moved, mean, square]
}

/** p ← p(1 − lr·wd) − lr · m̂ / (√v̂ + ε) (Loshchilov & Hutter 2019). */
export function adamW({ p, g, m, v }: UpdateInputs, attributes: UpdateAttributes): ReturnType<Update> {
  const { learningRate: lr, weightDecay, beta1, beta2, step, epsilon } = attributes
  const [mean, square] = movedMoments({ g, m, v }, attributes)
  const root = tf.add(tf.sqrt(tf.div(square, 1 - beta2 ** step)), epsilon)
  const moved = tf.sub(tf.mul(p, 1 - lr * weightDecay), tf.mul(tf.div(mean, root), lr / (1 - beta1 ** step)))
  return [moved, mean, square]
}

/** m ← m + (1 − β₁)(g − m), v ← v + (1 − β₂)(g² − v), of the scaled gradient. */
function movedMoments(
  { g, m, v }: Omit<UpdateInputs, 'p'>,
  { beta1, beta2, gradientScale }: UpdateAttributes,
): [tf.Tensor, tf.Tensor] {
  const gradient = tf.mul(g, gradientScale)
  return [
    tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1)),
    tf.add(v, tf.mul(tf.sub(tf.square(gradient), v), 1 - beta2)),
  ]
}

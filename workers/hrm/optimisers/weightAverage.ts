import * as tf from '@tensorflow/tfjs'
import type { HrmModel, Weights } from '../model/index.ts'

/**
 * A running average of the parameters, average ← d · average + (1 − d) · parameter after every step, which
 * answers in place of the last ones (`trm`, decay 0.999).
 */
export class WeightAverage {
  private averages: Record<string, tf.Tensor> = {}

  constructor(
    private readonly model: HrmModel,
    private readonly decay: number,
  ) {
    for (const [name, parameter] of Object.entries(model.parameters)) this.averages[name] = parameter.clone()
  }

  update(): void {
    for (const [name, before] of Object.entries(this.averages)) {
      this.averages[name] = tf.tidy(() =>
        tf.add(before, tf.mul(tf.sub(this.model.parameters[name], before), 1 - this.decay)),
      )
      before.dispose()
    }
  }

  /** Runs something with the averages in the model, and puts the trained parameters back. */
  async within<T>(run: () => Promise<T>): Promise<T> {
    this.swap()
    try {
      return await run()
    } finally {
      this.swap()
    }
  }

  async weights(): Promise<Weights> {
    const weights: Weights = {}
    for (const [name, average] of Object.entries(this.averages))
      weights[name] = { shape: average.shape, data: (await average.data()).slice() as Float32Array }
    return weights
  }

  restore(weights: Weights): void {
    for (const [name, before] of Object.entries(this.averages)) {
      this.averages[name] = tf.tensor(weights[name].data.slice(), before.shape, 'float32')
      before.dispose()
    }
  }

  dispose(): void {
    tf.dispose(this.averages)
  }

  private swap(): void {
    for (const [name, average] of Object.entries(this.averages)) {
      this.averages[name] = this.model.parameters[name].clone()
      this.model.assign(name, average)
    }
  }
}

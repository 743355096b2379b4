import * as tf from '@tensorflow/tfjs'
import type { Weights } from '../model/index.ts'
import { momentNames, type Moments, type Trained } from './moments.ts'
import type { Update, UpdateAttributes } from './optimiser.ts'

/** The moments of each parameter in two tensors of its shape, moved parameter by parameter. */
export class SeparateMoments implements Moments {
  private readonly moments: Record<string, { m: tf.Tensor; v: tf.Tensor }> = {}

  constructor(
    private readonly model: Trained,
    private readonly update: Update,
  ) {
    for (const [name, parameter] of Object.entries(model.parameters))
      this.moments[name] = { m: tf.zerosLike(parameter), v: tf.zerosLike(parameter) }
  }

  move(gradients: Record<string, tf.Tensor>, attributes: UpdateAttributes): void {
    for (const [name, before] of Object.entries(this.moments)) {
      const inputs = { p: this.model.parameters[name], g: gradients[name], ...before }
      const [p, m, v] = tf.tidy(() => this.update(inputs, attributes))
      this.model.assign(name, p)
      this.replace(name, { m, v })
    }
  }

  async read(): Promise<Weights> {
    const moments: Weights = {}
    for (const [name, { m, v }] of Object.entries(this.moments)) {
      const [ofM, ofV] = momentNames(name)
      moments[ofM] = { shape: m.shape, data: (await m.data()).slice() as Float32Array }
      moments[ofV] = { shape: v.shape, data: (await v.data()).slice() as Float32Array }
    }
    return moments
  }

  restore(moments: Weights): void {
    for (const [name, { shape }] of Object.entries(this.model.parameters)) {
      const [m, v] = momentNames(name).map((each) => tf.tensor(moments[each].data.slice(), shape, 'float32'))
      this.replace(name, { m, v })
    }
  }

  dispose(): void {
    tf.dispose(this.moments)
  }

  private replace(name: string, pair: { m: tf.Tensor; v: tf.Tensor }): void {
    tf.dispose(this.moments[name])
    this.moments[name] = pair
  }
}

import * as tf from '@tensorflow/tfjs'
import type { Weights } from '../model/index.ts'
import { runKernel } from '../ops/kernel.ts'
import { momentNames, type Moments, type Trained } from './moments.ts'
import type { OptimiserSettings, UpdateAttributes } from './optimiser.ts'

const steps = { 'adam-atan2': 'HrmAdamAtan2Step', adamw: 'HrmAdamWStep' } as const

/**
 * The moments of all parameters in one tensor [2P], every m, then every v: where a dispatch costs more than
 * what it computes (WebGPU), they are moved in one, and each parameter follows in one of its own.
 */
export class PackedMoments implements Moments {
  private packed: tf.Tensor1D

  constructor(
    private readonly model: Trained,
    private readonly kind: OptimiserSettings['kind'],
  ) {
    this.packed = tf.zeros([2 * this.total])
  }

  move(gradients: Record<string, tf.Tensor>, attributes: UpdateAttributes): void {
    const { packed, model } = this
    this.packed = tf.tidy(() => {
      const flat = tf.concat1d(this.places.map(({ name }) => gradients[name].flatten()))
      return runKernel('HrmMoments', { moments: packed, gradients: flat }, attributes)[0] as tf.Tensor1D
    })
    packed.dispose()
    for (const { name, offset } of this.places) {
      const inputs = { p: model.parameters[name], moments: this.packed }
      model.assign(name, runKernel(steps[this.kind], inputs, { ...attributes, offset })[0])
    }
  }

  async read(): Promise<Weights> {
    const values = (await this.packed.data()) as Float32Array
    const moments: Weights = {}
    for (const { name, offset, shape, size } of this.places)
      momentNames(name).forEach((moment, part) => {
        const start = part * this.total + offset
        moments[moment] = { shape, data: values.slice(start, start + size) }
      })
    return moments
  }

  restore(moments: Weights): void {
    const values = new Float32Array(2 * this.total)
    for (const { name, offset } of this.places)
      momentNames(name).forEach((moment, part) =>
        values.set(moments[moment].data, part * this.total + offset),
      )
    this.packed.dispose()
    this.packed = tf.tensor1d(values)
  }

  dispose(): void {
    this.packed.dispose()
  }

  /** P. */
  private get total(): number {
    return this.model.parameterCount()
  }

  /** Where the moments of each parameter begin, m from 0 and v from P. */
  private get places(): { name: string; offset: number; shape: number[]; size: number }[] {
    let offset = 0
    return Object.entries(this.model.parameters).map(([name, { shape, size }]) => {
      const place = { name, offset, shape, size }
      offset += size
      return place
    })
  }
}

import * as tf from '@tensorflow/tfjs'
import { log } from '../../../quant/elementary.ts'
import type { Random } from '../../../quant/random.ts'
import { softmaxCrossEntropy } from '../../ops/crossEntropy.ts'
import { gruLogits } from './network.ts'
import type { GruParameters } from './network.ts'

export interface GruSizes {
  /** features of a step */
  width: number
  units: number
  classes: number
}

type Name = keyof GruParameters

/** Parameters outside the backend. */
export type StoredParameters = Record<Name, Float32Array>

/** A GRU in training: owns its parameters. */
export class TrainedGru {
  readonly parameters: GruParameters & Record<string, tf.Tensor>

  /** @param rates [classes] probabilities it gives every row before it is trained */
  constructor(sizes: GruSizes, rates: Float64Array, random: Random) {
    this.parameters = parametersOf(initialParameters(sizes, rates, random), sizes)
  }

  parameterCount(): number {
    return Object.values(this.parameters).reduce((sum, { size }) => sum + size, 0)
  }

  /** Takes the tensor over and disposes the one before. */
  assign(name: string, value: tf.Tensor): void {
    const parameters: Record<string, tf.Tensor> = this.parameters
    parameters[name].dispose()
    parameters[name] = value
  }

  /**
   * Loss and gradients, summed over the rows. The caller disposes them.
   *
   * @param sequences [steps × rows × width]
   * @param labels [rows]
   */
  gradients(
    sequences: Float32Array,
    steps: number,
    labels: Int32Array,
  ): { loss: tf.Tensor; gradients: Record<string, tf.Tensor> } {
    const names = Object.keys(this.parameters)
    const rows = labels.length
    return tf.tidy(() => {
      const inputs = tf.tensor3d(sequences, [steps, rows, sequences.length / steps / rows])
      const targets = tf.tensor1d(labels, 'int32')
      const lossOf = (...values: tf.Tensor[]) => {
        const parameters = Object.fromEntries(names.map((name, i) => [name, values[i]]))
        return tf.sum(softmaxCrossEntropy(gruLogits(parameters as unknown as GruParameters, inputs), targets))
      }
      const { value, grads } = tf.valueAndGrads(lossOf)(names.map((name) => this.parameters[name]))
      return { loss: value, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]])) }
    })
  }

  async read(): Promise<StoredParameters> {
    const entries = Object.entries(this.parameters).map(
      async ([name, tensor]) => [name, Float32Array.from(await tensor.data())] as const,
    )
    return Object.fromEntries(await Promise.all(entries)) as StoredParameters
  }

  dispose(): void {
    tf.dispose(Object.values(this.parameters))
  }
}

function shapesOf({ width, units, classes }: GruSizes): Record<Name, number[]> {
  return {
    input: [3 * units, width],
    state: [3 * units, units],
    bias: [3 * units],
    candidateBias: [units],
    readOut: [classes, units],
    readOutBias: [classes],
  }
}

/** Uniform in ±1 ÷ √units, as PyTorch has it; the read-out starts at the base rates, without an opinion. */
function initialParameters(sizes: GruSizes, rates: Float64Array, random: Random): StoredParameters {
  const bound = 1 / Math.sqrt(sizes.units)
  const drawn = (length: number) => Float32Array.from({ length }, () => bound * (2 * random.uniform() - 1))
  const { width, units, classes } = sizes
  return {
    input: drawn(3 * units * width),
    state: drawn(3 * units * units),
    bias: drawn(3 * units),
    candidateBias: drawn(units),
    readOut: new Float32Array(classes * units),
    readOutBias: Float32Array.from(rates, (rate) => log(rate)),
  }
}

/** Tensors of the parameters; the caller disposes them. */
export function parametersOf(
  stored: StoredParameters,
  sizes: GruSizes,
): GruParameters & Record<string, tf.Tensor> {
  const entries = Object.entries(shapesOf(sizes)).map(([name, shape]) => [
    name,
    tf.tensor(stored[name as Name], shape),
  ])
  return Object.fromEntries(entries) as GruParameters & Record<string, tf.Tensor>
}

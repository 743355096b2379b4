import * as tf from '@tensorflow/tfjs'
import type { Batch, Carry, Weights } from '../model/index.ts'

/** A carry off the backend: the same bits, in arrays of our own. */
export interface StoredCarry {
  zH: Weights[string]
  zL: Weights[string]
  steps: Int32Array
  halted: Uint8Array
  data: Batch
}

export async function storedCarry({ zH, zL, steps, halted, data }: Carry): Promise<StoredCarry> {
  return { zH: await stored(zH), zL: await stored(zL), steps, halted, data }
}

async function stored(states: tf.Tensor3D): Promise<Weights[string]> {
  return { shape: states.shape, data: (await states.data()).slice() as Float32Array }
}

export function restoredCarry({ zH, zL, steps, halted, data }: StoredCarry): Carry {
  return { zH: restored(zH), zL: restored(zL), steps, halted, data }
}

function restored({ shape, data }: Weights[string]): tf.Tensor3D {
  return tf.tensor3d(data.slice(), shape as [number, number, number])
}

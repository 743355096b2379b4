import * as tf from '@tensorflow/tfjs'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { createModel, disposeCarry } from '../../../workers/hrm/model/index.ts'
import type { Batch, HrmConfig, HrmMode } from '../../../workers/hrm/model/index.ts'
import { Optimiser } from '../../../workers/hrm/optimisers/optimiser.ts'
import { Random } from '../../../workers/quant/random.ts'

export interface Size {
  name: string
  hiddenSize: number
  sequenceLength: number
  heads: number
  /** Blocks per level; the transformer has as many as both together. */
  layers: number
  rows: number
}

const like = { heads: 4, layers: 2, rows: 32 }

/** Configurations S and M of `../shared/parity/hrm/speed.json`. */
export const sizes: Size[] = [
  { ...like, name: 'S', hiddenSize: 64, sequenceLength: 33 },
  { ...like, name: 'M', hiddenSize: 128, sequenceLength: 64 },
]
/** To see that everything runs, where it is no use to measure. */
export const tiny: Size = {
  name: 'tiny',
  hiddenSize: 16,
  sequenceLength: 5,
  heads: 2,
  layers: 1,
  rows: 2,
}

export const modes: HrmMode[] = ['hrm-v1', 'trm', 'transformer']

export interface StepTime {
  /** Milliseconds. */
  best: number
  median: number
  /** Programs the GPU was given per step; null on other backends. */
  dispatches: number | null
}

/** Steps that are timed, after some that are not: programs compile in them. */
export interface Pace {
  warmUp: number
  steps: number
}

/** One training step on the backend in use: segment, loss with the target of q_continue, backward, AdamW. */
export async function timeStep(mode: HrmMode, size: Size, { warmUp, steps }: Pace): Promise<StepTime> {
  const config = configOf(mode, size)
  const model = createModel(config, undefined, new Random(1))
  const settings = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1, epsilon: 1e-8 }
  const optimiser = new Optimiser(model, { kind: 'adamw', ...settings })
  const batch = randomBatch(config, size.rows)
  let carry = model.initialCarry(size.rows)
  const step = async () => {
    const { carry: next, gradients } = await model.lossAndGradients(carry, batch, { training: true })
    optimiser.apply(gradients, 1e-4, 1 / size.rows)
    tf.dispose(gradients)
    disposeCarry(carry)
    carry = next
  }
  for (let i = 0; i < warmUp; i++) await step()
  const dispatched = countDispatches()
  const times: number[] = []
  for (let i = 0; i < steps; i++) {
    const started = performance.now()
    await step()
    times.push(performance.now() - started)
  }
  const dispatches = dispatched()
  disposeCarry(carry)
  optimiser.dispose()
  model.dispose()
  times.sort((a, b) => a - b)
  return {
    best: round(times[0]),
    median: round(times[times.length >> 1]),
    dispatches: dispatches === null ? null : Math.round(dispatches / steps),
  }
}

function configOf(mode: HrmMode, { hiddenSize, sequenceLength, heads, layers }: Size): HrmConfig {
  return {
    ...{ mode, hiddenSize, sequenceLength, heads, expansion: 4, vocabulary: 11, hCycles: 2, lCycles: 2 },
    ...{ hLayers: mode === 'transformer' ? 2 * layers : layers, lLayers: layers },
    ...{ input: { kind: 'tokens' }, outputs: [{ kind: 'tokens' }], outerLoop: true },
    ...{ puzzleIds: 1, puzzleWidth: 0, haltMaxSteps: 8, explorationProbability: 0 },
    ...{ ropeTheta: 10_000, normEpsilon: 1e-5, positions: 'rope', innerMultiple: 256 },
  }
}

function randomBatch({ sequenceLength, vocabulary }: HrmConfig, rows: number): Batch {
  const random = new Random(2)
  const tokens = () => Int32Array.from({ length: rows * sequenceLength }, () => random.below(vocabulary))
  return { rows, inputs: tokens(), labels: tokens() }
}

/** Counts programs given to the GPU from now until the result is called. */
function countDispatches(): () => number | null {
  if (tf.getBackend() !== 'webgpu') return () => null
  const backend = tf.backend() as WebGPUBackend
  const run = backend.runWebGPUProgram.bind(backend)
  let count = 0
  backend.runWebGPUProgram = (...given) => {
    count++
    return run(...given)
  }
  return () => {
    backend.runWebGPUProgram = run
    return count
  }
}

const round = (value: number) => Number(value.toPrecision(4))

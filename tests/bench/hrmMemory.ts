/**
 * What a training of HRM holds after 1,000 steps beyond what it held after 100: tensors, their bytes, and the
 * memory of WebAssembly, with validations and checkpoints on the way. One JSON line per figure; none may grow.
 *
 *     npx tsx tests/bench/hrmMemory.ts
 */
import * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TrainingSettings } from '../../workers/hrm/api.ts'
import { encodeCheckpoint } from '../../workers/hrm/checkpoint/checkpointFile.ts'
import { modelConfig } from '../../workers/hrm/training/modelConfig.ts'
import { puzzleData } from '../../workers/hrm/training/puzzleTask.ts'
import { Trainer } from '../../workers/hrm/training/trainer.ts'
import { useBackend } from '../unit/hrm/backends.ts'
import { print } from './figures.ts'

const [from, to] = [100, 1_000]

const settings: TrainingSettings = {
  mode: 'trm',
  hiddenSize: 32,
  layers: 1,
  heads: 4,
  haltMaxSteps: 4,
  batchRows: 16,
  learningRate: 1e-3,
  warmUpSteps: 100,
  weightDecay: 0.1,
  optimiser: 'adam-atan2',
  clipNorm: 1,
  steps: to,
  validateEvery: from,
  patience: 100,
  seed: 1,
}

export async function benchHrmMemory(): Promise<void> {
  await useBackend('wasm with kernels')
  const task = { kind: 'sudoku' } as const
  const { shape, source } = await puzzleData(task)
  const trainer = Trainer.start({ task, settings, config: modelConfig(settings, shape), source })
  const trainTo = async (step: number) => {
    while (trainer.step < step) {
      await trainer.trainStep()
      if (!trainer.validationDue) continue
      await trainer.validate(() => Promise.resolve(true))
      await encodeCheckpoint(await trainer.checkpoint())
    }
    return held()
  }
  const [before, after] = [await trainTo(from), await trainTo(to)]
  trainer.dispose()
  const during = `from step ${from} to step ${to} of a training of HRM`
  print(`tensors more ${during}`, after.tensors - before.tensors, 'tensors', 0)
  print(`bytes of tensors more ${during}`, after.bytes - before.bytes, 'bytes', 0)
  print(`memory of WebAssembly more ${during}`, after.heap - before.heap, 'bytes', 0)
}

function held(): { tensors: number; bytes: number; heap: number } {
  const { numTensors, numBytes } = tf.memory()
  const { wasm } = tf.backend() as BackendWasm
  return { tensors: numTensors, bytes: numBytes, heap: wasm.HEAPU8.length }
}

if (process.argv[1] === import.meta.filename) {
  await benchHrmMemory()
  process.exit(0)
}

import { expose } from 'comlink'
import { GpuTask, messageOf } from '../gpu/gpuTask.ts'
import { overfittingOf, SweepTask } from './task.ts'
import type { SweepWorkerApi } from './workerApi.ts'

let task: SweepTask | null = null
let onGpu: GpuTask | null = null

// Results are copied out, not transferred: an engine that has ever given a buffer away checks every access to
// typed arrays from then on, and the simulation is made of those.
const api: SweepWorkerApi = {
  async open(setup, alive, tryGpu) {
    await holdForLife(alive)
    onGpu?.close()
    onGpu = null
    task = new SweepTask(setup)
    if (!tryGpu) return { device: 'cpu', note: '' }
    const opened = await GpuTask.open(setup, task)
    onGpu = opened.task
    return { device: onGpu === null ? 'cpu' : 'gpu', note: opened.note }
  },

  async run(blocks, window) {
    if (task === null) throw new Error('The worker has no task.')
    if (onGpu === null) return task.run(blocks, window)
    try {
      return await onGpu.run(blocks)
    } catch (cause) {
      // A GPU is lost when the computer sleeps, or its driver is replaced.
      onGpu.close()
      onGpu = null
      return { ...task.run(blocks, window), note: `The GPU was lost (${messageOf(cause)}); the CPU goes on.` }
    }
  },

  overfitting: (matrix, days, strategies) => Promise.resolve(overfittingOf(matrix, days, strategies)),
}

/** Resolves once the lock is held; it is let go of when the worker dies, however it dies. */
function holdForLife(name: string): Promise<void> {
  return new Promise((held) => {
    if (!navigator.locks) return held()
    void navigator.locks.request(name, () => {
      held()
      return new Promise(() => undefined)
    })
  })
}

expose(api)

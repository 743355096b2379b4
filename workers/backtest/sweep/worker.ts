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
    void navigator.locks?.request(alive, () => new Promise(() => undefined))
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

expose(api)

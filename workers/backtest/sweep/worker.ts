import { expose } from 'comlink'
import { overfittingOf, SweepTask } from './task.ts'
import type { SweepWorkerApi } from './workerApi.ts'

let task: SweepTask | null = null

// Results are copied out, not transferred: an engine that has ever given a buffer away checks every access to
// typed arrays from then on, and the simulation is made of those.
const api: SweepWorkerApi = {
  open(setup, alive) {
    void navigator.locks?.request(alive, () => new Promise(() => undefined))
    task = new SweepTask(setup)
    return Promise.resolve()
  },
  run(blocks, window) {
    if (task === null) throw new Error('The worker has no task.')
    return Promise.resolve(task.run(blocks, window))
  },
  overfitting: (matrix, days, strategies) => Promise.resolve(overfittingOf(matrix, days, strategies)),
}

expose(api)

import { pause } from '../pause.ts'
import type { PoolWorker } from './pool.ts'
import { overfittingOf, SweepTask } from './task.ts'

/** The same work without a worker, for scripts and tests: it gives way between two handfuls of blocks. */
export function inlineSweepWorker(): PoolWorker {
  let task: SweepTask | null = null
  return {
    api: {
      async open(setup) {
        await pause()
        task = new SweepTask(setup)
        return { device: 'cpu', note: '' }
      },
      async run(blocks, window) {
        await pause()
        return task!.run(blocks, window)
      },
      async overfitting(matrix, days, strategies) {
        await pause()
        return overfittingOf(matrix, days, strategies)
      },
    },
    died: new Promise(() => undefined),
    terminate: () => undefined,
  }
}

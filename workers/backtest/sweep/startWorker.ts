import { wrap } from 'comlink'
import type { PoolWorker } from './pool.ts'
import type { SweepWorkerApi } from './workerApi.ts'

/**
 * A worker of the pool, started by the backtest worker. Its death is heard of by the lock it holds for as long as it
 * lives: a worker that is ended from outside says nothing.
 */
export function startSweepWorker(): PoolWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'sweep' })
  const remote = wrap<SweepWorkerApi>(worker)
  let sayDied: () => void
  const died = new Promise<void>((resolve) => (sayDied = resolve))
  worker.addEventListener('error', () => sayDied())
  const given = new AbortController()
  return {
    api: {
      async open(setup, alive, tryGpu) {
        const device = await remote.open(setup, alive, tryGpu)
        // Granted once the worker has let go of it, which it never does while it lives.
        void navigator.locks?.request(alive, { signal: given.signal }, () => sayDied()).catch(() => undefined)
        return device
      },
      run: (blocks, window) => remote.run(blocks, window),
      overfitting: (matrix, days, strategies) => remote.overfitting(matrix, days, strategies),
    },
    died,
    terminate() {
      given.abort()
      worker.terminate()
    },
  }
}

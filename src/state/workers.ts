import { proxy, transfer, wrap, type Remote } from 'comlink'
import type { BacktestApi, SweepStatus, WalkStatus } from '../../workers/backtest/api.ts'
import type { DataApi, Progress } from '../../workers/data/api.ts'

export interface Engine {
  readonly data: Remote<DataApi>
  readonly backtest: Remote<BacktestApi>
  /**
   * Stops the run under way. A worker deep in a computation hears nothing: after a moment it is replaced,
   * and the new one has no panel yet.
   */
  cancelRun(): Promise<'kept' | 'replaced'>
  /** Calls back when another tab has changed what is kept. */
  onKeptChange(callback: () => void): void
  /** The same of the notebook. */
  onNotebookChange(callback: () => void): void
  /** Calls back while a sweep goes on; null = the worker was replaced, and what it held is gone. */
  onSweep(callback: (status: SweepStatus | null) => void): void
  /** The same of a walk forward. */
  onWalk(callback: (status: WalkStatus | null) => void): void
  /** Rejects every call under way: a terminated worker would leave its promises pending for ever. */
  stop(): void
  /** Resolves with a sentence when a worker dies. */
  died: Promise<string>
}

/** Milliseconds a worker has to answer before it is replaced. */
const patience = 250

export class EngineStopped extends Error {
  constructor() {
    super('The engine was stopped.')
  }
}

/** Starts both workers and joins them by a port, so that bulk data never passes through the page. */
export function startEngine(): Engine {
  const data = new Worker(new URL('../../workers/data/worker.ts', import.meta.url), {
    type: 'module',
    name: 'data',
  })
  const stopped = new AbortController()
  let sayDied: (message: string) => void
  const died = new Promise<string>((resolve) => (sayDied = resolve))
  void died.then(() => stopped.abort())
  const watch = (worker: Worker) => {
    worker.addEventListener('error', (event) => {
      sayDied(event.message || 'A worker of the engine could not be loaded.')
    })
  }
  watch(data)
  const dataApi = racing(wrap<DataApi>(data), stopped.signal)
  let hearSweep: (status: SweepStatus | null) => void = () => undefined
  let hearWalk: (status: WalkStatus | null) => void = () => undefined

  function startBacktest(): { api: Remote<BacktestApi>; stop(): void } {
    const worker = new Worker(new URL('../../workers/backtest/worker.ts', import.meta.url), {
      type: 'module',
      name: 'backtest',
    })
    watch(worker)
    const replaced = new AbortController()
    const api = racing(wrap<BacktestApi>(worker), AbortSignal.any([stopped.signal, replaced.signal]))
    const { port1, port2 } = new MessageChannel()
    dataApi.connect(transfer(port1, [port1])).catch(() => undefined)
    api.connect(transfer(port2, [port2])).catch(() => undefined)
    // One listener for the life of the worker: a proxy per job would never be let go.
    const watcher = {
      sweep: (status: SweepStatus) => replaced.signal.aborted || hearSweep(status),
      walk: (status: WalkStatus) => replaced.signal.aborted || hearWalk(status),
    }
    api.watch(proxy(watcher)).catch(() => undefined)
    return {
      api,
      stop() {
        replaced.abort()
        worker.terminate()
      },
    }
  }

  let backtest = startBacktest()
  return {
    data: dataApi,
    get backtest() {
      return backtest.api
    },
    died,
    onKeptChange(callback) {
      dataApi.onKeptChange(proxy(callback)).catch(() => undefined)
    },
    onNotebookChange(callback) {
      dataApi.onNotebookChange(proxy(callback)).catch(() => undefined)
    },
    onSweep(callback) {
      hearSweep = callback
    },
    onWalk(callback) {
      hearWalk = callback
    },
    async cancelRun() {
      const gaveWay = await Promise.race([
        backtest.api.cancel().then(() => true),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patience)),
      ]).catch(() => false)
      if (gaveWay) return 'kept'
      backtest.stop()
      backtest = startBacktest()
      hearSweep(null)
      hearWalk(null)
      return 'replaced'
    },
    stop() {
      stopped.abort()
      data.terminate()
      backtest.stop()
    },
  }
}

export function progressCallback(callback: Progress): Progress {
  return proxy(callback)
}

/** The same API whose calls reject once the signal is aborted. */
export function racing<T extends object>(api: T, signal: AbortSignal): T {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new EngineStopped()))
  })
  aborted.catch(() => undefined)
  return new Proxy(api, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key)
      if (typeof method !== 'function') return method
      return (...args: unknown[]) =>
        Promise.race([(method as (...args: unknown[]) => Promise<unknown>)(...args), aborted])
    },
  })
}

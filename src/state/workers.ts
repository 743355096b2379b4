import { proxy, transfer, wrap, type Remote } from 'comlink'
import type { BacktestApi } from '../../workers/backtest/api.ts'
import type { DataApi, Progress } from '../../workers/data/api.ts'

export interface Engine {
  data: Remote<DataApi>
  backtest: Remote<BacktestApi>
  /** Rejects every call under way: a terminated worker would leave its promises pending for ever. */
  stop(): void
  /** Resolves with a sentence when a worker dies. */
  died: Promise<string>
}

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
  const backtest = new Worker(new URL('../../workers/backtest/worker.ts', import.meta.url), {
    type: 'module',
    name: 'backtest',
  })
  const stopped = new AbortController()
  const died = new Promise<string>((resolve) => {
    for (const worker of [data, backtest]) {
      worker.addEventListener('error', (event) => {
        resolve(event.message || 'A worker of the engine could not be loaded.')
      })
    }
  })
  void died.then(() => stopped.abort())
  const dataApi = racing(wrap<DataApi>(data), stopped.signal)
  const backtestApi = racing(wrap<BacktestApi>(backtest), stopped.signal)
  const channel = new MessageChannel()
  dataApi.connect(transfer(channel.port1, [channel.port1])).catch(() => undefined)
  backtestApi.connect(transfer(channel.port2, [channel.port2])).catch(() => undefined)
  return {
    data: dataApi,
    backtest: backtestApi,
    died,
    stop() {
      stopped.abort()
      data.terminate()
      backtest.terminate()
    },
  }
}

export function progressCallback(callback: Progress): Progress {
  return proxy(callback)
}

/** The same API whose calls reject once the signal is aborted. */
function racing<T extends object>(api: T, signal: AbortSignal): T {
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

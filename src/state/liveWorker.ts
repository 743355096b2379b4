import { proxy, wrap, type Remote } from 'comlink'
import type { LiveApi, LiveNews } from '../../workers/live/api.ts'
import { racing } from './workers.ts'

/** The worker that polls: what can be asked of it, and how it ends. */
export interface LiveWorker {
  api: Remote<LiveApi>
  /** Resolves with a sentence when the worker ends by itself. */
  died: Promise<string>
  /** Ends it; calls under way reject with EngineStopped. */
  stop(): void
}

/** Starts the only part of the page that may leave the origin; it asks nobody before it is told to. */
export function startLiveWorker(): LiveWorker {
  const worker = new Worker(new URL('../../workers/live/worker.ts', import.meta.url), {
    type: 'module',
    name: 'live',
  })
  const stopped = new AbortController()
  let sayDied: (message: string) => void
  const died = new Promise<string>((resolve) => (sayDied = resolve))
  const stop = () => {
    stopped.abort()
    worker.terminate()
  }
  worker.addEventListener('error', (event) => {
    sayDied(event.message || 'It could not be loaded.')
  })
  void died.then(stop)
  return { api: racing(wrap<LiveApi>(worker), stopped.signal), died, stop }
}

/** One listener for the life of the worker: a proxy per call would never be let go. */
export function liveListener(hear: (news: LiveNews) => void): (news: LiveNews) => void {
  return proxy(hear)
}

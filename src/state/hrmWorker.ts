import { proxy, wrap } from 'comlink'
import type { HrmApi, TrainingStatus } from '../../workers/hrm/api.ts'
import { Heartbeat } from './heartbeat.ts'
import { racing } from './workers.ts'

/** A worker that trains: what can be asked of it, and how it ends. */
export interface HrmWorker {
  api: Pick<HrmApi, Exclude<keyof HrmApi, 'watch'>>
  /** Resolves with a sentence when the worker ends by itself. */
  died: Promise<string>
  /** Ends it; calls under way reject with EngineStopped. */
  stop(): void
}

/** Milliseconds without a sign of life: generous while kernels are compiled, else some steps of the training. */
const patienceAtFirst = 60_000
const stepsOfPatience = 20

export function startHrmWorker(hear: (status: TrainingStatus) => void): HrmWorker {
  const worker = new Worker(new URL('../../workers/hrm/worker.ts', import.meta.url), {
    type: 'module',
    name: 'hrm',
  })
  const remote = wrap<HrmApi>(worker)
  const stopped = new AbortController()
  let patience = patienceAtFirst
  let sayDied: (message: string) => void
  const died = new Promise<string>((resolve) => (sayDied = resolve))
  // Asked for an attribute that it does not have, any worker that lives answers “undefined”.
  const asked = remote as unknown as { alive: Promise<undefined> }
  const heart = new Heartbeat(
    async () => await asked.alive,
    () => sayDied('It did not answer any more.'),
    () => patience,
  )
  worker.addEventListener('error', (event) => {
    sayDied(asSentence(event.message) || 'It could not be loaded.')
  })

  const stop = () => {
    heart.stop()
    stopped.abort()
    worker.terminate()
  }
  void died.then(stop)

  void remote.watch(
    proxy((status: TrainingStatus) => {
      if (stopped.signal.aborted) return
      heart.heard()
      patience =
        status.stepsPerSecond > 0 ? (1_000 * stepsOfPatience) / status.stepsPerSecond : patienceAtFirst
      hear(status)
    }),
  )
  return { api: racing(remote, stopped.signal), died, stop }
}

/** “Uncaught Error: the GPU was lost” → “the GPU was lost.” */
function asSentence(message: string): string {
  return message.replace(/^Uncaught (\w*Error: )?/, '').replace(/[^.!?]$/, '$&.')
}

import { proxy, wrap, type Remote } from 'comlink'
import type {
  HrmApi,
  LadderStatus,
  PuzzleTask,
  RowsApi,
  RowsTask,
  TrainingStatus,
  TrainingTask,
} from '../../workers/hrm/api.ts'
import { Heartbeat } from './heartbeat.ts'
import { racing } from './workers.ts'

/** A worker that trains: what can be asked of it, and how it ends. */
export interface HrmWorker<Task extends TrainingTask = PuzzleTask> {
  api: Omit<HrmApi<Task>, 'watch' | keyof RowsApi>
  /** Resolves with a sentence when the worker ends by itself. */
  died: Promise<string>
  /** Ends it; calls under way reject with EngineStopped. */
  stop(): void
}

/** A worker that trains on rows, compares models and scores. */
export interface RowsWorker extends HrmWorker<RowsTask> {
  rows: Omit<RowsApi, 'watchLadder'>
}

/** Milliseconds without a sign of life: generous while kernels are compiled, else some steps of the training. */
const patienceAtFirst = 60_000
const stepsOfPatience = 20

export function startHrmWorker(hear: (status: TrainingStatus) => void): HrmWorker {
  return started<PuzzleTask>(hear).worker
}

export function startRowsWorker(
  hear: (status: TrainingStatus<RowsTask>) => void,
  hearLadder: (status: LadderStatus) => void,
): RowsWorker {
  const { worker, remote, heard } = started<RowsTask>(hear)
  void remote.watchLadder(
    proxy((status: LadderStatus) => {
      if (heard()) hearLadder(status)
    }),
  )
  return { ...worker, rows: worker.api }
}

interface Started<Task extends TrainingTask> {
  worker: HrmWorker<Task> & { api: Omit<HrmApi<Task>, 'watch' | 'watchLadder'> }
  remote: Remote<HrmApi<Task>>
  /** Takes a word of the worker as a sign of life; false = it has been stopped, and its word does not count. */
  heard: () => boolean
}

function started<Task extends TrainingTask>(hear: (status: TrainingStatus<Task>) => void): Started<Task> {
  const worker = new Worker(new URL('../../workers/hrm/worker.ts', import.meta.url), {
    type: 'module',
    name: 'hrm',
  })
  const remote = wrap<HrmApi<Task>>(worker)
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

  const heard = () => {
    if (stopped.signal.aborted) return false
    heart.heard()
    return true
  }
  void remote.watch(
    proxy((status: TrainingStatus<Task>) => {
      if (!heard()) return
      patience =
        status.stepsPerSecond > 0 ? (1_000 * stepsOfPatience) / status.stepsPerSecond : patienceAtFirst
      hear(status)
    }),
  )
  const api = racing(remote, stopped.signal) as unknown as Started<Task>['worker']['api']
  return { worker: { api, died, stop }, remote, heard }
}

/** “Uncaught Error: the GPU was lost” → “the GPU was lost.” */
function asSentence(message: string): string {
  return message.replace(/^Uncaught (\w*Error: )?/, '').replace(/[^.!?]$/, '$&.')
}

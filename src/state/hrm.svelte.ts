import type {
  BackendName,
  BackendReport,
  HrmOutcome,
  PuzzleTask,
  Refinement,
  StoredRun,
  TrainingRequest,
  TrainingStatus,
  TrainingTask,
} from '../../workers/hrm/api.ts'
import type { HrmWorker } from './hrmWorker.ts'
import { trainings } from './trainings.ts'
import { EngineStopped } from './workers.ts'

/** A training of this visit, and how long it was seen to compute. */
export interface Run<Task extends TrainingTask = PuzzleTask> {
  status: TrainingStatus<Task>
  seconds: number
}

type Api<Task extends TrainingTask> = HrmWorker<Task>['api']

/** Milliseconds, and steps of the training, that a worker has to obey before it is replaced. */
const patience = 5_000
const stepsOfPatience = 4
/** Deaths in a row without a newer checkpoint after which a run is given up. */
const mostDeaths = 3

/** The trainings of a tab: what the worker does, and what it did during this visit. The worker starts when asked. */
export class Hrm<Task extends TrainingTask = PuzzleTask> {
  /** Oldest first; the newest may be under way. */
  runs = $state.raw<Run<Task>[]>([])
  /** What is kept in this browser; null = not looked at yet. */
  stored = $state.raw<StoredRun<Task>[] | null>(null)
  /** What computes here, by the last measurement. */
  backend = $state.raw<BackendReport | null>(null)
  /** Still to be trained after the one under way. */
  queue = $state.raw<TrainingRequest<Task>[]>([])
  /** A training has been asked for, and has not said anything yet. */
  starting = $state.raw(false)
  /** What went wrong with what a person asked for; '' = nothing. */
  problem = $state.raw('')
  /** What the page did by itself, such as going on after a worker died. */
  note = $state.raw('')

  readonly #startWorker: (hear: (status: TrainingStatus<Task>) => void) => HrmWorker<Task>
  readonly #of: 'puzzles' | 'rows'
  readonly #now: () => number
  #worker: HrmWorker<Task> | null = null
  #wanted: BackendName | 'auto' = 'auto'
  #heardAt = 0
  #deaths = { step: -1, count: 0 }
  /** Runs that were looked for among the stored ones once they were. */
  readonly #listed = new Set<string>()

  constructor(
    startWorker: (hear: (status: TrainingStatus<Task>) => void) => HrmWorker<Task>,
    now = () => performance.now(),
    of: 'puzzles' | 'rows' = 'puzzles',
  ) {
    this.#startWorker = startWorker
    this.#now = now
    this.#of = of
    trainings.add(this)
  }

  /** Starts the worker where there is none. */
  wake(): void {
    this.#awake()
  }

  /** The training under way, or the last one. */
  get status(): TrainingStatus<Task> | null {
    return this.runs.at(-1)?.status ?? null
  }

  /** A training computes, or could at once. */
  get alive(): boolean {
    return this.starting || (this.status !== null && isAlive(this.status))
  }

  /** Finds out what can compute here. */
  async measure(wanted: BackendName | 'auto'): Promise<void> {
    const report = await this.#ask((api) => api.backend(wanted))
    if (report) this.backend = report
  }

  /** Looks at what is stored. */
  async look(): Promise<void> {
    this.stored = (await this.#ask((api) => api.storedRuns(this.#of))) ?? this.stored ?? []
  }

  /** Trains one after the other. */
  async train(requests: TrainingRequest<Task>[]): Promise<void> {
    const [first, ...rest] = requests
    this.problem = ''
    this.note = ''
    this.queue = rest
    await this.#begin(first.backend, (api) => api.train(first))
  }

  /** Goes on with what is stored of a run. */
  async goOn(id: string, backend: BackendName | 'auto'): Promise<void> {
    this.problem = ''
    this.note = ''
    this.queue = []
    await this.#begin(backend, (api) => api.continueRun(id, backend))
  }

  async #begin(
    wanted: BackendName | 'auto',
    ask: (api: Api<Task>) => Promise<HrmOutcome<string>>,
  ): Promise<boolean> {
    this.#wanted = wanted
    this.starting = true
    try {
      return (await this.#ask(ask)) !== undefined
    } finally {
      this.starting = false
    }
  }

  async pause(): Promise<void> {
    await this.#order((api) => api.pause())
  }

  async resume(): Promise<void> {
    await this.#order((api) => api.resume())
  }

  /** Stops the training under way and forgets those that wait. */
  async cancel(): Promise<void> {
    this.queue = []
    await this.#order((api) => api.cancel())
  }

  /** A worker that does not obey is replaced: no button stays without an effect. */
  async #order(order: (api: Api<Task>) => Promise<void>): Promise<void> {
    const worker = this.#worker
    if (!worker) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const obeyed = await Promise.race([
      order(worker.api).then(() => true),
      new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), this.#patience))),
    ]).catch(() => true)
    clearTimeout(timer)
    if (obeyed || worker !== this.#worker) return
    worker.stop()
    this.#worker = null
    this.queue = []
    const { status } = this
    if (status && isAlive(status))
      this.#put({
        ...status,
        phase: 'cancelled',
        message: `The worker did not answer and was stopped. ${whatIsStored(status)}`,
      })
  }

  get #patience(): number {
    const speed = this.status?.stepsPerSecond ?? 0
    return speed > 0 ? Math.max(patience, (1_000 * stepsOfPatience) / speed) : patience
  }

  /** The tab hides and may not come back. */
  store(): void {
    if (this.alive) void this.#worker?.api.store().catch(() => undefined)
  }

  async remove(id: string): Promise<void> {
    const removed = await this.#ask((api) => api.deleteRun(id))
    if (removed !== undefined) this.stored = this.stored?.filter((run) => run.id !== id) ?? null
  }

  /** The last checkpoint as a file; null where it cannot be read, and `problem` says why. */
  async exportRun(id: string): Promise<Uint8Array | null> {
    return (await this.#ask((api) => api.exportRun(id))) ?? null
  }

  async importRun(file: Uint8Array, name: string): Promise<void> {
    this.problem = ''
    const id = await this.#ask((api) => api.importRun(file, name))
    if (id === undefined) return
    this.note = `“${name}” was taken in.`
    await this.look()
  }

  /** An unseen puzzle on its way through the model of the current or last run. */
  async refine(puzzle: number): Promise<HrmOutcome<Refinement> | null> {
    return (await this.#worker?.api.refine(puzzle).catch(() => null)) ?? null
  }

  /** The value of an outcome; undefined where there is none, and `problem` says why. */
  async #ask<T>(ask: (api: Api<Task>) => Promise<HrmOutcome<T>>): Promise<T | undefined> {
    try {
      const outcome = await ask(this.#awake().api)
      if (outcome.ok) return outcome.value
      this.problem = outcome.message
    } catch (cause) {
      // Whoever stopped the worker has said why.
      if (!(cause instanceof EngineStopped))
        this.problem = cause instanceof Error ? cause.message : String(cause)
    }
    return undefined
  }

  #awake(): HrmWorker<Task> {
    if (this.#worker) return this.#worker
    const worker = this.#startWorker((status) => {
      if (worker === this.#worker) this.hear(status)
    })
    this.#worker = worker
    void worker.died.then((why) => {
      if (worker === this.#worker) void this.#goOnAfter(why)
    })
    return worker
  }

  /** Takes in a word of the worker. */
  hear(status: TrainingStatus<Task>): void {
    const before = this.status
    const now = this.#now()
    const computed = before?.id === status.id && before.phase === 'training' ? now - this.#heardAt : 0
    this.#heardAt = now
    this.backend = status.backend
    this.#put(status, computed / 1_000)
    if (before?.id === status.id && isAlive(before) && !isAlive(status)) void this.#next()
    else if (status.storedStep !== null && !this.#listed.has(status.id)) {
      this.#listed.add(status.id)
      void this.look()
    }
  }

  /** What ended makes room for what waits. */
  async #next(): Promise<void> {
    const [request, ...rest] = this.queue
    this.queue = rest
    if (request) await this.#begin(request.backend, (api) => api.train(request))
    await this.look()
  }

  #put(status: TrainingStatus<Task>, seconds = 0): void {
    const known = this.runs.find((run) => run.status.id === status.id)
    const run = { status, seconds: (known?.seconds ?? 0) + seconds }
    this.runs = [...this.runs.filter((other) => other !== known), run]
  }

  /** The worker ended by itself: the run goes on in a new one from what is stored, or says what was lost. */
  async #goOnAfter(why: string): Promise<void> {
    const { status } = this
    this.#worker = null
    if (!status || !isAlive(status)) {
      this.queue = []
      this.problem = `The worker stopped. ${why}`
      return
    }
    const { id, step, storedStep } = status
    const fail = (message: string) => this.#put({ ...status, phase: 'failed', message })
    if (storedStep === null) {
      this.queue = []
      return fail(
        `The worker stopped at step ${step}, before anything was stored: these steps are lost. ${why}`,
      )
    }
    this.#deaths = { step: storedStep, count: this.#deaths.step === storedStep ? this.#deaths.count + 1 : 1 }
    if (this.#deaths.count >= mostDeaths) {
      this.queue = []
      return fail(
        `The worker stopped ${mostDeaths} times since step ${storedStep}, which is stored. A smaller model or batch may fit. ${why}`,
      )
    }
    this.note = `The worker stopped at step ${step} and was started again. The run goes on from step ${storedStep}, the last that was stored. ${why}`
    this.#put({ ...status, phase: 'preparing' })
    if (!(await this.#begin(this.#wanted, (api) => api.continueRun(id, this.#wanted)))) {
      fail(`The worker stopped at step ${step}, and the run could not go on. ${this.problem}`)
      this.problem = ''
    } else if (status.phase === 'paused') await this.pause()
  }
}

export function isAlive({ phase }: Pick<TrainingStatus, 'phase'>): boolean {
  return phase === 'preparing' || phase === 'training' || phase === 'paused'
}

function whatIsStored({ storedStep }: Pick<TrainingStatus, 'storedStep'>): string {
  return storedStep === null ? 'Nothing of this run is stored.' : `Step ${storedStep} is stored.`
}

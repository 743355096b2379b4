import { transfer } from 'comlink'
import type { BacktestApi, Outcome, ScoringModel } from '../../workers/backtest/api.ts'
import type {
  HrmOutcome,
  LadderRequest,
  LadderStatus,
  RowsTask,
  TrainingStatus,
} from '../../workers/hrm/api.ts'
import { Hrm } from './hrm.svelte.ts'
import { defaultRowsPlan, type RowsPlan } from './rowsPlan.ts'
import { startRowsWorker, type RowsWorker } from './hrmWorker.ts'

type Flights = Pick<BacktestApi, 'connectModels'>

/** The models of Jet in a worker of their own: trainings on its rows, the ladder, and what scores. */
export class JetModels {
  /** Trainings on rows. */
  readonly hrm: Hrm<RowsTask>
  ladder = $state.raw<LadderStatus | null>(null)
  /** A ladder has been asked for, and has not said anything yet. */
  starting = $state.raw(false)
  /** Models that can be asked; null = not looked at yet. */
  known = $state.raw<ScoringModel[] | null>(null)
  problem = $state.raw('')
  /** What the next training is to be. */
  plan = $state.raw<RowsPlan>(defaultRowsPlan())

  readonly #baseUrl: string
  #worker: RowsWorker | null = null
  #flights: Flights | null = null
  #packaged: { dataset: string; model: Promise<Outcome<ScoringModel | null>> } | null = null

  constructor(baseUrl = new URL('.', document.baseURI).href) {
    this.#baseUrl = baseUrl
    this.hrm = new Hrm<RowsTask>((hear) => this.#start(hear), undefined, 'rows')
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.hrm.store()
    })
  }

  #start(hear: (status: TrainingStatus<RowsTask>) => void): RowsWorker {
    const worker = startRowsWorker(hear, (status) => {
      if (worker === this.#worker) this.hear(status)
    })
    this.#worker = worker
    void worker.died.then(() => this.#gone(worker))
    this.#connect()
    return worker
  }

  get #rows(): RowsWorker['rows'] {
    this.hrm.wake()
    if (!this.#worker) throw new Error('The worker of the models could not be started.')
    return this.#worker.rows
  }

  /** Lets the worker of the models and that of the flights ask each other, without the page in between. */
  join(flights: Flights): void {
    if (flights === this.#flights) return
    this.#flights = flights
    this.#connect()
  }

  #connect(): void {
    if (!this.#flights || !this.#worker) return
    const source = new MessageChannel()
    const scorer = new MessageChannel()
    const ends = (first: MessagePort, second: MessagePort): [MessagePort, MessagePort] => [
      transfer(first, [first]),
      transfer(second, [second]),
    ]
    void this.#flights.connectModels(...ends(source.port1, scorer.port1))
    void this.#worker.rows.connectRows(...ends(source.port2, scorer.port2))
  }

  /** A worker that ended takes its ladder along. */
  #gone(worker: RowsWorker): void {
    if (worker !== this.#worker) return
    this.#worker = null
    this.#packaged = null
    this.starting = false
    if (this.ladder?.phase === 'running')
      this.ladder = {
        ...this.ladder,
        phase: 'failed',
        message: 'The worker stopped, and the ladder with it.',
      }
  }

  /** The model that came with the page; null where it does not fit the rows. */
  packaged(dataset: string): Promise<Outcome<ScoringModel | null>> {
    if (this.#packaged?.dataset === dataset) return this.#packaged.model
    const model = this.#rows.packagedModel(this.#baseUrl).then((outcome) => {
      // What failed may work the next time.
      if (!outcome.ok && this.#packaged?.model === model) this.#packaged = null
      return outcome
    })
    this.#packaged = { dataset, model }
    return model
  }

  /** Looks which models can be asked. */
  async look(): Promise<void> {
    const outcome = await this.#told(this.#rows.scoringModels())
    if (outcome) this.known = outcome
  }

  hear(status: LadderStatus): void {
    this.starting = false
    const ended = this.ladder?.phase === 'running' && status.phase !== 'running'
    this.ladder = status
    if (ended) void this.look()
  }

  async climb(request: LadderRequest): Promise<void> {
    this.problem = ''
    this.starting = true
    await this.#told(this.#rows.startLadder(request))
    this.starting = false
  }

  async cancelLadder(): Promise<void> {
    await this.#worker?.rows.cancelLadder().catch(() => undefined)
  }

  /** The value of an outcome; undefined where there is none, and `problem` says why. */
  async #told<T>(asked: Promise<HrmOutcome<T>>): Promise<T | undefined> {
    try {
      const outcome = await asked
      if (outcome.ok) return outcome.value
      this.problem = outcome.message
    } catch (cause) {
      this.problem = cause instanceof Error ? cause.message : String(cause)
    }
    return undefined
  }
}

import * as tf from '@tensorflow/tfjs'
import type { ScoringModel } from '../../quant/rows.ts'
import type {
  BackendName,
  BackendReport,
  HrmApi,
  HrmOutcome,
  LadderRequest,
  LadderStatus,
  Refinement,
  StoredRun,
  TrainingRequest,
  TrainingStatus,
  TrainingTask,
} from '../api.ts'
import type { Checkpoint } from '../checkpoint/checkpoint.ts'
import { decodeCheckpoint } from '../checkpoint/checkpointFile.ts'
import type { CheckpointFiles } from '../checkpoint/files.ts'
import { CheckpointError } from '../checkpoint/metadata.ts'
import { CheckpointStore, type ListedRun } from '../checkpoint/store.ts'
import { CheckpointKeeper } from './keeper.ts'
import { checkConfig } from '../model/config.ts'
import { RowsDesk } from '../rows/rowsDesk.ts'
import { readRowsTask } from '../rows/storedRowsTask.ts'
import { HrmProblem, outcomeOf } from './outcome.ts'
import { TrainingRun, type RunOptions } from './run.ts'
import { problemOfSettings } from './settings.ts'
import { dataFor, dataOfCheckpoint, taskOf } from './taskData.ts'
import { Trainer } from './trainer.ts'

/** What surrounds the trainings: the browser's in the worker, stand-ins in tests. */
export interface SessionPlatform {
  chooseBackend: (wanted: BackendName | 'auto', onLost: (reason: string) => void) => Promise<BackendReport>
  openFiles: () => Promise<CheckpointFiles>
  /** Milliseconds of a clock that never goes back. */
  now: () => number
  /** Resolves once messages that wait have been heard. */
  breathe: () => Promise<void>
  /** Ends the worker with a sentence, because it can never compute again. */
  die: (why: string) => void
}

/** What a training is made of, before it is on a backend. */
interface Prepared extends Pick<RunOptions, 'task' | 'settings' | 'data' | 'notes'> {
  storedStep: number | null
  trainer: () => Trainer
}

/** All trainings of a worker, one at a time. */
export class HrmSession implements HrmApi<TrainingTask> {
  private listener: (status: TrainingStatus<TrainingTask>) => void = () => undefined
  private run: TrainingRun | null = null
  /** A training is being made ready. */
  private starting = false
  /** It was cancelled before it began. */
  private unwanted = false
  private chosen: { wanted: BackendName | 'auto'; report: BackendReport } | null = null
  private choosing: Promise<unknown> = Promise.resolve()
  private opened: Promise<CheckpointStore> | null = null
  private readonly rows: RowsDesk

  constructor(private readonly platform: SessionPlatform) {
    this.rows = new RowsDesk({
      openStore: () => this.openStore(),
      computing: (job) => this.computing(job),
      now: platform.now,
    })
  }

  watch(listener: (status: TrainingStatus<TrainingTask>) => void): void {
    this.listener = listener
  }

  backend(wanted: BackendName | 'auto'): Promise<HrmOutcome<BackendReport>> {
    return outcomeOf(() => {
      if (this.chosen?.wanted !== wanted) this.refuseWhileBusy()
      return this.choose(wanted)
    })
  }

  train({ task: asked, settings, backend }: TrainingRequest<TrainingTask>): Promise<HrmOutcome<string>> {
    return this.preparing(async () => {
      const problem = problemOfSettings(settings)
      if (problem) throw new HrmProblem('bad-setting', problem)
      const { task, stored, data } = await dataFor(asked, settings, (hash) => this.rows.dataset(hash))
      const { config, source } = data
      checkConfig(config)
      return this.start(newId(), backend, () =>
        Promise.resolve({
          task,
          settings,
          data,
          notes: [],
          storedStep: null,
          trainer: () => Trainer.start({ task: stored, settings, config, source }),
        }),
      )
    })
  }

  async pause(): Promise<void> {
    this.run?.pause()
    return Promise.resolve()
  }

  async resume(): Promise<void> {
    this.run?.resume()
    return Promise.resolve()
  }

  async cancel(): Promise<void> {
    this.unwanted = this.starting
    await this.run?.cancel()
  }

  async store(): Promise<void> {
    await this.run?.store()
  }

  continueRun(id: string, backend: BackendName | 'auto'): Promise<HrmOutcome<string>> {
    return this.preparing(() =>
      this.start(id, backend, async (store) => {
        const { checkpoint, damaged } = await store.load(id)
        const { task, data } = await dataOfCheckpoint(checkpoint, (hash) => this.rows.dataset(hash))
        const { settings, step } = checkpoint
        return {
          task,
          settings,
          data,
          notes: damaged > 0 ? [wentBackTo(step)] : [],
          storedStep: step,
          trainer: () => Trainer.resume(checkpoint, data.source),
        }
      }),
    )
  }

  storedRuns(of: 'puzzles' | 'rows' = 'puzzles'): Promise<HrmOutcome<StoredRun<TrainingTask>[]>> {
    return outcomeOf(async () => {
      const runs = (await (await this.openStore()).list()).flatMap(storedRun)
      return runs.filter(({ task }) => (task.kind === 'rows') === (of === 'rows'))
    })
  }

  deleteRun(id: string): Promise<HrmOutcome<null>> {
    return outcomeOf(async () => {
      if (this.run?.id === id && this.run.active)
        throw new HrmProblem('busy', 'This training is under way. Cancel it first.')
      const store = await this.openStore()
      const release = await claim(store, id)
      await store.remove(id).finally(release)
      this.rows.forget(id)
      return null
    })
  }

  exportRun(id: string): Promise<HrmOutcome<Uint8Array>> {
    return outcomeOf(async () => (await (await this.openStore()).load(id)).bytes)
  }

  importRun(file: Uint8Array, name: string): Promise<HrmOutcome<string>> {
    return outcomeOf(async () => {
      const bytes = new Uint8Array(file)
      try {
        await checkImported(await decodeCheckpoint(bytes))
      } catch (error) {
        if (error instanceof CheckpointError) throw new CheckpointError(`“${name}”: ${error.message}`)
        throw error
      }
      const id = newId()
      await (await this.openStore()).saveFile(id, bytes)
      return id
    })
  }

  refine(puzzle: number): Promise<HrmOutcome<Refinement>> {
    return outcomeOf(() => {
      if (!this.run)
        throw new HrmProblem(
          'no-model',
          'There is no model yet: train one, or go on with one that is stored.',
        )
      return this.run.refine(puzzle)
    })
  }

  connectRows(source: MessagePort, scorer: MessagePort): void {
    this.rows.connect(source, scorer)
  }

  watchLadder(listener: (status: LadderStatus) => void): void {
    this.rows.watchLadder(listener)
  }

  startLadder(request: LadderRequest): Promise<HrmOutcome<null>> {
    return this.preparing(async () => {
      await this.rows.startLadder(request)
      if (this.unwanted) await this.rows.cancelLadder()
      return null
    })
  }

  async cancelLadder(): Promise<void> {
    this.unwanted = this.starting
    await this.rows.cancelLadder()
  }

  packagedModel(baseUrl: string): Promise<HrmOutcome<ScoringModel | null>> {
    return outcomeOf(() => this.rows.packagedModel(baseUrl))
  }

  scoringModels(): Promise<HrmOutcome<ScoringModel[]>> {
    return outcomeOf(() => this.rows.models())
  }

  /** One training or ladder is made ready or under way at a time. */
  private preparing<T>(prepare: () => Promise<T>): Promise<HrmOutcome<T>> {
    return outcomeOf(async () => {
      this.refuseWhileBusy()
      this.starting = true
      this.unwanted = false
      try {
        return await prepare()
      } finally {
        this.starting = false
      }
    })
  }

  private refuseWhileBusy(): void {
    if (this.starting || this.run?.active)
      throw new HrmProblem('busy', 'A training is under way. Cancel it, or wait until it has ended.')
    if (this.rows.ladderActive)
      throw new HrmProblem('busy', 'Models are being compared. Cancel that, or wait until it has ended.')
  }

  /** Takes the run for this tab, makes it ready, and lets it train. */
  private async start(
    id: string,
    wanted: BackendName | 'auto',
    prepare: (store: CheckpointStore) => Promise<Prepared>,
  ): Promise<string> {
    const store = await this.openStore()
    const release = await claim(store, id)
    try {
      const { trainer, notes, storedStep, ...rest } = await prepare(store)
      const backend = await this.choose(wanted)
      await this.run?.dispose()
      this.run = null
      this.rows.forget(id)
      const { now, breathe } = this.platform
      const run = new TrainingRun(trainer(), {
        ...rest,
        id,
        backend,
        keeper: new CheckpointKeeper(store, id, storedStep),
        notes: store.forgets ? [...notes, store.forgets] : notes,
        tell: (status) => this.listener(status),
        now,
        breathe,
      })
      this.run = run
      run.begin(() => {
        this.rows.forget(id)
        release()
      })
      if (this.unwanted) await run.cancel()
      return id
    } catch (error) {
      release()
      throw error
    }
  }

  /** Leaves tfjs on the backend. The model of a run that ended is not asked for anything meanwhile. */
  private choose(wanted: BackendName | 'auto'): Promise<BackendReport> {
    const choose = () => this.chooseAlone(wanted)
    // tfjs has one backend at a time: a second choice waits for the first.
    const chosen = this.choosing.then(() => (this.run ? this.run.alone(choose) : choose()))
    this.choosing = chosen.catch(() => undefined)
    return chosen
  }

  private async chooseAlone(wanted: BackendName | 'auto'): Promise<BackendReport> {
    if (this.chosen?.wanted !== wanted) {
      const report = await this.platform.chooseBackend(wanted, (reason) => this.lost(reason))
      this.chosen = { wanted, report }
    }
    await tf.setBackend(this.chosen.report.backend)
    return this.chosen.report
  }

  /**
   * Does something on the backend while no other is chosen: beside a training or ladder that runs, which keeps its
   * own, else before the next choice.
   */
  private async computing<T>(job: () => Promise<T>): Promise<T> {
    if (this.run?.active || this.rows.ladderActive) return job()
    await this.choose(this.chosen?.wanted ?? 'auto')
    const done = this.choosing.then(job)
    this.choosing = done.catch(() => undefined)
    return done
  }

  private lost(reason: string): void {
    this.run?.abandon()
    this.platform.die(`The GPU was lost: ${reason}`)
  }

  private openStore(): Promise<CheckpointStore> {
    this.opened ??= this.platform.openFiles().then((files) => new CheckpointStore(files))
    return this.opened
  }
}

async function claim(store: CheckpointStore, id: string): Promise<() => void> {
  const release = await store.claim(id)
  if (release) return release
  throw new HrmProblem('busy', 'This training is open in another tab of this page.')
}

function wentBackTo(step: number): string {
  return `The newest checkpoint was damaged: the training goes on from step ${step}, the one before it.`
}

/** Rows need not be there: the model can be asked all the same. */
async function checkImported(checkpoint: Checkpoint): Promise<void> {
  const noRows = () => Promise.reject(new Error('A checkpoint of puzzles asks for no rows.'))
  if (!readRowsTask(checkpoint.task)) await dataOfCheckpoint(checkpoint, noRows)
}

function storedRun({ id, metadata, storedAt, bytes }: ListedRun): StoredRun<TrainingTask>[] {
  const { settings, step, curves } = metadata
  const task = taskOf(metadata.task)
  if (!task) return []
  return [
    {
      id,
      task,
      settings,
      step,
      storedAt,
      bytes,
      exact: curves.validation.at(-1)?.exact ?? null,
    },
  ]
}

/** Also on pages without a secure origin, where there is no `randomUUID`. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

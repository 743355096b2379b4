import * as tf from '@tensorflow/tfjs'
import type {
  BackendName,
  BackendReport,
  HrmApi,
  HrmOutcome,
  PuzzleTask,
  Refinement,
  StoredRun,
  TrainingRequest,
  TrainingStatus,
} from '../api.ts'
import type { Checkpoint } from '../checkpoint/checkpoint.ts'
import { decodeCheckpoint } from '../checkpoint/checkpointFile.ts'
import type { CheckpointFiles } from '../checkpoint/files.ts'
import { CheckpointError } from '../checkpoint/metadata.ts'
import { CheckpointStore, type ListedRun } from '../checkpoint/store.ts'
import { CheckpointKeeper } from './keeper.ts'
import { checkConfig } from '../model/config.ts'
import { modelConfig } from './modelConfig.ts'
import { HrmProblem, outcomeOf } from './outcome.ts'
import { isPuzzleTask, puzzleData, type PuzzleData } from './puzzleTask.ts'
import { TrainingRun, type RunOptions } from './run.ts'
import { problemOfSettings } from './settings.ts'
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
export class HrmSession implements HrmApi {
  private listener: (status: TrainingStatus) => void = () => undefined
  private run: TrainingRun | null = null
  /** A training is being made ready. */
  private starting = false
  /** It was cancelled before it began. */
  private unwanted = false
  private chosen: { wanted: BackendName | 'auto'; report: BackendReport } | null = null
  private choosing: Promise<unknown> = Promise.resolve()
  private opened: Promise<CheckpointStore> | null = null

  constructor(private readonly platform: SessionPlatform) {}

  watch(listener: (status: TrainingStatus) => void): void {
    this.listener = listener
  }

  backend(wanted: BackendName | 'auto'): Promise<HrmOutcome<BackendReport>> {
    return outcomeOf(() => {
      if (this.chosen?.wanted !== wanted) this.refuseWhileBusy()
      return this.choose(wanted)
    })
  }

  train({ task, settings, backend }: TrainingRequest): Promise<HrmOutcome<string>> {
    return this.preparing(async () => {
      const problem = problemOfSettings(settings)
      if (problem) throw new HrmProblem('bad-setting', problem)
      const data = await puzzleData(task)
      const config = modelConfig(settings, data.shape)
      checkConfig(config)
      return this.start(newId(), backend, () =>
        Promise.resolve({
          task,
          settings,
          data,
          notes: [],
          storedStep: null,
          trainer: () => Trainer.start({ task, settings, config, source: data.source }),
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
        const { task, data } = await dataOf(checkpoint)
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

  storedRuns(): Promise<HrmOutcome<StoredRun[]>> {
    return outcomeOf(async () => (await (await this.openStore()).list()).flatMap(storedRun))
  }

  deleteRun(id: string): Promise<HrmOutcome<null>> {
    return outcomeOf(async () => {
      if (this.run?.id === id && this.run.active)
        throw new HrmProblem('busy', 'This training is under way. Cancel it first.')
      const store = await this.openStore()
      const release = await claim(store, id)
      await store.remove(id).finally(release)
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
        await dataOf(await decodeCheckpoint(bytes))
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

  /** One training is made ready or under way at a time. */
  private preparing(prepare: () => Promise<string>): Promise<HrmOutcome<string>> {
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
      run.begin(release)
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

/** The data a checkpoint was trained on, made anew. */
async function dataOf({
  task,
  dataHash,
  config,
}: Checkpoint): Promise<{ task: PuzzleTask; data: PuzzleData }> {
  if (!isPuzzleTask(task))
    throw new CheckpointError(`It was trained on “${task.kind}”, which is not known here.`)
  const data = await puzzleData(task)
  const { sequenceLength, vocabulary } = data.shape
  if (
    data.source.hash !== dataHash ||
    config.sequenceLength !== sequenceLength ||
    config.vocabulary !== vocabulary
  )
    throw new CheckpointError('It was trained on other puzzles than this version of the page makes.')
  return { task, data }
}

function storedRun({ id, metadata, storedAt, bytes }: ListedRun): StoredRun[] {
  const { task, settings, step, curves } = metadata
  if (!isPuzzleTask(task)) return []
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

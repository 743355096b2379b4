import * as tf from '@tensorflow/tfjs'
import type { BackendReport, Refinement, TrainingSettings, TrainingStatus, TrainingTask } from '../api.ts'
import { CancelledError, TrainingControl } from './control.ts'
import type { CheckpointKeeper } from './keeper.ts'
import { HrmProblem, unexpected } from './outcome.ts'
import { Pace } from './pace.ts'
import { isPuzzleTask } from './puzzleTask.ts'
import { refine } from './refine.ts'
import type { TrainingData } from './trainingData.ts'
import { NotANumberError, Trainer } from './trainer.ts'

export interface RunOptions {
  id: string
  task: TrainingTask
  settings: TrainingSettings
  backend: BackendReport
  data: TrainingData
  keeper: CheckpointKeeper
  /** What a person should know from the beginning. */
  notes: string[]
  tell: (status: TrainingStatus<TrainingTask>) => void
  /** Milliseconds of a clock that never goes back. */
  now: () => number
  /** Resolves once messages that wait have been heard. */
  breathe: () => Promise<void>
}

/** Milliseconds between two words about a training that goes on. */
const tellEvery = 200
/** Milliseconds after which a checkpoint is stored though no validation was due. */
const saveEvery = 60_000
/** Milliseconds in which the loss of a GPU is heard of, after what it broke. */
const lossGrace = 300

const advice = 'A smaller learning rate, a longer warm-up or clipped gradients may help.'

/** One training, from its beginning or a checkpoint to its end; the model stays for `refine` after it. */
export class TrainingRun {
  private readonly control: TrainingControl
  private readonly pace = new Pace()
  private phase: TrainingStatus['phase'] = 'training'
  /** Why it ended as it did. */
  private ending: string | null = null
  private ended: Promise<void> = Promise.resolve()
  private abandoned = false
  private toldAt = -Infinity
  private savedAt: number
  /** What was last known of the model. */
  private progress: Pick<TrainingStatus, 'step' | 'parameters' | 'training' | 'validation'>

  /** @param trainer taken over; null once its model is worth nothing */
  constructor(
    private trainer: Trainer | null,
    private readonly options: RunOptions,
  ) {
    this.control = new TrainingControl(options.breathe)
    this.savedAt = options.now()
    this.progress = progressOf(this.living)
  }

  get id(): string {
    return this.options.id
  }

  get active(): boolean {
    return this.phase === 'training' || this.phase === 'paused'
  }

  /** Trains until the end, whatever it is; `then` is called after it. */
  begin(then: () => void): void {
    this.tell()
    this.ended = this.train().finally(then)
  }

  pause(): void {
    this.control.pause()
  }

  resume(): void {
    this.control.resume()
  }

  /** Resolves once the training has ended. */
  async cancel(): Promise<void> {
    this.control.cancel()
    await this.ended
  }

  /** Stores a checkpoint before the next step. */
  async store(): Promise<void> {
    // Numbers that are none end the training at its next step; who asked to store cannot help it.
    if (this.active) await this.control.between(() => this.save(), 'now').catch(() => undefined)
  }

  /** Does something between two steps, or after the end, while nothing else is done with the model. */
  alone<T>(job: () => Promise<T>): Promise<T> {
    return this.control.between(job, 'soon')
  }

  refine(puzzle: number): Promise<Refinement> {
    const { task, data, backend } = this.options
    return this.alone(async () => {
      const { trainer } = this
      const { puzzles } = data
      if (!isPuzzleTask(task) || !puzzles)
        throw new HrmProblem('no-model', 'The model was trained on rows: there is no puzzle to show.')
      if (!trainer) throw new HrmProblem('no-model', 'There is no model any more: its numbers were lost.')
      // After the end another backend may have been looked at.
      await tf.setBackend(backend.backend)
      return trainer.answering(() => refine(trainer.model, task, puzzles, puzzle))
    })
  }

  /** The backend is gone: nothing is told or stored any more. */
  abandon(): void {
    this.abandoned = true
  }

  async dispose(): Promise<void> {
    await this.cancel()
    await this.alone(() => {
      this.trainer?.dispose()
      this.trainer = null
      return Promise.resolve()
    })
  }

  private get living(): Trainer {
    if (!this.trainer) throw new Error('The training has no model any more.')
    return this.trainer
  }

  private async train(): Promise<void> {
    try {
      if (this.options.keeper.storedStep === null) await this.save()
      const phase = await this.steps()
      const best = this.living.returnToBest()
      if (best !== null) this.ending = `The model is that of step ${best}, the best on unseen rows.`
      const calibrated = await this.living.calibrate()
      if (best !== null || calibrated) await this.save()
      this.phase = phase
    } catch (error) {
      await this.endBy(error).catch((cause: unknown) => this.fail(unexpected(cause)))
    }
    await this.control.end()
    this.tell()
  }

  private async steps(): Promise<'finished' | 'stopped-early'> {
    const { control, pace, living: trainer } = this
    const { now } = this.options
    for (;;) {
      await control.turn((paused) => this.enter(paused ? 'paused' : 'training'))
      const start = now()
      if (trainer.validationDue) {
        const point = await trainer.validate(() => control.goesOn())
        if (!point) continue
        pace.tookValidation(now() - start)
        await this.save()
      } else if (trainer.stopsEarly) return 'stopped-early'
      else if (trainer.finished) return 'finished'
      else {
        await trainer.trainStep()
        pace.tookStep(now() - start)
        if (now() - this.savedAt > saveEvery) await this.save()
      }
      if (now() - this.toldAt >= tellEvery) this.tell()
    }
  }

  private async endBy(error: unknown): Promise<void> {
    if (error instanceof CancelledError)
      return this.endCancelled().then(
        () => void (this.phase = 'cancelled'),
        (cause: unknown) => this.endBy(cause),
      )
    if (this.options.backend.backend === 'webgpu')
      await new Promise((resolve) => setTimeout(resolve, lossGrace))
    if (this.abandoned) return
    this.fail(error instanceof NotANumberError ? await this.backToLastGood(error) : unexpected(error))
  }

  private async endCancelled(): Promise<void> {
    // What was learnt so far can be asked, too.
    if (this.living.step > 0) await this.living.calibrate()
    await this.save()
  }

  private fail(why: string): void {
    this.ending = why
    this.phase = 'failed'
  }

  /** Answers what is to be told of it. */
  private async backToLastGood({ message }: NotANumberError): Promise<string> {
    this.trainer?.dispose()
    this.trainer = null
    const checkpoint = await this.options.keeper.lastGood()
    if (!checkpoint) return `${message} No good checkpoint is stored. ${advice}`
    this.trainer = Trainer.resume(checkpoint, this.options.data.source)
    return `${message} The model is again that of step ${checkpoint.step}, the last good one stored. ${advice}`
  }

  private async save(): Promise<void> {
    const checkpoint = await this.living.checkpoint()
    this.savedAt = this.options.now()
    if (!this.abandoned) await this.options.keeper.save(checkpoint)
  }

  private enter(phase: TrainingStatus['phase']): void {
    this.phase = phase
    this.tell()
  }

  private tell(): void {
    if (this.abandoned) return
    const { id, task, settings, backend, notes, keeper, now, tell } = this.options
    this.toldAt = now()
    if (this.trainer) this.progress = progressOf(this.trainer)
    const { step } = this.progress
    const { steps, validateEvery } = settings
    const validations = Math.ceil(steps / validateEvery) - Math.floor(step / validateEvery)
    const messages = [...notes, this.ending, keeper.trouble].filter((message) => message !== null)
    tell({
      id,
      task,
      settings,
      backend,
      phase: this.phase,
      message: messages.length > 0 ? messages.join(' ') : null,
      ...this.progress,
      stepsPerSecond: this.pace.stepsPerSecond,
      timeLeft: this.active ? this.pace.timeLeft(steps - step, validations) : 0,
      storedStep: keeper.storedStep,
    })
  }
}

function progressOf({ step, curves, model }: Trainer) {
  const { training, validation } = curves
  return { step, parameters: model.parameterCount(), training, validation }
}

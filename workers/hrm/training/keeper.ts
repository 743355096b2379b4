import { notFinite, type Checkpoint } from '../checkpoint/checkpoint.ts'
import { StorageFullError, type CheckpointStore } from '../checkpoint/store.ts'
import { NotANumberError } from './trainer.ts'

/** Stores the checkpoints of one training; a storage that fails is a trouble to tell of, not an end. */
export class CheckpointKeeper {
  /** What went wrong with the last attempt, and what it means; null = nothing. */
  trouble: string | null = null

  /** @param storedStep step of the last checkpoint that is stored; null = none */
  constructor(
    private readonly store: CheckpointStore,
    private readonly id: string,
    public storedStep: number | null,
  ) {}

  /** @throws NotANumberError instead of storing a checkpoint that holds what is no number */
  async save(checkpoint: Checkpoint): Promise<void> {
    const broken = notFinite(checkpoint)
    if (broken) throw new NotANumberError(`After step ${checkpoint.step}, ${broken} holds what is no number.`)
    try {
      await this.store.save(this.id, checkpoint)
      this.storedStep = checkpoint.step
      this.trouble = null
    } catch (error) {
      this.trouble = this.describe(error)
    }
  }

  /** The last checkpoint that is good; null where there is none. */
  lastGood(): Promise<Checkpoint | null> {
    return this.store.load(this.id).then(
      ({ checkpoint }) => checkpoint,
      () => null,
    )
  }

  private describe(error: unknown): string {
    const what =
      error instanceof StorageFullError
        ? 'The storage of the browser is full'
        : `The browser could not store a checkpoint (${error instanceof Error ? error.message : String(error)})`
    const left =
      this.storedStep === null ? 'nothing is stored' : `nothing newer than step ${this.storedStep} is stored`
    return (
      `${what}: ${left}. Training goes on, and the next checkpoint tries again. ` +
      'Delete stored trainings or free space on the disk.'
    )
  }
}

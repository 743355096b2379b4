import type { FamilyKeep } from '../keep/familyKeep.ts'
import { failed, superseded } from '../outcome.ts'
import type { Outcome } from '../api.ts'
import { SweepPool } from '../sweep/pool.ts'
import type { Blocks, PoolWorker } from '../sweep/pool.ts'
import { blockSize } from '../sweep/task.ts'
import type { TaskResult, TaskSetup } from '../sweep/task.ts'
import { Choice } from './choice.ts'
import type { WalkSpec } from './contract.ts'

/** What a worker gets at a time should take about so many seconds. */
const handSeconds = 0.15

export interface TrainingsGiven {
  /** One window a fold; without `seriesEvery`, because no series is kept. */
  setup: Omit<TaskSetup, 'seriesEvery'>
  /** Combinations of a fold. */
  combinations: number
  objective: WalkSpec['objective']
  workers: number
  create: () => PoolWorker
  keep: FamilyKeep
  /** Called after every handful. */
  moved: () => void
}

/**
 * Finds the best combination of every training window with a pool of its own, fold after fold. Every one that is
 * run is charged to the family.
 */
export class Trainings {
  /** The choices in the order of the folds, once all are made. */
  readonly made: Promise<Outcome<Choice[]>>
  /** Combinations seen, the impossible ones included. */
  done = 0
  readonly total: number
  private readonly choices: Choice[]
  private readonly pool: SweepPool
  private readonly lost: Blocks[] = []
  private readonly blocks: number
  private readonly workers: number
  private fold = 0
  private block = 0
  private settle!: (outcome: Outcome<Choice[]>) => void

  constructor(private readonly given: TrainingsGiven) {
    const folds = given.setup.windows.length
    this.made = new Promise((resolve) => (this.settle = resolve))
    this.choices = Array.from({ length: folds }, () => new Choice(given.objective))
    this.blocks = Math.ceil(given.combinations / blockSize)
    this.total = folds * given.combinations
    this.workers = Math.min(given.workers, folds * this.blocks)
    this.pool = new SweepPool(
      this.workers,
      given.create,
      { ...given.setup, seriesEvery: 0 },
      {
        next: (speed) => this.next(speed),
        done: (result) => this.take(result),
        lost: (blocks) => {
          this.lost.push(blocks)
        },
        failed: (message) => this.end(failed('failed', `The walk-forward stopped. ${message}`)),
      },
    )
  }

  /** Frees every worker at once. */
  cancel(): void {
    this.end(superseded)
  }

  private next(speed: number): Blocks | null {
    const again = this.lost.pop()
    if (again !== undefined) return again
    const { fold, block, blocks } = this
    if (fold === this.choices.length) return null
    const share = Math.ceil((blocks - block) / this.workers)
    const count = Math.min(share, Math.max(1, Math.round(speed * handSeconds)))
    this.block += count
    if (this.block === blocks) {
      this.fold++
      this.block = 0
    }
    return { blocks: Int32Array.from({ length: count }, (_, i) => block + i), window: fold }
  }

  private take(result: TaskResult): void {
    const { combinations, keep, moved } = this.given
    this.choices[result.window].take(result)
    keep.addMany(result.ids, result.sharpes, result)
    for (const block of result.blocks) this.done += Math.min(blockSize, combinations - block * blockSize)
    moved()
    if (this.done === this.total) this.end({ ok: true, value: this.choices })
  }

  private end(outcome: Outcome<Choice[]>): void {
    this.pool.close()
    this.settle(outcome)
  }
}

import type { HrmOutcome, Refinement } from '../../workers/hrm/api.ts'
import { newestWins } from './newest.ts'

/** The puzzle on the board, as the model of the moment works it out. */
export class Board {
  /** Which of the unseen puzzles. */
  puzzle = $state.raw(0)
  refinement = $state.raw<Refinement | null>(null)
  /** Why the board could not be worked out; '' = nothing to say. */
  problem = $state.raw('')
  /** A puzzle has been asked for whose answer is not on the board yet. */
  stale = $state.raw(false)
  /** The segment that is looked at; null = the last, whichever that is. */
  #chosen = $state.raw<number | null>(null)

  #answered = 0
  readonly #refine: (puzzle: number) => Promise<HrmOutcome<Refinement> | null>

  /** @param refine null where there is no worker to ask */
  constructor(refine: (puzzle: number) => Promise<HrmOutcome<Refinement> | null>) {
    this.#refine = refine
  }

  get segment(): number {
    const last = (this.refinement?.segments.length ?? 1) - 1
    return Math.min(this.#chosen ?? last, last)
  }

  /** Looks at a segment; at the last one it follows when there are more. */
  look(segment: number): void {
    const last = (this.refinement?.segments.length ?? 1) - 1
    this.#chosen = segment >= last ? null : segment
  }

  turnTo(puzzle: number, of: number): Promise<void> {
    this.puzzle = (puzzle + of) % of
    this.stale = true
    return this.refresh()
  }

  /** Lets the model work on the puzzle again, as it is now. */
  refresh(): Promise<void> {
    return this.#pull(this.puzzle)
  }

  #pull = newestWins<number>(async (puzzle, newest) => {
    const outcome = await this.#refine(puzzle)
    if (!newest()) return
    this.stale = false
    if (outcome?.ok) {
      this.problem = ''
      this.refinement = outcome.value
      this.#answered = puzzle
    } else {
      // What stays on the board is the puzzle before.
      this.puzzle = this.#answered
      if (outcome) this.problem = outcome.message
    }
  })
}

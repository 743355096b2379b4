import type { HrmOutcome, Refinement } from '../../workers/hrm/api.ts'
import { newestWins } from './newest.ts'

type Refine = (puzzle: number) => Promise<HrmOutcome<Refinement> | null>

/** The puzzle on the board: a recorded one at first, then as the model of the moment works it out. */
export class Board {
  /** Which of the unseen puzzles. */
  puzzle = $state.raw(0)
  refinement: Refinement
  /** A model of this tab worked it out. */
  live = $state.raw(false)
  /** Why the board could not be worked out; '' = nothing to say. */
  problem = $state.raw('')
  /** A puzzle has been asked for whose answer is not on the board yet. */
  stale = $state.raw(false)
  /** The segment that is looked at; null = the last, whichever that is. */
  #chosen = $state.raw<number | null>(null)
  #answered = 0
  readonly #refine: Refine

  /** @param refine null where there is no worker to ask */
  constructor(refine: Refine, recorded: Refinement) {
    this.#refine = refine
    this.refinement = $state.raw(recorded)
  }

  get last(): number {
    return this.refinement.segments.length - 1
  }

  get segment(): number {
    return Math.min(this.#chosen ?? this.last, this.last)
  }

  /** Looks at a segment; at the last one it follows when there are more. */
  look(segment: number): void {
    this.#chosen = segment >= this.last ? null : segment
  }

  turnTo(puzzle: number, of: number): Promise<void> {
    this.puzzle = puzzle
    this.stale = true
    return this.refresh(of)
  }

  /** Lets the model work on the puzzle again, as it is now; `of` how many there are. */
  refresh(of: number): Promise<void> {
    this.puzzle = (this.puzzle + of) % of
    return this.#pull(this.puzzle)
  }

  #pull = newestWins<number>(async (puzzle, newest) => {
    const outcome = await this.#refine(puzzle)
    if (!newest()) return
    this.stale = false
    if (outcome?.ok) {
      this.problem = ''
      this.refinement = outcome.value
      this.live = true
      this.#answered = puzzle
    } else {
      // What stays on the board is the puzzle before.
      this.puzzle = this.#answered
      if (outcome) this.problem = outcome.message
    }
  })
}

import type { Random } from '../../quant/random.ts'
import type { Batch } from '../model/index.ts'

/** One cell per token; what is given is read, what is the solution is learned, at every cell. */
export interface Puzzle {
  /** 0 = open, in a Sudoku. */
  given: Int32Array
  solution: Int32Array
}

/** A kind of puzzle, its instances split for good into those trained on and those kept back. */
export interface PuzzleSource {
  width: number
  height: number
  /** Values of a cell are 0 … vocabulary − 1. */
  vocabulary: number
  /** A puzzle to train on, new each time. */
  draw(random: Random): Puzzle
  /** Puzzles of instances that `draw` never shows, always the same ones. */
  unseen: Puzzle[]
}

export function batchOf(puzzles: Puzzle[]): Batch {
  const cells = puzzles[0].given.length
  const inputs = new Int32Array(puzzles.length * cells)
  const labels = new Int32Array(puzzles.length * cells)
  puzzles.forEach(({ given, solution }, row) => {
    inputs.set(given, row * cells)
    labels.set(solution, row * cells)
  })
  return { rows: puzzles.length, inputs, labels }
}

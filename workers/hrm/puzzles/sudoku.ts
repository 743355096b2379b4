import { Random } from '../../quant/random.ts'
import type { Puzzle, PuzzleSource } from './puzzle.ts'

const side = 4
const digits = [1, 2, 3, 4]

/** All 288 solved grids of 4×4 with boxes of 2×2, row by row, in the order of their digits. */
export function solvedGrids(): Int32Array[] {
  const found: Int32Array[] = []
  const grid = new Int32Array(side * side)
  const fill = (cell: number) => {
    if (cell === grid.length) {
      found.push(grid.slice())
      return
    }
    for (const digit of digits) {
      if (conflicts(grid, cell, digit)) continue
      grid[cell] = digit
      fill(cell + 1)
    }
    grid[cell] = 0
  }
  fill(0)
  return found
}

/** Whether a digit stands already in the row, column or box of a cell. */
function conflicts(grid: Int32Array, cell: number, digit: number): boolean {
  const [row, column] = [Math.floor(cell / side), cell % side]
  return grid.some((value, other) => {
    if (value !== digit || other === cell) return false
    const [r, c] = [Math.floor(other / side), other % side]
    return r === row || c === column || (r >> 1 === row >> 1 && c >> 1 === column >> 1)
  })
}

/** Grids trained on; the other 88 are kept back. */
const trainingGrids = 200
/** Which grids those are does not depend on the seed of a training. */
const splitSeed = 20_260_101

/**
 * 4×4 Sudoku: 200 grids to train on with new givens each time, puzzles of the other 88 unseen; 6–9 givens, one
 * solution.
 * @param puzzlesPerGrid puzzles of each unseen grid
 */
export function sudokuSource(puzzlesPerGrid = 1): PuzzleSource {
  const grids = solvedGrids()
  const random = new Random(splitSeed)
  const order = random.shuffle(Int32Array.from(grids.keys()))
  const [training, held] = [order.subarray(0, trainingGrids), order.subarray(trainingGrids)]
  return {
    width: side,
    height: side,
    vocabulary: 5,
    draw: (by) => puzzleOf(grids[training[by.below(training.length)]], grids, by),
    unseen: [...held].flatMap((grid) =>
      Array.from({ length: puzzlesPerGrid }, () => puzzleOf(grids[grid], grids, random)),
    ),
  }
}

/** Uncovers 6–9 cells, again until no other grid agrees with them. */
function puzzleOf(solution: Int32Array, grids: Int32Array[], random: Random): Puzzle {
  for (;;) {
    const givens = 6 + random.below(4)
    const cells = random.shuffle(Int32Array.from(solution.keys())).subarray(0, givens)
    const agreeing = grids.filter((grid) => cells.every((cell) => grid[cell] === solution[cell]))
    if (agreeing.length > 1) continue
    const given = new Int32Array(solution.length)
    for (const cell of cells) given[cell] = solution[cell]
    return { given, solution }
  }
}

import type { PuzzleTask, TrainableMode } from '../../../workers/hrm/api.ts'
import type { CurveColour } from '../../charts/stepCurvesOption.ts'

interface ModeWords {
  name: string
  /** Where a curve ends. */
  short: string
  /** What it is, in a line. */
  line: string
  /** The same colour in every picture. */
  colour: CurveColour
}

export const modeWords: Record<TrainableMode, ModeWords> = {
  'hrm-v1': {
    name: 'HRM',
    short: 'HRM',
    line: 'A fast level refines, a slow one steers; the gradient sees only the last step of each.',
    colour: 'accent',
  },
  trm: {
    name: 'TRM',
    short: 'TRM',
    line: 'One tiny network for both levels; the gradient sees the whole last cycle, and weights are averaged.',
    colour: 'loss',
  },
  transformer: {
    name: 'Transformer with the outer loop',
    short: 'Looped',
    line: 'As many blocks, no levels; it refines its answer segment by segment as the others do.',
    colour: 'ink',
  },
  'transformer-without-loop': {
    name: 'Transformer, one pass',
    short: 'One pass',
    line: 'As many blocks; it answers at once and never looks again.',
    colour: 'bench',
  },
}

export const taskWords: Record<PuzzleTask['kind'], { name: string; line: string }> = {
  sudoku: {
    name: 'Sudoku 4×4',
    line: 'Every row, column and box holds 1 to 4; 6 to 9 cells are given. 200 solved grids are trained on, puzzles of the other 88 are never seen.',
  },
  maze: {
    name: 'Maze',
    line: 'Mark the way from S to G through 3×3 rooms. 140 mazes are trained on, puzzles of the other 52 are never seen.',
  },
}

/** The token of a colour, for CSS. */
export const colourToken = (colour: CurveColour): string => `--${colour}`

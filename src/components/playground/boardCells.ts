import type { Refinement, TrainableMode } from '../../../workers/hrm/api.ts'
import { percent } from '../../charts/format.ts'

/** A cell of the board after a segment. */
export interface BoardCell {
  /** What the model says. */
  value: number
  solution: number
  right: boolean
  /** It was given, and only has to be copied. */
  fixed: boolean
  /** It said something else after the segment before. */
  changed: boolean
  /** Probability of what it says. */
  confidence: number
}

const openInMaze = 2

/** [cells] row by row. */
export function boardCells({ task, given, solution, segments }: Refinement, segment: number): BoardCell[] {
  const { values, confidence } = segments[segment]
  return Array.from(values, (value, cell) => ({
    value,
    solution: solution[cell],
    right: value === solution[cell],
    fixed: task.kind === 'sudoku' ? given[cell] !== 0 : given[cell] !== openInMaze,
    changed: segment > 0 && segments[segment - 1].values[cell] !== value,
    confidence: confidence[cell],
  }))
}

const mazeNames = ['nothing', 'wall', 'free', 'start', 'goal', 'way']

export function valueName({ kind }: Refinement['task'], value: number): string {
  return kind === 'sudoku' ? (value === 0 ? 'nothing' : String(value)) : (mazeNames[value] ?? String(value))
}

/** What a cell shows, in words. */
export function cellWords(task: Refinement['task'], cell: BoardCell): string {
  const said = valueName(task, cell.value)
  if (cell.fixed)
    return `${valueName(task, cell.solution)}, given${cell.right ? '' : `; the model says ${said}`}`
  const sure = `${percent(cell.confidence, { digits: 0 })} sure`
  return cell.right ? `${said}, ${sure}` : `${said}, ${sure}, wrong: ${valueName(task, cell.solution)}`
}

/** How many cells are right after a segment. */
export function rightCells({ solution, segments }: Refinement, segment: number): number {
  return segments[segment].values.reduce((sum, value, cell) => sum + (value === solution[cell] ? 1 : 0), 0)
}

/** The segment after which the model would stop if it were let; null where it would use all, or cannot tell. */
export function stopsAfter({ segments }: Refinement, mode: TrainableMode): number | null {
  if (mode === 'transformer-without-loop') return null
  const found = segments.findIndex(({ halt, keepOn }) => (mode === 'trm' ? halt > 0.5 : halt > keepOn))
  return found < 0 ? null : found
}

/** What happened up to a segment, in a sentence. */
export function segmentWords(refinement: Refinement, segment: number): string {
  const cells = refinement.solution.length
  const right = rightCells(refinement, segment)
  const changed = boardCells(refinement, segment).filter((cell) => cell.changed).length
  const verdict = right === cells ? 'Solved' : `${right} of ${cells} cells right`
  const moved = segment === 0 ? '' : changed === 0 ? ', nothing changed' : `, ${changed} changed`
  return `${verdict} after segment ${segment + 1} of ${refinement.segments.length}${moved}.`
}

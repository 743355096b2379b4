import { describe, expect, test } from 'vitest'
import {
  boardCells,
  cellWords,
  rightCells,
  segmentWords,
  stopsAfter,
} from '../../../../src/components/playground/boardCells.ts'
import type { Refinement } from '../../../../workers/hrm/api.ts'

const segment = (values: number[], halt: number, keepOn: number): Refinement['segments'][number] => ({
  values: Int32Array.from(values),
  confidence: Float32Array.from(values, () => 0.6),
  halt,
  keepOn,
})

/** One row of a board: 1 and 4 are given, 2 and 3 are to be found. */
const sudoku: Refinement = {
  task: { kind: 'sudoku' },
  width: 4,
  height: 1,
  given: Int32Array.of(1, 0, 0, 4),
  solution: Int32Array.of(1, 2, 3, 4),
  segments: [
    segment([1, 3, 3, 1], 0.1, 0.3),
    segment([1, 2, 3, 1], 0.4, 0.3),
    segment([1, 2, 3, 4], 0.9, 0.1),
  ],
}

describe('the board', () => {
  test('tells what was given from what is answered, and what is wrong or has changed', () => {
    const first = boardCells(sudoku, 0)
    expect(first.map(({ fixed }) => fixed)).toEqual([true, false, false, true])
    expect(first.map(({ right }) => right)).toEqual([true, false, true, false])
    expect(first.some(({ changed }) => changed)).toBe(false)
    expect(boardCells(sudoku, 1).map(({ changed }) => changed)).toEqual([false, true, false, false])
  })

  test('says every cell in words, for those who do not see it', () => {
    const words = boardCells(sudoku, 0).map((cell) => cellWords(sudoku.task, cell))
    expect(words).toEqual([
      '1, given',
      '3, 60\u2009% sure, wrong: 2',
      '3, 60\u2009% sure',
      '4, given; the model says 1',
    ])
  })

  test('counts the right cells and says when the puzzle is solved', () => {
    expect([0, 1, 2].map((k) => rightCells(sudoku, k))).toEqual([2, 3, 4])
    expect(segmentWords(sudoku, 1)).toBe('3 of 4 cells right after segment 2 of 3, 1 changed.')
    expect(segmentWords(sudoku, 2)).toBe('Solved after segment 3 of 3, 1 changed.')
  })

  test('shows where the model would stop by the rule of its kind', () => {
    expect(stopsAfter(sudoku, 'hrm-v1')).toBe(1)
    expect(stopsAfter(sudoku, 'trm')).toBe(2)
    expect(stopsAfter({ ...sudoku, segments: sudoku.segments.slice(0, 1) }, 'hrm-v1')).toBeNull()
    expect(stopsAfter(sudoku, 'transformer-without-loop')).toBeNull()
  })

  test('of a maze leaves only the free cells open', () => {
    const maze: Refinement = {
      ...sudoku,
      task: { kind: 'maze' },
      given: Int32Array.of(3, 2, 4, 1),
      solution: Int32Array.of(3, 5, 4, 1),
      segments: [segment([3, 2, 4, 1], 0, 0)],
    }
    const cells = boardCells(maze, 0)
    expect(cells.map(({ fixed }) => fixed)).toEqual([true, false, true, true])
    expect(cells.map((cell) => cellWords(maze.task, cell))).toEqual([
      'start, given',
      'free, 60\u2009% sure, wrong: way',
      'goal, given',
      'wall, given',
    ])
  })
})

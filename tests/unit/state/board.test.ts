import { describe, expect, test, vi } from 'vitest'
import { Board } from '../../../src/state/board.svelte.ts'
import { recorded, recordedRefinement } from '../../../src/state/recordedRefinement.ts'
import { sudokuSource } from '../../../workers/hrm/puzzles/sudoku.ts'
import type { HrmOutcome, Refinement } from '../../../workers/hrm/api.ts'

const refinement = (segments: number): Refinement => ({
  task: { kind: 'sudoku' },
  width: 4,
  height: 4,
  given: new Int32Array(16),
  solution: new Int32Array(16),
  segments: Array.from({ length: segments }, () => ({
    values: new Int32Array(16),
    confidence: new Float32Array(16),
    halt: 0,
    keepOn: 1,
  })),
})

/** A model whose answers come when the test says so. */
function slowModel() {
  const asked: { puzzle: number; answer: (outcome: HrmOutcome<Refinement> | null) => void }[] = []
  const recorded = refinement(5)
  const board = new Board((puzzle) => new Promise((answer) => asked.push({ puzzle, answer })), recorded)
  return { asked, board }
}
const solved = (segments: number): HrmOutcome<Refinement> => ({ ok: true, value: refinement(segments) })

describe('the puzzle on the board', () => {
  test('is a recorded one until a model answers: a true one, of those never trained on', () => {
    const { board } = slowModel()
    expect([board.live, board.segment]).toEqual([false, 4])
    const { given, solution, segments } = recordedRefinement
    const puzzle = sudokuSource().unseen[recorded.puzzle]
    expect([given, solution]).toEqual([puzzle.given, puzzle.solution])
    expect(segments.every(({ values, confidence }) => values.length === 16 && confidence.length === 16)).toBe(
      true,
    )
  })

  test('is looked at after its last segment, however many there are, until another is chosen', async () => {
    const { asked, board } = slowModel()
    void board.refresh(88)
    asked[0].answer(solved(8))
    await vi.waitFor(() => expect(board.segment).toBe(7))
    board.look(2)
    expect(board.segment).toBe(2)
    void board.refresh(88)
    asked[1].answer(solved(2))
    await vi.waitFor(() => expect(board.segment).toBe(1))
    board.look(1)
    void board.refresh(88)
    asked[2].answer(solved(4))
    await vi.waitFor(() => expect(board.segment).toBe(3))
  })

  test('is that which was asked for last, and dimmed until it is there', async () => {
    const { asked, board } = slowModel()
    void board.turnTo(1, 88)
    void board.turnTo(2, 88)
    const turned = board.turnTo(-1, 88)
    expect(board.stale).toBe(true)
    asked[0].answer(solved(8))
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(board.live).toBe(false)
    expect(asked[1].puzzle).toBe(87)
    asked[1].answer(solved(3))
    await turned
    expect(board.refinement.segments).toHaveLength(3)
    expect(board.stale).toBe(false)
  })

  test('stays when the worker is gone, and says why a model cannot answer', async () => {
    const { asked, board } = slowModel()
    const first = board.refresh(88)
    asked[0].answer(solved(8))
    await first
    const gone = board.turnTo(5, 88)
    asked[1].answer(null)
    await gone
    expect(board).toMatchObject({ puzzle: 0, stale: false })
    const failing = board.refresh(88)
    asked[2].answer({ ok: false, code: 'unexpected', message: 'Its numbers were lost.', detail: '' })
    await failing
    expect(board.problem).toBe('Its numbers were lost.')
  })
})

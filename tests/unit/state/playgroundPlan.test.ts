import { describe, expect, test } from 'vitest'
import {
  defaultPlaygroundPlan,
  playgroundProblem,
  requestsOf,
  unseenPuzzles,
} from '../../../src/state/playgroundPlan.ts'
import { mazeSource } from '../../../workers/hrm/puzzles/maze.ts'
import { sudokuSource } from '../../../workers/hrm/puzzles/sudoku.ts'

const plan = defaultPlaygroundPlan()

describe('a plan of the Playground', () => {
  test('trains every chosen model on the same puzzles with the same seed', () => {
    const requests = requestsOf({ ...plan, task: 'maze', modes: ['trm', 'transformer'] })
    expect(requests.map(({ settings }) => settings.mode)).toEqual(['trm', 'transformer'])
    expect(new Set(requests.map(({ settings }) => JSON.stringify({ ...settings, mode: '' }))).size).toBe(1)
    expect(requests.every(({ task }) => task.kind === 'maze')).toBe(true)
  })

  test('needs a model, and a width that its attention heads can share in pairs', () => {
    expect(playgroundProblem(plan)).toBeNull()
    expect(playgroundProblem({ ...plan, modes: [] })).toMatch(/at least one model/)
    const odd = { ...plan, settings: { ...plan.settings, hiddenSize: 60 } }
    expect(playgroundProblem(odd)).toMatch(/take a multiple of 8/)
    expect(playgroundProblem({ ...odd, settings: { ...odd.settings, heads: 5 } })).toBeNull()
  })

  test('knows how many unseen puzzles a share is of', () => {
    expect(unseenPuzzles).toEqual({
      sudoku: sudokuSource().unseen.length,
      maze: mazeSource().unseen.length,
    })
  })
})

import { describe, expect, it } from 'vitest'
import { Random } from '../../../../workers/quant/random.ts'
import { allMazes, mazeCell, mazeSource } from '../../../../workers/hrm/puzzles/maze.ts'
import { batchOf } from '../../../../workers/hrm/puzzles/puzzle.ts'
import { solvedGrids, sudokuSource } from '../../../../workers/hrm/puzzles/sudoku.ts'

describe('4×4 Sudoku', () => {
  const grids = solvedGrids().map((grid) => grid.join(''))
  const source = sudokuSource()

  it('has 288 solved grids', () => {
    expect(new Set(grids).size).toBe(288)
  })

  it('never trains on a grid that is kept back', () => {
    const random = new Random(5)
    const trained = new Set(Array.from({ length: 3_000 }, () => source.draw(random).solution.join('')))
    const unseen = new Set(source.unseen.map(({ solution }) => solution.join('')))
    expect(trained.size).toBe(200)
    expect(unseen.size).toBe(88)
    expect([...unseen].filter((grid) => trained.has(grid))).toEqual([])
  })

  it('gives 6 to 9 cells, which leave one solution', () => {
    for (const { given, solution } of source.unseen) {
      const open = [...given].map((digit) => (digit === 0 ? '.' : String(digit))).join('')
      expect(16 - open.split('.').length + 1).toBeGreaterThanOrEqual(6)
      expect(16 - open.split('.').length + 1).toBeLessThanOrEqual(9)
      expect(grids.filter((grid) => new RegExp(open).test(grid))).toEqual([solution.join('')])
    }
  })
})

describe('the maze', () => {
  const source = mazeSource()

  it('has 192 plans, the spanning trees of nine rooms', () => {
    expect(allMazes().length).toBe(192)
  })

  it('marks one way from start to goal, cell by cell, through free cells only', () => {
    for (const { given, solution } of source.unseen) {
      const [start, goal] = [given.indexOf(mazeCell.start), given.indexOf(mazeCell.goal)]
      const onWay = (cell: number) => solution[cell] >= mazeCell.start
      const neighbours = (cell: number) => [cell - 7, cell - 1, cell + 1, cell + 7].filter(onWay)
      for (const cell of solution.keys())
        if (solution[cell] === mazeCell.path) {
          expect(given[cell]).toBe(mazeCell.free)
          expect(neighbours(cell).length).toBe(2)
        } else expect(solution[cell]).toBe(given[cell])
      expect(neighbours(start).length).toBe(1)
      expect(neighbours(goal).length).toBe(1)
    }
  })

  it('never trains on a plan that is kept back', () => {
    const plan = (given: Int32Array) => given.map((cell) => Number(cell === mazeCell.wall)).join('')
    const random = new Random(5)
    const trained = new Set(Array.from({ length: 3_000 }, () => plan(source.draw(random).given)))
    const unseen = new Set(source.unseen.map(({ given }) => plan(given)))
    expect(trained.size).toBe(140)
    expect(unseen.size).toBe(52)
    expect([...unseen].filter((maze) => trained.has(maze))).toEqual([])
  })
})

it('puts puzzles into a batch row by row', () => {
  const { unseen } = sudokuSource()
  const { rows, inputs, labels } = batchOf(unseen.slice(0, 2))
  expect(rows).toBe(2)
  expect([...inputs.subarray(16)]).toEqual([...unseen[1].given])
  expect([...labels.subarray(0, 16)]).toEqual([...unseen[0].solution])
})

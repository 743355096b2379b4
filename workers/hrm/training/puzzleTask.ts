import { sha256 } from 'hash-wasm'
import { Random } from '../../quant/random.ts'
import type { PuzzleTask } from '../api.ts'
import { mazeSource } from '../puzzles/maze.ts'
import { batchOf, type PuzzleSource } from '../puzzles/puzzle.ts'
import { sudokuSource } from '../puzzles/sudoku.ts'
import type { DataSource } from './dataSource.ts'
import type { DataShape } from './modelConfig.ts'

/** A kind of puzzle as something to train on. */
export interface PuzzleData {
  puzzles: PuzzleSource
  source: DataSource
  shape: DataShape
}

const sources = { sudoku: sudokuSource, maze: mazeSource }
/** Drawn to name a source by: whoever changes how puzzles are made gets another hash. */
const sampled = 32

export function isPuzzleTask(task: { kind: string }): task is PuzzleTask {
  return Object.hasOwn(sources, task.kind)
}

const made: Partial<Record<PuzzleTask['kind'], Promise<PuzzleData>>> = {}

/** Made once: nothing about it ever changes. */
export function puzzleData({ kind }: PuzzleTask): Promise<PuzzleData> {
  return (made[kind] ??= makeData(sources[kind]()))
}

async function makeData(puzzles: PuzzleSource): Promise<PuzzleData> {
  const { width, height, vocabulary, unseen } = puzzles
  const draw = (rows: number, random: Random) =>
    batchOf(Array.from({ length: rows }, () => puzzles.draw(random)))
  const validation = batchOf(unseen)
  const sample = draw(sampled, new Random(0))
  const numbers = [validation, sample].flatMap(({ inputs, labels }) => [...inputs, ...labels])
  return {
    puzzles,
    source: {
      next: draw,
      validation: [validation],
      hash: await sha256(Uint8Array.from(numbers)),
      scalers: null,
    },
    // Rows and columns are places, not distances: by rotary positions, which know only those, a board is learned
    // an order of magnitude more slowly (tests/hrm-learning.md).
    shape: { sequenceLength: width * height, vocabulary, positions: 'learned' },
  }
}

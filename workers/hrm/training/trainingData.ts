import type { HrmConfig } from '../model/index.ts'
import type { PuzzleSource } from '../puzzles/puzzle.ts'
import type { DataSource } from './dataSource.ts'

/** What a task trains on, and the model that it asks for. */
export interface TrainingData {
  source: DataSource
  config: HrmConfig
  /** Those that `refine` shows; null where the task is none of puzzles. */
  puzzles: PuzzleSource | null
}

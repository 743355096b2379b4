import type { TaskResult, TaskSetup } from './task.ts'

/** What a worker of the pool does. */
export interface SweepWorkerApi {
  /**
   * Takes a task; an earlier one is dropped.
   *
   * @param alive name of a lock that the worker holds for as long as it lives, so that its death is heard of
   */
  open(setup: TaskSetup, alive: string): Promise<void>
  run(blocks: Int32Array, window: number): Promise<TaskResult>
  overfitting(matrix: Float32Array, days: number, strategies: number): Promise<number>
}

import type { Device } from '../gpu/gpuTask.ts'
import type { TaskResult, TaskSetup } from './task.ts'

/** What a worker of the pool does. */
export interface SweepWorkerApi {
  /**
   * Takes a task; an earlier one is dropped.
   *
   * @param alive name of a lock that the worker holds for as long as it lives, so that its death is heard of
   * @param tryGpu look for a GPU, and use it where a short measurement finds it faster
   */
  open(setup: TaskSetup, alive: string, tryGpu: boolean): Promise<Device>
  run(blocks: Int32Array, window: number): Promise<TaskResult>
  overfitting(matrix: Float32Array, days: number, strategies: number): Promise<number>
}

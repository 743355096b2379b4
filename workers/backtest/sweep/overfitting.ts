import type { PoolWorker } from './pool.ts'

/**
 * Probability of backtest overfitting, computed by a worker of its own: with 500 strategies it takes up to a second,
 * in which nobody who drags a slider should have to wait.
 *
 * @param matrix [days × strategies] row-major daily returns
 * @returns NaN where it cannot be told
 */
export async function overfittingApart(
  create: () => PoolWorker,
  matrix: Float32Array,
  days: number,
  strategies: number,
): Promise<number> {
  const worker = create()
  try {
    return await Promise.race([worker.api.overfitting(matrix, days, strategies), worker.died.then(() => NaN)])
  } finally {
    worker.terminate()
  }
}

import type { RunRequest } from '../../../workers/backtest/api.ts'
import type { FinishedRun, LoadedPanel } from '../../../workers/backtest/engine.ts'
import { finishRun } from '../../../workers/backtest/finishRun.ts'

/** A run that is known to be possible. */
export function finished(loaded: LoadedPanel, request: RunRequest): FinishedRun {
  const run = finishRun(loaded, request)
  if (typeof run === 'string') throw new Error(run)
  return run
}

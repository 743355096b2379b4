import type { FinishedRun } from '../engine.ts'

/**
 * Days of the panel, inclusive, at whose close the entries of the part that is judged are decided: they are
 * filled on the day after, so the last day of the run decides nothing.
 */
export function decidingDays({ scope, judged }: Pick<FinishedRun, 'scope' | 'judged'>): {
  from: number
  to: number
} {
  return { from: scope.range.first + judged.from - 1, to: scope.range.first + judged.to - 1 }
}

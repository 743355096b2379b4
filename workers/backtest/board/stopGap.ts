import type { ReportTrade } from '../api.ts'

/** Fewer stop exits than this say nothing of their worst tenth. */
const fewest = 10

/**
 * How far beyond their stops lots were closed: the mean of the worst tenth of the stop exits before a day of the
 * run, in fractions of the entry price, slippage included.
 *
 * @returns NaN with fewer than ten exits
 */
export function stopGap(trades: ReportTrade[], day: number): { beyond: number; exits: number } {
  const beyond: number[] = []
  for (const { exitDay, exitReason, direction, stop, exitPrice, entryPrice } of trades) {
    if (exitDay >= day || (exitReason !== 'stop' && exitReason !== 'stop-gap')) continue
    // A stop that trailed lies nearer than that of the entry.
    beyond.push(Math.max(0, (direction * (stop - exitPrice)) / entryPrice) || 0)
  }
  const exits = beyond.length
  if (exits < fewest) return { beyond: NaN, exits }
  const worst = beyond.sort((a, b) => b - a).slice(0, Math.ceil(exits / 10))
  return { beyond: worst.reduce((sum, each) => sum + each, 0) / worst.length, exits }
}

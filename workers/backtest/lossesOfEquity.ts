import type { ReportTrade } from './api.ts'

/**
 * [trades] what each lost after fees, as a share of the equity it was sized on, that at the close before its entry;
 * negative where it gained.
 *
 * @param equity [days] of the run
 */
export function lossesOfEquity(
  { equity }: { equity: Float64Array },
  trades: readonly Pick<ReportTrade, 'entryDay' | 'profit'>[],
): number[] {
  return trades.map(({ entryDay, profit }) => -profit / equity[Math.max(0, entryDay - 1)])
}

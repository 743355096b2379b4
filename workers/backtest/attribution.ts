import type { AttributionRow, Part, ReportTrade } from './api.ts'

/**
 * Trades and profit by label and part of the run, largest profit first. `labelOf` gives null for trades
 * that are left out.
 */
export function attribute(
  trades: ReportTrade[],
  hasSplit: boolean,
  labelOf: (trade: ReportTrade) => string | null,
): AttributionRow[] {
  const early = new Map<string, AttributionRow>()
  const late = new Map<string, AttributionRow>()
  for (const trade of trades) {
    const label = labelOf(trade)
    if (label === null) continue
    const rows = trade.outOfSample ? late : early
    let row = rows.get(label)
    if (row === undefined) {
      const part: Part = hasSplit ? (trade.outOfSample ? 'outOfSample' : 'inSample') : 'all'
      row = { label, part, trades: 0, winRate: 0, meanReturn: 0, profit: 0, fees: 0 }
      rows.set(label, row)
    }
    row.trades++
    if (trade.profit > 0) row.winRate++
    row.meanReturn += trade.return
    row.profit += trade.profit
    row.fees += trade.fees
  }
  const list = [...early.values(), ...late.values()]
  for (const row of list) {
    row.winRate /= row.trades
    row.meanReturn /= row.trades
  }
  return list.sort((a, b) => b.profit - a.profit)
}

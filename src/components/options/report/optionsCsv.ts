import type { OptionsReport } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'
import { profitParts } from './partWords.ts'

const greeks = ['delta', 'gamma', 'vega', 'theta', 'margin'] as const

/** Greeks, margin and cumulated parts of the profit, one row a day. */
export function greeksCsv(report: OptionsReport, dates: Int32Array): string {
  const head = [
    'date',
    'delta_dollars',
    'gamma_dollars_per_percent',
    'vega_dollars_per_point',
    'theta_dollars_per_day',
    'margin',
    ...profitParts.map((part) => `profit_${part}_cumulated`),
  ]
  const rows = Array.from(dates, (day, i) => [
    isoDate(day),
    ...greeks.map((greek) => numberCell(report[greek][i])),
    ...profitParts.map((part) => numberCell(report.cumulated[part][i])),
  ])
  return csvFile([head, ...rows])
}

/** The profit by part, for all structures and for each kind. */
export function partsCsv({ parts, byKind }: OptionsReport): string {
  const all = { kind: 'all', trades: byKind.reduce((sum, { trades }) => sum + trades, 0), ...parts }
  const rows = [all, ...byKind].map((row) => [
    textCell(row.kind),
    numberCell(row.trades),
    ...profitParts.map((part) => numberCell(row[part])),
    numberCell(row.profit),
  ])
  return csvFile([['structure', 'trades', ...profitParts, 'profit'], ...rows])
}

import type { ExpressionRow } from '../../../../workers/backtest/api.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

/** One row a structure; fractions as they are. */
export function compareCsv(rows: ExpressionRow[]): string {
  const head = [
    'structure',
    'trades',
    'win_rate',
    'sharpe',
    'cagr',
    'max_drawdown',
    'alpha',
    'profit',
    'share_modelled',
  ]
  return csvFile([
    head,
    ...rows.map((row) => [
      textCell(row.kind),
      ...[
        row.trades,
        row.winRate,
        row.sharpe,
        row.cagr,
        row.maxDrawdown,
        row.alpha,
        row.profit,
        row.modelled,
      ].map(numberCell),
    ]),
  ])
}

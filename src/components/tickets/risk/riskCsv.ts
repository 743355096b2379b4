import type { RiskBoard } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

/** One row a lot held over the close of the day. */
export function lotsCsv({ day, lots }: RiskBoard): string {
  const head = [
    'day', 'symbol', 'direction', 'shares', 'entry_date', 'entry_price', 'price', 'stop', 'target', 'bars_left',
    'value_of_equity', 'profit_of_equity', 'at_risk_of_equity', 'budget_of_equity',
  ] // prettier-ignore
  const rows = lots.map((lot) => [
    isoDate(day),
    textCell(lot.symbol),
    lot.direction > 0 ? 'long' : 'short',
    ...[lot.shares].map(numberCell),
    isoDate(lot.entryDay),
    ...[lot.entryPrice, lot.price, lot.stop, lot.target].map(numberCell),
    lot.barsLeft < 0 ? '' : String(lot.barsLeft),
    ...[lot.value, lot.profit, lot.atRisk, lot.budget].map(numberCell),
  ])
  return csvFile([head, ...rows])
}

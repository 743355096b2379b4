import type { EventRow } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

/** One row an announcement, as they are shown. */
export function announcementsCsv(rows: EventRow[]): string {
  const head = ['symbol', 'announced_on', 'kind', 'counterparty', 'abnormal_return_of_the_day', 'why_not']
  return csvFile([
    head,
    ...rows.map((row) => [
      textCell(row.symbol),
      isoDate(row.day),
      textCell(row.kind),
      textCell(row.counterparty),
      numberCell(row.dayReturn),
      textCell(row.why),
    ]),
  ])
}

import { moods, type TicketAnomalies, type TicketsStatus } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

/** One row an unusual day of the products, of either rule; by day, then product. */
export function anomaliesCsv(
  anomalies: TicketAnomalies,
  products: TicketsStatus['products'],
  shown: Set<number>,
): string {
  const rows = Array.from(anomalies.day.keys()).filter((row) => shown.has(anomalies.product[row]))
  return csvFile([
    [
      'date',
      'symbol',
      'product',
      'mood',
      'count',
      'expected',
      'mad_score',
      'tail',
      'flagged',
      'corroborated',
    ],
    ...rows.map((row) => {
      const product = products[anomalies.product[row]]
      return [
        isoDate(anomalies.day[row]),
        textCell(product.symbol),
        textCell(product.name),
        moods[anomalies.mood[row]],
        numberCell(anomalies.count[row]),
        numberCell(anomalies.expected[row]),
        numberCell(anomalies.score[row]),
        numberCell(anomalies.tail[row]),
        String(anomalies.flagged[row] === 1),
        String(anomalies.corroborated[row] === 1),
      ]
    }),
  ])
}
